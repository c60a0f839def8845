import { type Idempotency, keyedTable, reply } from '@florin/http';
import type { Knex } from 'knex';
import { sentCurrency, sentId } from '../wallets/index.ts';
import { hashAdjustment } from './adjust-wallet.ts';
import { type AdjustmentRow, adjustmentOf } from './adjustment.ts';

/** Finds adjustments by idempotency key. */
export function adjustmentsByKey(db: Knex): Idempotency {
  return keyedTable<AdjustmentRow>(db, {
    table: 'adjustments',
    userColumn: 'adjusted_by',
    requestHashOf: ({ params, query, body }, row) =>
      hashAdjustment({
        userId: sentId(params['userId']),
        currency: sentCurrency(query) ?? row.currency,
        amountMinor: body['amountMinor'],
        reason: body['reason'],
      }),
    replay: (row) => reply(201, adjustmentOf(row)),
  });
}
