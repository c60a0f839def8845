import { query, sqlId } from '@florin/database';
import type { Knex } from 'knex';
import { type Payment, type PaymentRow, paymentOf } from './payment.ts';

type Options = { purchaseIds: readonly string[] };

/** Locks the payments of these purchases until the end of the transaction. Returns them by purchase id. */
export async function lockPayments(trx: Knex.Transaction, { purchaseIds }: Options): Promise<Map<string, Payment>> {
  const ids = [...new Set(purchaseIds)].map(sqlId);
  if (ids.length === 0) return new Map();
  const rows = await query<PaymentRow>(trx, 'SELECT * FROM payments WHERE purchase_id IN (?) ORDER BY purchase_id FOR UPDATE', [
    ids,
  ]);
  return new Map(rows.map(paymentOf).map((payment) => [payment.purchaseId, payment]));
}
