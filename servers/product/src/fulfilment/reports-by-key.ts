import { idText } from '@florin/database';
import { type Idempotency, type KeyedRow, keyedTable, type Reply } from '@florin/http';
import { parseTime } from '@florin/values';
import type { Knex } from 'knex';
import { hashReport } from './report-delivery.ts';

/** Finds delivery reports by idempotency key. */
export function reportsByKey(db: Knex, { replay }: { replay(purchaseId: string): Promise<Reply> }): Idempotency {
  return keyedTable<KeyedRow & { purchase_id: Buffer }>(db, {
    table: 'delivery_events',
    userColumn: 'reported_by',
    requestHashOf: ({ params, body }) =>
      hashReport({ ...body, at: sentTime(body['at']), purchaseId: String(params['id']).toLowerCase() }),
    replay: ({ purchase_id }) => replay(idText(purchase_id)),
  });
}

function sentTime(at: unknown): unknown {
  return typeof at === 'string' ? parseTime(at) : at;
}
