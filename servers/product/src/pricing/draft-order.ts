import { AppError } from '@florin/app-response';
import { invalidItems } from './errors.ts';
import type { DeliveryPrice, Discount } from './order-line.ts';
import type { PricedItems, SoldItem } from './price-items.ts';
import { type PricedOrder, priceOrder } from './price-order.ts';

/** What an order has besides its items. Each function is pure, and returns the error that refuses the order. */
export type OrderTerms = {
  /** Judges the coupon. */
  discountOf?: ((order: PricedItems) => Discount | AppError) | undefined;
  /** Judges the delivery. Called after `discountOf`. */
  deliveryOf?: ((order: PricedItems) => DeliveryPrice | AppError) | undefined;
  /** The code of the coupon, which the order keeps. */
  couponCode?: string | undefined;
};

/** An order at the current prices. */
export type OrderDraft = PricedItems & Omit<PricedOrder, 'lineDiscountsMinor'> & { coupon?: { code: string } };

/** Prices an order: items, coupon, delivery. Returns the first error. Pure. */
export function draftOrder(order: PricedItems, terms: OrderTerms = {}): OrderDraft | AppError {
  const discount = terms.discountOf?.(order);
  if (discount instanceof AppError) return discount;
  const delivery = terms.deliveryOf?.(order);
  if (delivery instanceof AppError) return delivery;
  const priced = priceOrder(order.items, { discount, delivery });
  if (priced === undefined) return invalidItems(`items must cost at most ${Number.MAX_SAFE_INTEGER} minor units in total`);
  const { lineDiscountsMinor, ...price } = priced;
  const items = price.discountMinor === 0 ? order.items : withDiscounts(order.items, lineDiscountsMinor);
  const draft: OrderDraft = { items, ...price, currency: order.currency };
  if (terms.couponCode !== undefined) draft.coupon = { code: terms.couponCode };
  return draft;
}

function withDiscounts(items: readonly SoldItem[], discountsMinor: readonly number[]): SoldItem[] {
  return items.map((item, position) => {
    const discountMinor = discountsMinor[position] ?? 0;
    return discountMinor === 0 ? item : { ...item, discountMinor };
  });
}
