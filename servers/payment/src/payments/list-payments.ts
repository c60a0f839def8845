import { idBytes } from '@florin/database';
import { keysetPage, newestById, type Page, type PageRequest, siftedPage } from '@florin/pagination';
import type { Knex } from 'knex';
import { MAX_ROWS_READ, newestByTime, type Period, whereCreated } from '../newest-by-time.ts';
import { type Payment, type PaymentRow, paymentOf } from './payment.ts';

export type PaymentFilter = Period & { purchaseId?: string; userId?: string; status?: Payment['status'] };

export type ListedPayment = Payment & { createdAt: Date };

/** Lists payments, newest first. With a user and a status or time, at most MAX_ROWS_READ of the user's payments are read for a page. */
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
    return keysetPage<PaymentRow>(one, newestById, request);
  }
  if (userId === undefined && isByTime) {
    const query = along(db, status === undefined ? 'payments_time' : 'payments_status_time');
    sift(query, filter);
    return keysetPage<PaymentRow>(query, newestByTime, request);
  }
  if (userId === undefined) return keysetPage<PaymentRow>(db('payments').select(), newestById, request);
  const ofUser = along(db, 'payments_user').where('user_id', idBytes(userId));
  if (!isByTime) return keysetPage<PaymentRow>(ofUser, newestById, request);
  const query = ofUser.clone();
  sift(query, filter);
  return siftedPage<PaymentRow>(
    { query, along: ofUser.clearSelect().select('id'), keyset: newestById, maxRows: MAX_ROWS_READ },
    request,
  );
}

/** FORCE INDEX: MariaDB prefers an equality to the order of the list (docs/adr/0008). */
function along(db: Knex, index: string): Knex.QueryBuilder {
  return db(db.raw(`payments FORCE INDEX (${index})`)).select();
}

function sift(query: Knex.QueryBuilder, { userId, status, ...period }: PaymentFilter): void {
  if (userId !== undefined) query.where('user_id', idBytes(userId));
  if (status !== undefined) query.where({ status });
  whereCreated(query, period);
}
