import assert from 'node:assert/strict';
import { AppError, requestErrors } from '@florin/app-response';
import { isDuplicateKey, newIdAt } from '@florin/database';
import { makeEvent, type OutgoingEvent } from '@florin/events';
import type { Knex } from 'knex';
import { type Cart, cartErrors, lockCarts } from '../carts/index.ts';
import { couponTerms } from '../coupons/index.ts';
import type { WantedItem } from '../pricing/index.ts';
import { lockProducts } from '../stock/index.ts';
import { couponCodeOf, lockCouponsOf } from './coupons-of.ts';
import { decidePurchase, type PurchaseDraft } from './decide-purchase.ts';
import { deliveryTerm, readMethodsOf } from './delivery-terms.ts';
import { isNumberTaken } from './number-purchases.ts';
import { addUndecided, type PaceOptions, pacePurchases } from './pace-purchases.ts';
import { byWallet, type Purchase } from './purchase.ts';
import { newPurchaseNumber } from './purchase-number.ts';
import type { PurchaseAnswer, PurchaseRequest } from './purchase-request.ts';
import { type Buyer, readBuyers } from './read-buyers.ts';
import { refuseLargeEvent } from './refuse-large-event.ts';
import { findByKey, hashOf, type Known, keyOf } from './stored-keys.ts';
import { quoteFor, refuseTotal } from './total-changed.ts';
import { type Accepted, writeAccepted } from './write-accepted.ts';

type Answer = PurchaseAnswer | AppError;

export type RequestOptions = { pace?: PaceOptions | undefined; taxRatePercent?: number | undefined };

/**
 * Accepts purchases: writes each purchase, its stock movements and its `purchase-requested`. Returns one answer per request, in the
 * order of `requests`. A rejected request writes nothing and does not affect the others.
 *
 * Of two concurrent transactions with the same key, the second insert fails on the unique index. Run that transaction again (see
 * `isKeyTaken`): it then replays the first.
 *
 * @param options without `pace`, purchases are accepted from buyers whom the wallet does not cover, and with any number of undecided
 *   ones. `taxRatePercent`: the rate of products that name none (default 0)
 * @returns IDEMPOTENCY_KEY_REUSED also for some requests that the previous release stored; `purchasesByKey` recognises them
 */
