import { type Idempotency, keyedTable, type Reply, reply } from '@florin/http';
import type { Knex } from 'knex';
import { sentCurrency } from '../wallets/index.ts';
import { hashTopUp } from './begin-top-up.ts';
import { type TopUp, type TopUpRow, topUpOf } from './top-up.ts';

/** Finds top-ups by idempotency key. */
export function topUpsByKey(db: Knex): Idempotency {
  return keyedTable<TopUpRow>(db, {
    table: 'top_ups',
    userColumn: 'user_id',
    requestHashOf: ({ query, body }, row) =>
      hashTopUp({ currency: sentCurrency(query) ?? row.currency, amountMinor: body['amountMinor'] }),
    replay: (row) => begunTopUp(topUpOf(row)),
  });
}

/** Returns the answer to a request that began a top-up. */
export function begunTopUp(topUp: TopUp): Reply {
  return reply(201, topUp, { Location: `/v1/wallet/top-ups/${topUp.id}` });
}
