import { idText } from '@florin/database';
import { type Idempotency, type KeyedRow, keyedTable, reply } from '@florin/http';
import type { Knex } from 'knex';
import { hashRefund } from './create-refund.ts';
import { readRefund } from './read-refunds.ts';

/** Finds refunds by idempotency key. */
export function refundsByKey(db: Knex): Idempotency {
  return keyedTable<KeyedRow & { id: Buffer }>(db, {
    table: 'refunds',
    userColumn: 'requested_by',
    requestHashOf: ({ params, body }) => hashRefund({ ...body, purchaseId: String(params['id']).toLowerCase() }),
    replay: async ({ id }) => reply(201, await readRefund(db, idText(id))),
  });
}
