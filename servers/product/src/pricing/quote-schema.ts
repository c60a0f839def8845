import { amountMinor, id, list, named, percent, quantity, storedCurrency } from '@florin/values';
import Joi from 'joi';
import { priceFields } from './price-fields.ts';
import { problemSchema } from './problem.ts';
import { MAX_ITEMS } from './wanted-items.ts';

/** Problems of one item, and those of the whole order. */
const MAX_PROBLEMS = 4 * MAX_ITEMS;

export const quotedItemFields = {
  productId: id().required(),
  name: Joi.string().required(),
  quantity: quantity().min(1).required(),
  unitPriceMinor: amountMinor().min(0).required(),
  currency: storedCurrency().required(),
  optionValues: Joi.object()
    .pattern(Joi.string(), Joi.string())
    .description('The chosen value of each option, if the product is a variant'),
  sku: Joi.string(),
  discountMinor: amountMinor().min(1).description('What the coupon takes off the item; absent: nothing'),
  taxRatePercent: percent().required().description('The tax that the price includes'),
  isInTotal: Joi.boolean().required().description('false: the item cannot be bought, and does not count in the total'),
};

/** The fields of every quoted order, besides its items. */
export const quotedOrderFields = {
  ...priceFields,
  currency: storedCurrency().required(),
  coupon: Joi.object({ code: Joi.string().required() }).description('The coupon, if one applies'),
  problems: list(MAX_PROBLEMS)
    .items(problemSchema)
    .required()
    .description('Without a problem of severity error it can be bought'),
};

export const quoteSchema = named(
  'Quote',
  Joi.object({
    items: list(MAX_ITEMS)
      .items(named('QuotedItem', Joi.object(quotedItemFields)))
      .required(),
    ...quotedOrderFields,
    wouldBePaid: Joi.boolean().description(
      "For a buyer: whether product's copy of the wallet covers it, less undecided purchases",
    ),
    declineCode: Joi.string().description('The reason with which payment would decline it now; an open set'),
  }),
);
