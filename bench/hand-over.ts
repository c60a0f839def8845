import { runTransaction } from '@florin/database';
import type { Event } from '@florin/events';
import { payPurchases } from '@florin/payment-server/payments';
import { projectLimits } from '@florin/product-server/buyer-limits';
import { recordOutcomes } from '@florin/product-server/purchases';
import type { Knex } from 'knex';

/** Takes the events of one step from its outbox for the next, without a broker. */

const BATCH_SIZE = 400;

/** Pays the purchases in product's outbox; returns their number. */
export async function payRequested({ product, payment }: { product: Knex; payment: Knex }): Promise<number> {
  const events = (await takeOutbox(product)) as Event<'purchase-requested'>[];
  if (events.length > 0) await runTransaction(payment, (trx) => payPurchases(trx, events));
  return events.length;
}

/** Applies the outcomes in payment's outbox to the purchases; returns the number of both. */
export async function recordAnswered({ product, payment }: { product: Knex; payment: Knex }) {
  const events = await takeOutbox(payment);
  const paid = events.filter(({ type }) => type === 'purchase-paid') as Event<'purchase-paid'>[];
  const wallets = events.filter(({ type }) => type === 'wallet-changed') as Event<'wallet-changed'>[];
  if (events.length > 0) {
    await runTransaction(product, async (trx) => {
      if (paid.length > 0) await recordOutcomes(trx, paid);
      if (wallets.length > 0) await projectLimits(trx, wallets);
    });
  }
  return { purchases: paid.length, events: events.length };
}

async function takeOutbox(db: Knex): Promise<Event[]> {
  const [rows] = (await db.raw('SELECT id, payload FROM outbox ORDER BY id LIMIT ?', [BATCH_SIZE])) as [
    { id: number; payload: string }[],
  ];
  if (rows.length === 0) return [];
  await db.raw(`DELETE FROM outbox WHERE id IN (${rows.map(() => '?').join(', ')}) ORDER BY id LIMIT ?`, [
    ...rows.map(({ id }) => id),
    rows.length,
  ]);
  return rows.map(({ payload }) => JSON.parse(payload) as Event);
}
