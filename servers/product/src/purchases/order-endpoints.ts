import { requestErrors } from '@florin/app-response';
import { requireUser } from '@florin/auth-middleware';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, type Reply, reply } from '@florin/http';
import { amountMinor, id, named } from '@florin/values';
import type { Request } from 'express';
import Joi from 'joi';
import type { Knex } from 'knex';
import { cartErrors, fillCart, filledCartSchema, showCart } from '../carts/index.ts';
import { couponCode } from '../coupons/index.ts';
import { type DeliveryWish, deliveryField, type QuotedDelivery, quotedDeliveryField } from '../delivery/index.ts';
import { orderErrors, quoteSchema, type WantedItem, wantedItems } from '../pricing/index.ts';
import type { PurchaseAcceptor } from './accept-purchases.ts';
import { acceptErrors, acceptedAnswers, MAX_ORDER_BYTES, preferHeader } from './accepted-answers.ts';
import { ownerOnly } from './owner-only.ts';
import { paymentField } from './payment-field.ts';
import type { Payment } from './purchase.ts';
import type { PurchaseAnswer } from './purchase-request.ts';
import { purchasesByKey } from './purchases-by-key.ts';
import { quotePurchase } from './quote-purchase.ts';
import { readPurchase } from './read-purchase.ts';

/** What a purchase or a checkout may name besides the items. */
export type OrderFields = { expectedTotalMinor?: number; couponCode?: string; delivery?: DeliveryWish; payment?: Payment };

const expectedTotal = amountMinor()
  .min(0)
  .description('The total that the buyer saw. If the order costs another one, the answer is 409 TOTAL_CHANGED with the quote');
export const orderFields = {
  expectedTotalMinor: expectedTotal,
  couponCode: couponCode(),
  delivery: deliveryField,
  payment: paymentField,
};

const couponOfCart = couponCode().allow(null).description('The code of a coupon; null: none. Default: the coupon of the cart');

const checkoutBody = named(
  'Checkout',
  Joi.object<Omit<OrderFields, 'couponCode'> & { expectedTotalMinor: number; couponCode?: string | null }>({
    ...orderFields,
    expectedTotalMinor: expectedTotal.required(),
    couponCode: couponOfCart,
  }),
);

type QuoteRequest = { items?: WantedItem[]; cart?: true; couponCode?: string | null; delivery?: QuotedDelivery };
const quoteBody = named(
  'QuoteRequest',
  Joi.object<QuoteRequest>({
    items: wantedItems(),
    cart: Joi.boolean().valid(true).description('Quotes your cart. Requires a token'),
    couponCode: couponOfCart,
    delivery: quotedDeliveryField,
  }).xor('items', 'cart'),
);

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });

type Dependencies = {
  db: Knex;
  transact: Transact;
  currency: string;
  taxRatePercent: number;
  acceptor: PurchaseAcceptor;
  answerBuyer(answer: PurchaseAnswer, request: Request): Promise<Reply>;
};

/** The endpoints of the shop that quote and make purchases. */
export function orderEndpoints(dependencies: Dependencies): Endpoint[] {
  return [quoteEndpoint(dependencies), checkoutEndpoint(dependencies), reorderEndpoint(dependencies)];
}

function quoteEndpoint({ db, currency, taxRatePercent }: Dependencies): Endpoint {
  return endpoint({
    operationId: 'quotePurchase',
    method: 'post',
    path: '/v1/purchases/quote',
    summary: 'Price an order without buying it',
    description: 'Takes nothing from the stock. With a token, the answer says whether the wallet covers the order',
    access: 'anyone',
    body: quoteBody,
    maxBodyBytes: MAX_ORDER_BYTES,
    errors: [orderErrors.PRODUCT_NOT_FOUND, requestErrors.UNAUTHENTICATED],
    example: { body: { items: [{ productId: exampleValues.productId, quantity: 2 }] } },
    answers: {
      200: { description: 'The order at the current prices, with all problems of the order', data: quoteSchema },
    },
    async handle({ body, user, request }) {
      const { items, couponCode, delivery } = body;
      const of = items === undefined ? { cartOf: requireUser(request).id } : { items };
      return reply(200, await quotePurchase(db, { ...of, couponCode, delivery, userId: user?.id }, { currency, taxRatePercent }));
    },
  });
}

function checkoutEndpoint({ db, acceptor, answerBuyer }: Dependencies): Endpoint {
  return endpoint({
    operationId: 'checkoutCart',
    method: 'post',
    path: '/v1/cart/checkout',
    summary: 'Buy your cart and empty it',
    access: 'user',
    shedLoad: acceptor.shedLoad,
    body: checkoutBody,
    maxBodyBytes: MAX_ORDER_BYTES,
    idempotent: purchasesByKey(db, {
      replay: (purchaseId, request) => answerBuyer({ purchaseId, isReplay: true }, request),
    }),
    headers: preferHeader,
    errors: [...acceptErrors, cartErrors.CART_EMPTY],
    example: { body: { expectedTotalMinor: 2_700 } },
    answers: acceptedAnswers,
    async handle({ body, user, request, keyed }) {
      const purchase = { ...keyed, ...body, userId: user.id, items: [], isCheckout: true };
      return answerBuyer(await acceptor.accept(purchase), request);
    },
  });
}

function reorderEndpoint({ db, transact, currency, taxRatePercent }: Dependencies): Endpoint {
  return endpoint({
    operationId: 'reorderPurchase',
    method: 'post',
    path: '/v1/purchases/:id/reorder',
    summary: 'Put the items of a purchase into your cart',
    description: 'If the cart has the product already, the larger quantity is kept. Repeating the request changes nothing',
    access: 'user',
    params: idParams,
    errors: [cartErrors.CART_FULL, requestErrors.UNAUTHENTICATED],
    example: { params: { id: exampleValues.purchaseId } },
    answers: { 200: { description: 'The cart, and the items that can no longer be bought', data: filledCartSchema } },
    async handle({ params, user }) {
      const { items } = await readPurchase(db, params.id, ownerOnly(user));
      const { leftOut } = await transact((trx) => fillCart(trx, user.id, items));
      return reply(200, { cart: await showCart(db, user.id, { currency, taxRatePercent }), leftOut });
    },
  });
}
