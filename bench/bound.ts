import { readFileSync } from 'node:fs';
import type { Event } from '@florin/events';
import { newId, openDatabase, runTransaction } from '@florin/runtime';
import type { Knex } from 'knex';
import { payPurchases } from '../servers/payment/src/payments/pay-purchases.ts';
import { projectLimits } from '../servers/product/src/limits/project-limits.ts';
import { requestPurchases } from '../servers/product/src/purchases/request-purchases.ts';
import { settlePurchases } from '../servers/product/src/purchases/settle-purchases.ts';
import type { BoundResult, BoundSpec } from './measure-bound.ts';
import { createPicker } from './pick.ts';

/**
 * The bound that the platform is held against, a process of its own: the very statements of a purchase's life, in full batches,
 * without HTTP and without a broker between. What one step appends to its outbox is taken from there by the next.
 */

const REQUESTS_AT_ONCE = 256;
const REQUESTERS = 2;
const EVENTS_AT_ONCE = 200;
const IDLE_MS = 2;

process.on('message', (spec: BoundSpec) => {
  void drive(spec).then((result) => process.send?.(result));
});

async function drive({ databaseUrls, dataPath, seconds }: BoundSpec): Promise<BoundResult> {
  const product = openDatabase({ url: databaseUrls.product, poolMax: 8 });
  const payment = openDatabase({ url: databaseUrls.payment, poolMax: 8 });
  const { userIds, productIds } = JSON.parse(readFileSync(dataPath, 'utf8')) as { userIds: string[]; productIds: string[] };
  const pickUser = createPicker(userIds, 'uniform');
  const pickProduct = createPicker(productIds, 'uniform');
  const startedAt = Date.now();
  let requested = 0;
  let decided = 0;
  const isOver = (): boolean => Date.now() - startedAt >= seconds * 1_000;

  const request = async (): Promise<void> => {
    while (!isOver()) {
      // No further ahead than the platform lets its own backlog grow.
      if (requested - decided > 20 * REQUESTS_AT_ONCE) await pause();
      else {
        const requests = Array.from({ length: REQUESTS_AT_ONCE }, () => ({
          userId: pickUser(),
          idempotencyKey: newId(),
          items: [{ productId: pickProduct(), quantity: 1 }],
        }));
        requested += (await runTransaction(product, (trx) => requestPurchases(trx, requests))).length;
      }
    }
  };
  const requesting = Promise.all(Array.from({ length: REQUESTERS }, request));
  let isRequesting = true;
  void requesting.finally(() => {
    isRequesting = false;
  });
  const pay = async (): Promise<void> => {
    for (;;) {
      const events = (await takeOutbox(product)) as Event<'purchase-requested'>[];
      if (events.length > 0) await runTransaction(payment, (trx) => payPurchases(trx, events));
      else if (isRequesting) await pause();
      else return;
    }
  };
  const settle = async (): Promise<void> => {
    while (isRequesting || decided < requested) {
      const events = await takeOutbox(payment);
      if (events.length === 0) await pause();
      else decided += await settleAnswers(product, events);
    }
  };
  await Promise.all([requesting, pay(), settle()]);
  const result = { purchases: decided, durationMs: Date.now() - startedAt };
  await Promise.all([product.destroy(), payment.destroy()]);
  return result;
}

async function settleAnswers(product: Knex, events: readonly Event[]): Promise<number> {
  const paid = events.filter(({ type }) => type === 'purchase-paid') as Event<'purchase-paid'>[];
  const wallets = events.filter(({ type }) => type === 'wallet-changed') as Event<'wallet-changed'>[];
  await runTransaction(product, async (trx) => {
    if (paid.length > 0) await settlePurchases(trx, paid);
    if (wallets.length > 0) await projectLimits(trx, wallets);
  });
  return paid.length;
}

async function takeOutbox(db: Knex): Promise<Event[]> {
  const [rows] = (await db.raw('SELECT id, payload FROM outbox ORDER BY id LIMIT ?', [2 * EVENTS_AT_ONCE])) as [
    { id: number; payload: string }[],
  ];
  if (rows.length === 0) return [];
  await db.raw(`DELETE FROM outbox WHERE id IN (${rows.map(() => '?').join(', ')}) ORDER BY id LIMIT ?`, [
    ...rows.map(({ id }) => id),
    rows.length,
  ]);
  return rows.map(({ payload }) => JSON.parse(payload) as Event);
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, IDLE_MS));
}
