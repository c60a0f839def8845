import { query } from '@florin/database';
import type { Knex } from 'knex';

/** An event of the purchase that a service has not published or handled. */
export type WaitingEvent = {
  /** `outbox`: not published yet. `parked outbox`: Kafka refuses it, or an earlier one. `dead`, `parked`: in the dead letters. */
  where: 'outbox' | 'parked outbox' | 'dead' | 'parked';
  at: string;
  reason: string | null;
  topic: string;
  payload: string;
};

type Row = { at: Date; reason: string | null; topic: string; payload: Buffer | string };

const MAX_ROWS = 50;

/** Finds events that name the purchase in the outbox and the dead letters of one service. Both are bounded, so they are searched whole. */
export async function readWaiting(db: Knex, purchaseId: string): Promise<WaitingEvent[]> {
  const find = async (where: WaitingEvent['where'], sql: string): Promise<WaitingEvent[]> =>
    (await query<Row>(db, `${sql} LIMIT ?`, [`%${purchaseId}%`, MAX_ROWS])).map(({ at, reason, topic, payload }) => ({
      where,
      at: at.toISOString(),
      reason,
      topic,
      payload: payload.toString(),
    }));
  const letters = (status: string): string =>
    `SELECT created_at AS at, reason, topic, value AS payload FROM dead_letters WHERE value LIKE ? AND status = '${status}' ORDER BY arrival`;
  return [
    ...(await find(
      'outbox',
      'SELECT created_at AS at, NULL AS reason, topic, payload FROM outbox WHERE payload LIKE ? ORDER BY id',
    )),
    ...(await find(
      'parked outbox',
      'SELECT created_at AS at, reason, topic, payload FROM parked_outbox WHERE payload LIKE ? ORDER BY id',
    )),
    ...(await find('dead', letters('dead'))),
    ...(await find('parked', letters('parked'))),
  ];
}
