import { amountMinor, id, list, named, quantity, storedCurrency, time, wholeNumber } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { type BuyerLimit, readLimits } from '../buyer-limits/index.ts';
import { readCouponTerms } from '../coupons/index.ts';
import {
  MAX_ITEMS,
  type OrderProblem,
  type Quote,
  type QuotedItem,
  quotedItemFields,
  quotedOrderFields,
  quoteOrder,
} from '../pricing/index.ts';
import { readSoldProducts } from '../stock/index.ts';
import { type Cart, type CartItem, readCarts } from './lock-cart.ts';

type ShownItem = QuotedItem & Pick<CartItem, 'addedPriceMinor' | 'addedCurrency'>;

/** A cart as the API shows it. */
export type ShownCart = Omit<Quote, 'items'> & {
  items: ShownItem[];
  /** 0 if the user has no cart. */
  version: number;
  updatedAt?: string;
};

/** The settings that prices depend on. */
export type CartOptions = { currency: string; taxRatePercent: number };

/** Reads the cart of a user at the current prices, with its problems. */
export async function showCart(db: Knex, userId: string, { currency, taxRatePercent }: CartOptions): Promise<ShownCart> {
  const cart = (await readCarts(db, [userId])).get(userId);
  const items = cart?.items ?? [];
  const products = await readSoldProducts(
    db,
    items.map(({ productId }) => productId),
  );
  const stock = new Map(Array.from(products, ([productId, product]) => [productId, product.stock]));
  const code = cart?.couponCode ?? undefined;
  const terms = code === undefined ? undefined : await readCouponTerms(db, { code, userId, productIds: [...products.keys()] });
  const quote = quoteOrder(items, { products, stock, terms, taxRatePercent, currency });
  const limits = items.length === 0 ? [] : await readLimits(db, userId);
  return present(cart, quote, limits);
}

function present(cart: Cart | undefined, quote: Quote, limits: readonly BuyerLimit[]): ShownCart {
  const stored = new Map(cart?.items.map((item) => [item.productId, item]));
  const items = quote.items.map((item): ShownItem => {
    const { addedPriceMinor = item.unitPriceMinor, addedCurrency = item.currency } = stored.get(item.productId) ?? {};
    return { ...item, addedPriceMinor, addedCurrency };
  });
  return {
    ...quote,
    items,
    problems: [...quote.problems, ...items.flatMap(priceChange), ...overLimit(quote, limits)],
    version: cart?.version ?? 0,
    ...(cart === undefined ? {} : { updatedAt: cart.updatedAt.toISOString() }),
  };
}

function priceChange({ productId, name, isInTotal, ...item }: ShownItem): OrderProblem[] {
  const { unitPriceMinor, currency, addedPriceMinor, addedCurrency } = item;
  if (!isInTotal || (unitPriceMinor === addedPriceMinor && currency === addedCurrency)) return [];
  const message = `${name} had another price when it was put into the cart.`;
  const severity = 'warning' as const;
  return [{ code: 'PRICE_CHANGED', severity, message, productId, fromMinor: addedPriceMinor, toMinor: unitPriceMinor }];
}

function overLimit({ totalMinor, currency }: Quote, limits: readonly BuyerLimit[]): OrderProblem[] {
  const limit = limits.find((one) => one.currency === currency);
  const limitMinor = limit?.isActive === true ? Math.max(0, limit.limitMinor) : 0;
  if (totalMinor <= limitMinor) return [];
  return [{ code: 'OVER_LIMIT', severity: 'warning', message: 'The wallet does not cover the cart now.', toMinor: limitMinor }];
}

export const cartSchema = named(
  'Cart',
  Joi.object({
    items: list(MAX_ITEMS)
      .items(
        named(
          'CartItem',
          Joi.object({
            ...quotedItemFields,
            addedPriceMinor: amountMinor().min(0).required().description('The price when the quantity was last set'),
            addedCurrency: storedCurrency().required(),
          }),
        ),
      )
      .required(),
    ...quotedOrderFields,
    version: wholeNumber().required().description('Counts changes; 0 if there is no cart'),
    updatedAt: time().description('Time of the last change. The cart is deleted CART_TTL_S seconds later'),
  }),
);

export const filledCartSchema = named(
  'FilledCart',
  Joi.object({
    cart: cartSchema.required(),
    leftOut: list(MAX_ITEMS)
      .items(
        named(
          'LeftOutItem',
          Joi.object({
            productId: id().required(),
            quantity: quantity().min(1).required(),
            code: Joi.string().required().description('Why it cannot be bought; an open set'),
            message: Joi.string().required(),
          }),
        ),
      )
      .required()
      .description('Items that cannot be bought, and were not put into the cart'),
  }),
);
