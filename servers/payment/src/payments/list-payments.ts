import { idValue, type Keyset, keysetPage, type Page, type PageRequest, siftedPage } from '@florin/pagination';
import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';
import { MAX_ROWS_LOOKED_AT, newestByTime, type Period, whereCreated } from '../newest-by-time.ts';
import { type Payment, type PaymentRow, paymentOf } from './payment.ts';

export type PaymentFilter = Period & { purchaseId?: string; userId?: string; status?: Payment['status'] };

export type ListedPayment = Payment & { createdAt: Date };

/**
 * Lists payments, newest first. A purchase, a user, a status and a time are answered by an index; of a user, those of a status or a
 * time are looked for among the next ten thousand.
 */
export async function listPayments(db: Knex, filter: PaymentFilter, request: PageRequest): Promise<Page<ListedPayment>> {
  const page = await pageOfRows(db, filter, request);
  return { ...page, rows: page.rows.map((row) => ({ ...paymentOf(row), createdAt: row.created_at })) };
}

function pageOfRows(db: Knex, filter: PaymentFilter, request: PageRequest): Promise<Page<PaymentRow>> {
  const { purchaseId, userId, status, from, to } = filter;
  const isByTime = status !== undefined || from !== undefined || to !== undefined;
  if (purchaseId !== undefined) {
    const one = along(db, 'payments_purchase').where('purchase_id', idBytes(purchaseId));
    sift(one, filter);
    return keysetPage(one, newestFirst, request);
  }
  if (userId === undefined && isByTime) {
    const query = along(db, status === undefined ? 'payments_time' : 'payments_status_time');
    sift(query, filter);
    return keysetPage<PaymentRow>(query, newestByTime, request);
  }
  if (userId === undefined) return keysetPage(db('payments').select(), newestFirst, request);
  const ofUser = along(db, 'payments_user').where('user_id', idBytes(userId));
  if (!isByTime) return keysetPage(ofUser, newestFirst, request);
  const query = ofUser.clone();
  sift(query, filter);
  return siftedPage(
    { query, along: ofUser.clearSelect().select('id'), keyset: newestFirst, maxRows: MAX_ROWS_LOOKED_AT },
    request,
  );
}

/** Names the index, because MariaDB takes an equal condition for a better key than the place in the list (docs/adr/0008). */
function along(db: Knex, index: string): Knex.QueryBuilder {
  return db(db.raw(`payments FORCE INDEX (${index})`)).select();
}

function sift(query: Knex.QueryBuilder, { userId, status, ...period }: PaymentFilter): void {
  if (userId !== undefined) query.where('user_id', idBytes(userId));
  if (status !== undefined) query.where({ status });
  whereCreated(query, period);
}

/** Ids are time-ordered, so newest first is by id alone. */
const newestFirst: Keyset<PaymentRow> = {
  name: 'newest',
  columns: [{ column: 'id', direction: 'desc', toSql: idValue }],
  keyOf: ({ id }) => [idText(id)],
};
