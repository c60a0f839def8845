export { priceFields } from './price-fields.ts';
export { type DeliveryPrice, type Discount, type OrderLine, type PricedOrder, priceOrder } from './price-order.ts';
export type { TaxOfRate } from './tax-per-rate.ts';
