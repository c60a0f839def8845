import { insertRows } from '@florin/database';
import type { OutgoingEvent } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { emptyCarts } from '../carts/index.ts';
import { type CouponSet, writeRedemptions } from '../coupons/index.ts';
import { type LockedProduct, moveStock } from '../stock/index.ts';
import { storeAddressesOf } from './delivery-terms.ts';
import { type Purchase, purchasesTable } from './purchase.ts';
import type { PurchaseRequest } from './purchase-request.ts';
import { purchaseItemsTable } from './read-items.ts';
import { insertTimeline } from './timeline.ts';

export type Accepted = { purchase: Purchase; hash: Buffer; request: PurchaseRequest; event: OutgoingEvent };

/** Writes accepted purchases in sets: the events come last, because the outbox is locked last. */
export async function writeAccepted(
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

async function emptyBoughtCarts(trx: Knex.Transaction, accepted: readonly Accepted[]): Promise<void> {
  const userIds = accepted.filter(({ request }) => request.isCheckout).map(({ request }) => request.userId);
  if (userIds.length > 0) await emptyCarts(trx, userIds);
}
