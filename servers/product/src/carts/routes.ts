import { requestErrors } from '@florin/app-response';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, type Reply, reply } from '@florin/http';
import { id, named, quantity } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { couponCode } from '../coupons/index.ts';
import { MAX_UNITS, orderErrors, units, type WantedItem, wantedItems } from '../pricing/index.ts';
import { stockErrors } from '../stock/index.ts';
import { addWithKey, cartKeys } from './add-with-key.ts';
import { fillCart, removeCartItem, setCartItem } from './change-cart.ts';
import { emptyCart } from './empty-carts.ts';
import { cartErrors } from './errors.ts';
import { setCartCoupon } from './set-cart-coupon.ts';
import { type CartOptions, cartSchema, filledCartSchema, showCart } from './show-cart.ts';

const MAX_CART_BYTES = 16 * 1024;

const itemParams = Joi.object<{ productId: string }, true>({ productId: id().required() });
const itemQuantity = named(
  'CartItemQuantity',
  Joi.object<{ quantity: number }, true>({
    quantity: quantity().min(0).max(MAX_UNITS).required().description('0 removes the item'),
  }),
);
const newItem = named('NewCartItem', Joi.object<WantedItem, true>({ productId: id().required(), quantity: units().required() }));
const cartCoupon = named(
  'CartCoupon',
  Joi.object<{ code: string | null }, true>({ code: couponCode().allow(null).required().description('null removes the coupon') }),
);
const mergedItems = named('CartMerge', Joi.object<{ items: WantedItem[] }, true>({ items: wantedItems().required() }));

const { PRODUCT_NOT_FOUND, PRODUCT_ARCHIVED, PRODUCT_CURRENCY_UNKNOWN } = orderErrors;
const ofItems = [
  PRODUCT_NOT_FOUND,
  PRODUCT_ARCHIVED,
  PRODUCT_CURRENCY_UNKNOWN,
  stockErrors.VARIANT_REQUIRED,
  cartErrors.CART_FULL,
  requestErrors.UNAUTHENTICATED,
];

type Dependencies = { db: Knex; transact: Transact; options: CartOptions };

export function cartRoutes({ db, transact, options }: Dependencies): Endpoint[] {
  const answer = async (userId: string): Promise<Reply> => reply(200, await showCart(db, userId, options));
  const whole = { description: 'The cart at the current prices', data: cartSchema };
  return [
    endpoint({
      operationId: 'getCart',
      method: 'get',
      path: '/v1/cart',
      summary: 'Read your cart',
      access: 'user',
      answers: { 200: whole },
      handle: ({ user }) => answer(user.id),
    }),
    endpoint({
      operationId: 'emptyCart',
      method: 'delete',
      path: '/v1/cart',
      summary: 'Remove everything from your cart',
      access: 'user',
      answers: { 204: { description: 'Empty' } },
      async handle({ user }) {
        await transact((trx) => emptyCart(trx, user.id));
        return { status: 204 };
      },
    }),
    endpoint({
      operationId: 'addCartItem',
      method: 'post',
      path: '/v1/cart/items',
      summary: 'Add units of a product to your cart',
      access: 'user',
      body: newItem,
      idempotent: cartKeys(db, { replay: ({ userId }) => answer(userId) }),
      errors: ofItems,
      example: { body: { productId: exampleValues.productId, quantity: 1 } },
      answers: { 200: whole },
      async handle({ body, user, keyed }) {
        const { isReplay } = await transact((trx) => addWithKey(trx, { ...body, userId: user.id, keyed }));
        const { status, body: shown } = await answer(user.id);
        return { status, body: shown, ...(isReplay ? { headers: { 'Idempotent-Replayed': 'true' } } : {}) };
      },
    }),
    endpoint({
      operationId: 'setCartItem',
      method: 'put',
      path: '/v1/cart/items/:productId',
      summary: 'Set the units of a product in your cart',
      access: 'user',
      params: itemParams,
      body: itemQuantity,
      errors: ofItems,
      example: { params: { productId: exampleValues.productId }, body: { quantity: 2 } },
      answers: { 200: whole },
      async handle({ params, body, user }) {
        await transact((trx) => setCartItem(trx, { ...params, ...body, userId: user.id }));
        return answer(user.id);
      },
    }),
    endpoint({
      operationId: 'removeCartItem',
      method: 'delete',
      path: '/v1/cart/items/:productId',
      summary: 'Remove a product from your cart',
      access: 'user',
      params: itemParams,
      example: { params: { productId: exampleValues.productId } },
      answers: { 204: { description: 'Not in the cart' } },
      async handle({ params: { productId }, user }) {
        await transact((trx) => removeCartItem(trx, user.id, productId));
        return { status: 204 };
      },
    }),
    endpoint({
      operationId: 'setCartCoupon',
      method: 'put',
      path: '/v1/cart/coupon',
      summary: 'Set or remove the coupon of your cart',
      description: 'Any code is kept. If its coupon does not apply now, the cart has the problem COUPON_NOT_APPLICABLE',
      access: 'user',
      body: cartCoupon,
      errors: [requestErrors.UNAUTHENTICATED],
      example: { body: { code: 'TEA-TIME-10' } },
      answers: { 200: whole },
      async handle({ body: { code }, user }) {
        await transact((trx) => setCartCoupon(trx, user.id, code));
        return answer(user.id);
      },
    }),
    endpoint({
      operationId: 'mergeCart',
      method: 'post',
      path: '/v1/cart/merge',
      summary: 'Put the items that a browser kept before the sign-in into your cart',
      description: 'If the cart has the product already, the larger quantity is kept. Repeating the request changes nothing',
      access: 'user',
      body: mergedItems,
      maxBodyBytes: MAX_CART_BYTES,
      errors: [cartErrors.CART_FULL, requestErrors.UNAUTHENTICATED],
      example: { body: { items: [{ productId: exampleValues.productId, quantity: 1 }] } },
      answers: { 200: { description: 'The cart, and the items that cannot be bought', data: filledCartSchema } },
      async handle({ body: { items }, user }) {
        const { leftOut } = await transact((trx) => fillCart(trx, user.id, items));
        return reply(200, { cart: await showCart(db, user.id, options), leftOut });
      },
    }),
  ];
}
