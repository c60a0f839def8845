import { firstOf, idBytes } from '@florin/database';
import type { Knex } from 'knex';
import type { Idempotency, StoredRequest } from './answer-once.ts';
import type { Reply } from './reply.ts';
import type { SentRequest } from './sent-hash.ts';

/** The idempotency columns of a row. */
export type KeyedRow = { request_hash: Buffer; sent_hash: Buffer | null };

type KeyedTable<Row extends KeyedRow> = {
  table: string;
  /** The column with the id of the user who sent the key. */
  userColumn: string;
  /** Computes the `request_hash` of a sent request, with the defaults that `row` was stored with. */
  requestHashOf(sent: SentRequest, row: Row): Buffer;
  replay(row: Row): Promise<Reply> | Reply;
};

/** Adapts a table, UNIQUE by `userColumn` and `idempotency_key`, for `answerOnce`. */
export function keyedTable<Row extends KeyedRow>(
  db: Knex,
  { table, userColumn, requestHashOf, replay }: KeyedTable<Row>,
): Idempotency {
  return {
    async find({ userId, idempotencyKey }): Promise<StoredRequest | undefined> {
      const key = { [userColumn]: idBytes(userId), idempotency_key: Buffer.from(idempotencyKey) };
      const row = await firstOf<Row>(db(table).where(key));
      return (
        row && {
          requestHash: row.request_hash,
          sentHash: row.sent_hash,
          requestHashOf: (sent) => requestHashOf(sent, row),
          replay: () => replay(row),
        }
      );
    },
  };
}
