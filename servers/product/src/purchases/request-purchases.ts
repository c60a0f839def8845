import assert from 'node:assert/strict';
import { AppError, requestErrors } from '@florin/app-response';
import { insertRows, isDuplicateKey, newIdAt, pickFields, query, readRow, type StoredRowOf, sqlId } from '@florin/database';
import { makeEvent, type OutgoingEvent } from '@florin/events';
import { type KeyedRequest, requestHash } from '@florin/http';
import { appendEvents } from '@florin/messaging';
import type { Span } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Cart, cartErrors, emptyCarts, lockCarts } from '../carts/index.ts';
import { type CouponSet, couponTerms, writeRedemptions } from '../coupons/index.ts';
import type { DeliveryWish } from '../delivery/index.ts';
import type { WantedItem } from '../pricing/index.ts';
import { type LockedProduct, lockProducts, moveStock } from '../stock/index.ts';
import { couponCodeOf, lockCouponsOf } from './coupons-of.ts';
import { decidePurchase, type PurchaseDraft } from './decide-purchase.ts';
import { deliveryTerm, readMethodsOf, storeAddressesOf } from './delivery-terms.ts';
import { isNumberTaken } from './number-purchases.ts';
import { addUndecided, type PaceOptions, pacePurchases } from './pace-purchases.ts';
import { byWallet, type Purchase, purchasesTable } from './purchase.ts';
import { newPurchaseNumber } from './purchase-number.ts';
import { type Buyer, readBuyers } from './read-buyers.ts';
import { purchaseItemsTable } from './read-items.ts';
import { refuseLargeEvent } from './refuse-large-event.ts';
import { insertTimeline } from './timeline.ts';
import { quoteFor, refuseTotal } from './total-changed.ts';

export type PurchaseRequest = KeyedRequest & {
  userId: string;
  /** Empty if the cart is bought. */
  items: readonly WantedItem[];
  /** Buys the cart of the user and empties it. */
  isCheckout?: boolean;
  /** Upper case. Of a checkout, undefined stands for the coupon of the cart, and null for none. */
  couponCode?: string | null | undefined;
  /** The total that the buyer saw. With another one, the purchase is refused. */
  expectedTotalMinor?: number | undefined;
  delivery?: DeliveryWish | undefined;
  /** Trace context of the request. A batch runs in the context of one of its requests. */
  traceparent?: string;
  /** The span of the request, if its trace is sampled. */
  span?: Span | undefined;
};

/** `purchase`: the new purchase. Absent in a replay, because the purchase may have changed since. */
export type PurchaseAnswer = { purchaseId: string; isReplay: boolean; purchase?: Purchase };

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

type Accepted = { purchase: Purchase; hash: Buffer; request: PurchaseRequest; event: OutgoingEvent };
type Known = { id: string; requestHash: Buffer; sentHash: Buffer | null };

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

async function writeAccepted(
  trx: Knex.Transaction,
  products: ReadonlyMap<string, LockedProduct>,
  { accepted, coupons, at }: { accepted: readonly Accepted[]; coupons: CouponSet; at: Date },
): Promise<void> {
  await insertPurchases(trx, accepted, at);
  await insertItems(trx, accepted);
  await storeAddressesOf(trx, accepted);
  await emptyBoughtCarts(trx, accepted);
  const movements = accepted.flatMap(({ purchase: { id, items } }) =>
    items.map(({ productId, quantity }) => ({ productId, delta: -quantity, reason: 'sale' as const, purchaseId: id })),
  );
  await moveStock(trx, products, { movements, at });
  if (coupons.redemptions.length > 0) await writeRedemptions(trx, coupons, at);
  const events = accepted.map(({ event }) => event);
  await insertTimeline(
    trx,
    events.map(({ event }) => event),
  );
  await appendEvents(trx, events);
}

const keyTable = pickFields(purchasesTable, ['id', 'userId', 'idempotencyKey', 'requestHash', 'sentHash']);

async function findByKey(trx: Knex.Transaction, requests: readonly PurchaseRequest[]): Promise<Map<string, Known>> {
  const columns = keyTable.cells.map(({ column }) => `p.${column}`).join(', ');
  const rows = await query<StoredRowOf<typeof keyTable>>(
    trx,
    `SELECT ${columns} FROM (SELECT ? AS user_id, ? AS idempotency_key${' UNION ALL SELECT ?'.repeat(requests.length - 1)}) AS wanted
     JOIN purchases AS p ON p.user_id = wanted.user_id AND p.idempotency_key = wanted.idempotency_key`,
    requests.flatMap(({ userId, idempotencyKey }, index) => {
      const key = [sqlId(userId), Buffer.from(idempotencyKey)];
      return index === 0 ? key : [key];
    }),
  );
  return new Map(
    rows.map((row) => {
      const known = readRow(keyTable, row);
      return [keyOf(known), known];
    }),
  );
}

async function insertPurchases(trx: Knex.Transaction, accepted: readonly Accepted[], at: Date): Promise<void> {
  const rows = accepted.map(({ purchase, hash, request }) => ({
    id: purchase.id,
    number: purchase.number ?? null,
    userId: purchase.userId,
    status: purchase.status,
    totalMinor: purchase.totalMinor,
    currency: purchase.currency,
    subtotalMinor: purchase.subtotalMinor,
    discountMinor: purchase.discountMinor,
    deliveryMinor: purchase.deliveryMinor,
    tax: purchase.tax.length === 0 ? null : purchase.tax,
    couponCode: purchase.coupon?.code ?? null,
    deliveryMethod: purchase.delivery ?? null,
    idempotencyKey: request.idempotencyKey,
    requestHash: hash,
    sentHash: request.sentHash ?? null,
    createdAt: at,
    updatedAt: at,
  }));
  await insertRows(trx, purchasesTable, rows);
}

async function insertItems(trx: Knex.Transaction, accepted: readonly Accepted[]): Promise<void> {
  const rows = accepted.flatMap(({ purchase: { id, items } }) =>
    items.map((item, position) => ({
      purchaseId: id,
      position,
      productId: item.productId,
      name: item.name,
      quantity: item.quantity,
      unitPriceMinor: item.unitPriceMinor,
      optionValues: item.optionValues ?? null,
      sku: item.sku ?? null,
      discountMinor: item.discountMinor ?? 0,
      taxRatePercent: item.taxRatePercent ?? null,
    })),
  );
  await insertRows(trx, purchaseItemsTable, rows);
}

function keyOf({ userId, idempotencyKey }: { userId: string; idempotencyKey: string }): string {
  return `${userId} ${idempotencyKey}`;
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

async function emptyBoughtCarts(trx: Knex.Transaction, accepted: readonly Accepted[]): Promise<void> {
  const userIds = accepted.filter(({ request }) => request.isCheckout).map(({ request }) => request.userId);
  if (userIds.length > 0) await emptyCarts(trx, userIds);
}

/** Of the body only: the cart may have changed when a retry comes. */
function hashOf({ isCheckout, items, ...request }: PurchaseRequest): Buffer {
  const { expectedTotalMinor, couponCode, delivery } = request;
  const terms = { expectedTotalMinor, couponCode, delivery };
  if (isCheckout === true) return requestHash(['checkout', terms]);
  const hasTerms = Object.values(terms).some((term) => term !== undefined);
  return hasTerms ? requestHash([hashItems(items).toString('hex'), terms]) : hashItems(items);
}

/** The `request_hash` of purchases. */
export function hashItems(items: readonly Readonly<Record<'productId' | 'quantity', unknown>>[]): Buffer {
  return requestHash(items.map(({ productId, quantity }) => [productId, quantity]));
}