export async function requestPurchases(
  trx: Knex.Transaction,
  requests: readonly PurchaseRequest[],
  { pace: pacing, taxRatePercent = 0 }: RequestOptions = {},
): Promise<Answer[]> {
  const carts = await lockCartsOf(trx, requests);
  const locked = lockCouponsOf(trx, requests, { carts, wantedBy: (request) => wantedBy(request, carts) });
  // Most sets have no coupon.
  const coupons = locked instanceof Promise ? await locked : locked;
  const read = readMethodsOf(trx, requests);
  const methods = read instanceof Promise ? await read : read;
  const products = await lockProducts(
    trx,
    requests.flatMap((request) => wantedBy(request, carts).map(({ productId }) => productId)),
  );
  const earlier = await findByKey(trx, requests);
  const known = await readBuyers(
    trx,
    requests.map(({ userId }) => userId),
  );
  const { buyers, at } = known;
  const pace = pacing && pacePurchases(trx, known, pacing);
  const stock = new Map([...products].map(([id, product]) => [id, product.stock]));
  const accepted: Accepted[] = [];

  const accept = (request: PurchaseRequest, buyer: Buyer, draft: PurchaseDraft): Answer => {
    const purchase = newPurchase(request.userId, draft, at);
    const method = request.delivery && methods.frozen(request.delivery.methodId);
    if (method !== undefined) purchase.delivery = method;
    const event = requestedEvent(purchase, { at, traceparent: request.traceparent });
    const refusal = refuseLargeEvent(trx, event);
    if (refusal !== undefined) return refusal;
    for (const { productId, quantity } of draft.items) stock.set(productId, (stock.get(productId) ?? 0) - quantity);
    addUndecided(buyer, draft);
    if (draft.coupon !== undefined) coupons.redeem(draft.coupon.code, { purchaseId: purchase.id, userId: request.userId });
    const hash = hashOf(request);
    if (request.isCheckout === true) carts.delete(request.userId);
    accepted.push({ purchase, hash, request, event });
    earlier.set(keyOf(request), { id: purchase.id, requestHash: hash, sentHash: request.sentHash ?? null });
    return { purchaseId: purchase.id, isReplay: false, purchase };
  };

  const answerTo = (request: PurchaseRequest): Answer | Promise<Answer> => {
    const stored = earlier.get(keyOf(request));
    if (stored !== undefined) return replay(stored, request);
    const wanted = wantedBy(request, carts);
    if (request.isCheckout === true && wanted.length === 0) return new AppError(cartErrors.CART_EMPTY);
    const buyer = buyers.get(request.userId);
    const { expectedTotalMinor, delivery } = request;
    const code = couponCodeOf(request, carts);
    const coupon = code === undefined ? undefined : couponTerms(coupons, { code, userId: request.userId }, at);
    const terms = delivery === undefined ? coupon : { ...coupon, ...deliveryTerm(methods, delivery) };
    const now = { products, taxRatePercent, stock, terms };
    const draft = decidePurchase(wanted, {
      ...now,
      isWalletOpen: buyer !== undefined,
      ...(expectedTotalMinor !== undefined && {
        refuseTotal: (priced) => refuseTotal(priced, expectedTotalMinor, () => quoteFor(buyer, wanted, now)),
      }),
    });
    if (draft instanceof AppError) return draft;
    assert(buyer, 'a purchase without a wallet is refused');
    const refusal = pace?.refuse(buyer, draft);
    if (refusal instanceof Promise) return refusal.then((late) => late ?? accept(request, buyer, draft));
    return refusal ?? accept(request, buyer, draft);
  };
  const answers: Answer[] = [];
  for (const request of requests) {
    const answer = answerTo(request);
    // Most purchases need no promise.
    answers.push(answer instanceof Promise ? await answer : answer);
  }
  if (accepted.length > 0) await writeAccepted(trx, products, { accepted, coupons, at });
  return answers;
}

/** Whether a concurrent request has stored the same key, which a retry replays, or a purchase has the number of a new one. */
export function isKeyTaken(error: unknown): boolean {
  return isDuplicateKey(error, 'purchases_idempotency') || isNumberTaken(error);
}

function replay({ id, requestHash: stored, sentHash }: Known, request: PurchaseRequest): PurchaseAnswer | AppError {
  const isSame =
    sentHash !== null && request.sentHash !== undefined ? sentHash.equals(request.sentHash) : stored.equals(hashOf(request));
  return isSame ? { purchaseId: id, isReplay: true } : new AppError(requestErrors.IDEMPOTENCY_KEY_REUSED);
}

/** The id carries the time of the purchase, so that a period is a range of every index that ends with the id. */
function newPurchase(userId: string, draft: PurchaseDraft, at: Date): Purchase {
  const time = at.toISOString();
  return {
    id: newIdAt(at),
    number: newPurchaseNumber(),
    userId,
    status: 'requested',
    ...draft,
    payment: byWallet,
    refundedMinor: 0,
    refund: 'none',
    version: 1,
    createdAt: time,
    updatedAt: time,
  };
}

function requestedEvent(
  { id, userId, items, totalMinor, currency }: Purchase,
  { at, traceparent }: { at: Date; traceparent: string | undefined },
): OutgoingEvent {
  return makeEvent('purchase-requested', {
    sequence: 1,
    time: at,
    traceparent,
    data: { purchaseId: id, userId, items: [...items], totalMinor, currency },
  });
}

type Carts = Map<string, Cart>;

/** Sets without a checkout need no statement. */
async function lockCartsOf(trx: Knex.Transaction, requests: readonly PurchaseRequest[]): Promise<Carts> {
  const checkouts = requests.filter(({ isCheckout }) => isCheckout);
  if (checkouts.length === 0) return new Map();
  return lockCarts(
    trx,
    checkouts.map(({ userId }) => userId),
  );
}

function wantedBy({ isCheckout, userId, items }: PurchaseRequest, carts: Carts): readonly WantedItem[] {
  return isCheckout === true ? (carts.get(userId)?.items ?? []) : items;
}
