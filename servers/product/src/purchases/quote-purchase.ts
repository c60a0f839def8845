import { AppError } from '@florin/app-response';
import type { Knex } from 'knex';
import { cartErrors, readCarts } from '../carts/index.ts';
import { readCouponTerms } from '../coupons/index.ts';
import type { QuotedDelivery } from '../delivery/index.ts';
import { errorProblem, type Quote, quoteOrder, unknownProduct, type WantedItem } from '../pricing/index.ts';
import { readSoldProducts } from '../stock/index.ts';
import { deliveryTerm, readMethodsOf } from './delivery-terms.ts';
import { readBuyers } from './read-buyers.ts';
import { type BuyerQuote, forBuyer } from './total-changed.ts';

type Quoted = ({ items: readonly WantedItem[] } | { cartOf: string }) & {
  userId?: string | undefined;
  /** Of a cart, undefined stands for its coupon, and null for none. */
  couponCode?: string | null | undefined;
  delivery?: QuotedDelivery | undefined;
};
type Options = { currency: string; taxRatePercent: number };

/**
 * Quotes items or a cart, at the current prices and stock. Reads only, without locks.
 *
 * @throws AppError PRODUCT_NOT_FOUND if an item names a product that does not exist
 */
export async function quotePurchase(
  db: Knex,
  { userId, couponCode, delivery, ...of }: Quoted,
  options: Options,
): Promise<Quote | BuyerQuote> {
  const isCart = 'cartOf' in of;
  const cart = isCart ? (await readCarts(db, [of.cartOf])).get(of.cartOf) : undefined;
  const wanted = isCart ? (cart?.items ?? []) : of.items;
  const products = await readSoldProducts(
    db,
    wanted.map(({ productId }) => productId),
  );
  const unknown = wanted.find(({ productId }) => !products.has(productId));
  if (unknown !== undefined) throw unknownProduct(unknown.productId);
  const stock = new Map(Array.from(products, ([id, product]) => [id, product.stock]));
  const code = couponCode === undefined ? cart?.couponCode : couponCode;
  const coupon = code == null ? undefined : await readCouponTerms(db, { code, userId, productIds: [...products.keys()] });
  const terms = { ...coupon, ...deliveryTerm(await readMethodsOf(db, [{ delivery }]), delivery) };
  const quote = quoteOrder(wanted, { products, stock, terms, ...options });
  if (isCart && wanted.length === 0) quote.problems.unshift(errorProblem(new AppError(cartErrors.CART_EMPTY)));
  if (userId === undefined) return quote;
  const { buyers } = await readBuyers(db, [userId]);
  return forBuyer(quote, buyers.get(userId));
}
