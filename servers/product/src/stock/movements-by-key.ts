import { idText } from '@florin/database';
import { type Idempotency, type KeyedRow, keyedTable, reply } from '@florin/http';
import type { Knex } from 'knex';
import { hashMovement } from './post-movement.ts';
import { readMovement } from './read-movements.ts';

/** Finds stock movements by idempotency key. */
export function movementsByKey(db: Knex): Idempotency {
  return keyedTable<KeyedRow & { movement_id: Buffer }>(db, {
    table: 'stock_movement_keys',
    userColumn: 'user_id',
    requestHashOf: ({ params, body }) => hashMovement({ ...body, productId: String(params['id']).toLowerCase() }),
    replay: async ({ movement_id }) => reply(201, await readMovement(db, idText(movement_id))),
  });
}
