import { idText } from '@florin/database';
import { type Idempotency, type KeyedRow, keyedTable, reply } from '@florin/http';
import type { Knex } from 'knex';
import { hashClaim } from './create-claim.ts';
import { readClaim } from './read-claims.ts';

/** Finds claims by idempotency key. The order of the items is ignored. */
export function claimsByKey(db: Knex): Idempotency {
  const claims = keyedTable<KeyedRow & { id: Buffer }>(db, {
    table: 'claims',
    userColumn: 'user_id',
    requestHashOf: ({ params, body }) => hashClaim({ ...body, purchaseId: String(params['id']).toLowerCase() }),
    replay: async ({ id }) => reply(201, await readClaim(db, idText(id))),
  });
  return { ...claims, unordered: ['items'] };
}
