import { idValue, type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Payment, type PaymentRow, paymentOf } from './payment.ts';

type PaymentFilter = { purchaseId?: string; userId?: string };

export type ListedPayment = Payment & { createdAt: Date };

/** Payments, newest first. */
export async function listPayments(
  db: Knex,
  { purchaseId, userId }: PaymentFilter,
  request: PageRequest,
): Promise<Page<ListedPayment>> {
  const query = db('payments').select();
  if (purchaseId !== undefined) query.where('purchase_id', idBytes(purchaseId));
  if (userId !== undefined) query.where('user_id', idBytes(userId));
  const page = await keysetPage(query, newestFirst, request);
  return { ...page, rows: page.rows.map((row) => ({ ...paymentOf(row), createdAt: row.created_at })) };
}

/** Ids are time-ordered, so newest first is by id alone. */
const newestFirst: Keyset<PaymentRow> = {
  name: 'newest',
  columns: [{ column: 'id', direction: 'desc', toSql: idValue }],
  keyOf: ({ id }) => [idText(id)],
};
