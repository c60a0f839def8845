import { amountMinor, list, named, percent } from '@florin/values';
import Joi from 'joi';

/** An order has at most this number of lines, so its tax has at most this number of rates. */
const MAX_RATES = 50;

const taxOfRate = named(
  'TaxOfRate',
  Joi.object({ ratePercent: percent().required(), taxMinor: amountMinor().min(0).required() }),
);

/** The fields of a priced order in answers. */
export const priceFields = {
  subtotalMinor: amountMinor().min(0).required().description('Sum of the items before the discount'),
  discountMinor: amountMinor().min(0).required(),
  deliveryMinor: amountMinor().min(0).required(),
  tax: list(MAX_RATES)
    .items(taxOfRate)
    .required()
    .description('The tax that the prices include, by rate; rates of 0 are left out'),
  totalMinor: amountMinor().min(0).required().description('Subtotal - discount + delivery'),
};
