import { id, list, quantity } from '@florin/values';
import Joi, { type ArraySchema, type NumberSchema } from 'joi';
import type { WantedItem } from './price-items.ts';

/** Maximum number of items of an order. */
export const MAX_ITEMS = 50;
/** Maximum number of units of an item. */
export const MAX_UNITS = 1_000_000;

/** The units of an item in requests. */
export function units(): NumberSchema {
  return quantity().min(1).max(MAX_UNITS);
}

/** The items of an order in requests: each product once. */
export function wantedItems(): ArraySchema {
  return list(MAX_ITEMS)
    .min(1)
    .items(Joi.object<WantedItem, true>({ productId: id().required(), quantity: units().required() }))
    .unique((a: WantedItem, b: WantedItem) => a.productId === b.productId);
}
