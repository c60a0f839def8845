import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, idText, queryFirst } from '@florin/database';
import type { KeyedRow } from '@florin/http';
import type { Knex } from 'knex';
import type { Adjustment, ReviewStatus } from './adjustment.ts';

/** A review with the result of an approved one and its reason. */
export type ReviewRow = KeyedRow & {
  id: Buffer;
  user_id: Buffer;
  amount_minor: number;
  currency: string;
  status: ReviewStatus;
  requested_by: Buffer;
  idempotency_key: Buffer;
  created_at: Date;
  decided_by: Buffer | null;
  decided_at: Date | null;
  reason: string | null;
  transfer_id: Buffer | null;
  balance_after_minor: number | null;
};

/** Selects reviews `r`. */
export function reviews(db: Knex): Knex.QueryBuilder {
  return db('adjustment_reviews AS r')
    .leftJoin('adjustments AS a', 'a.id', 'r.id')
    .leftJoin('personal_texts AS p', 'p.id', 'r.id')
    .select('r.*', 'a.transfer_id', 'a.balance_after_minor', 'p.text AS reason');
}

/** @throws AppError NOT_FOUND */
export async function readReview(db: Knex, id: string): Promise<Adjustment> {
  const [row] = (await reviews(db).where('r.id', idBytes(id))) as ReviewRow[];
  if (row === undefined) throw notFound();
  return reviewOf(row);
}

export type StoredReview = Pick<ReviewRow, 'status' | 'idempotency_key' | 'request_hash' | 'sent_hash'>;

/** Locks a review until the end of the transaction. Its wallet must be locked before. */
export async function lockReview(trx: Knex.Transaction, id: string): Promise<StoredReview> {
  const row = await queryFirst<StoredReview>(
    trx,
    'SELECT status, idempotency_key, request_hash, sent_hash FROM adjustment_reviews WHERE id = ? FOR UPDATE',
    [idBytes(id)],
  );
  if (row === undefined) throw notFound();
  return row;
}

export function reviewOf(row: ReviewRow): Adjustment {
  return {
    id: reviewIdOf(row),
    userId: idText(row.user_id),
    amountMinor: row.amount_minor,
    currency: row.currency,
    reason: row.reason ?? '',
    status: row.status,
    requestedBy: idText(row.requested_by),
    ...(row.decided_by !== null && { decidedBy: idText(row.decided_by) }),
    ...(row.decided_at !== null && { decidedAt: row.decided_at }),
    ...(row.transfer_id !== null && { transferId: idText(row.transfer_id) }),
    ...(row.balance_after_minor !== null && { balanceAfterMinor: row.balance_after_minor }),
    createdAt: row.created_at,
  };
}

export function reviewIdOf({ id }: Pick<ReviewRow, 'id'>): string {
  return idText(id);
}

function notFound(): AppError {
  return new AppError(requestErrors.NOT_FOUND, { detail: 'The adjustment does not exist, or needs no review.' });
}
