import { type Idempotency, keyedTable, type Reply, reply } from '@florin/http';
import type { Knex } from 'knex';
import { sentCurrency } from '../wallets/wallet-params.ts';
import { hashTopUp } from './begin-top-up.ts';
import { type TopUp, type TopUpRow, topUpOf } from './top-up.ts';

/** The keys under which top-ups were begun. */
export function topUpsByKey(db: Knex): Idempotency {
  return keyedTable<TopUpRow>(db, {
    table: 'top_ups',
    userColumn: 'user_id',
    requestHashOf: ({ query, body }, row) =>
      hashTopUp({ currency: sentCurrency(query) ?? row.currency, amountMinor: body['amountMinor'] }),
    replay: (row) => begunTopUp(topUpOf(row)),
  });
}

/** The answer to who began a top-up. */
export function begunTopUp(topUp: TopUp): Reply {
  return reply(201, topUp, { Location: `/v1/wallet/top-ups/${topUp.id}` });
}
