import { amountMinor, list, named, percent } from '@florin/values';
import Joi from 'joi';
import { MAX_ITEMS } from './wanted-items.ts';

const taxOfRate = named(
  'TaxOfRate',
  Joi.object({ ratePercent: percent().required(), taxMinor: amountMinor().min(0).required() }),
);

/** The fields of a priced order in answers. */
export const priceFields = {
  subtotalMinor: amountMinor().min(0).required().description('Sum of the items before the discount'),
  discountMinor: amountMinor().min(0).required().description('Sum of the discounts of the items'),
  deliveryMinor: amountMinor().min(0).required().description('Price of the delivery'),
  // Each item may have a rate of its own.
  tax: list(MAX_ITEMS)
    .items(taxOfRate)
    .required()
    .description('The tax that the prices include, by rate; rates of 0 are left out'),
  totalMinor: amountMinor().min(0).required().description('Subtotal - discount + delivery'),
};
