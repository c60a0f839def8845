import { type Idempotency, keyedTable, reply, type SentRequest } from '@florin/http';
import type { Knex } from 'knex';
import { sentCurrency, sentId } from '../wallets/index.ts';
import { hashAdjustment } from './adjust-wallet.ts';
import { type AdjustmentRow, adjustmentOf } from './adjustment.ts';
import { readText } from './personal-texts.ts';
import { type ReviewRow, readReview, reviewIdOf } from './review.ts';

/** Finds adjustments by idempotency key: those under review, then those posted without one. */
export function adjustmentsByKey(db: Knex): Idempotency {
  const reviews = keyedTable<ReviewRow>(db, {
    table: 'adjustment_reviews',
    userColumn: 'requested_by',
    requestHashOf,
    replay: async (row) => reply(200, await readReview(db, reviewIdOf(row))),
  });
  const adjustments = keyedTable<AdjustmentRow>(db, {
    table: 'adjustments',
    userColumn: 'adjusted_by',
    requestHashOf,
    replay: async (row) => reply(200, adjustmentOf({ ...row, reason: await readText(db, row.id) })),
  });
  return { find: async (owner) => (await reviews.find(owner)) ?? adjustments.find(owner) };
}

function requestHashOf({ params, query, body }: SentRequest, { currency }: { currency: string }): Buffer {
  return hashAdjustment({
    userId: sentId(params['userId']),
    currency: sentCurrency(query) ?? currency,
    amountMinor: body['amountMinor'],
    reason: body['reason'],
  });
}
