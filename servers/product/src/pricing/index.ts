export { draftOrder, type OrderDraft, type OrderTerms } from './draft-order.ts';
export { orderErrors } from './errors.ts';
export type { DeliveryPrice, Discount, OrderLine } from './order-line.ts';
export { priceFields } from './price-fields.ts';
export {
  findBuyable,
  findShortage,
  type ProductsNow,
  priceItems,
  unknownProduct,
  type WantedItem,
} from './price-items.ts';
export { priceOrder } from './price-order.ts';
export { errorProblem, type OrderProblem } from './problem.ts';
export { type Quote, type QuotedItem, quoteOrder } from './quote-order.ts';
export { quotedItemFields, quotedOrderFields, quoteSchema } from './quote-schema.ts';
export type { TaxOfRate } from './tax-per-rate.ts';
export { MAX_ITEMS, MAX_UNITS, units, wantedItems } from './wanted-items.ts';
