import { type Idempotency, keyedTable, type Reply, reply } from '@florin/http';
import type { Knex } from 'knex';
import { sentCurrency, sentId } from '../wallets/index.ts';
import { type Hold, type HoldRow, holdOf } from './hold.ts';
import { hashHold } from './place-hold.ts';

/** Finds holds by idempotency key. */
export function holdsByKey(db: Knex): Idempotency {
  return keyedTable<HoldRow>(db, {
    table: 'holds',
    userColumn: 'placed_by',
    requestHashOf: ({ params, query, body }, row) =>
      hashHold({
        userId: sentId(params['userId']),
        currency: sentCurrency(query) ?? row.currency,
        amountMinor: body['amountMinor'],
        ttlS: body['ttlSeconds'] ?? ttlSecondsOf(row),
      }),
    replay: (row) => placedHold(holdOf(row)),
  });
}

/** Returns the answer to a request that placed a hold. */
export function placedHold(hold: Hold): Reply {
  return reply(201, hold, { Location: `/v1/holds/${hold.id}` });
}

function ttlSecondsOf({ created_at, expires_at }: HoldRow): number {
  return (expires_at.getTime() - created_at.getTime()) / 1000;
}
