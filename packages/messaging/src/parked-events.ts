import { AppError, defineErrors, requestErrors } from '@florin/app-response';
import { execute, idBytes, idText, query, queryFirst, runTransaction } from '@florin/database';
import { type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';

const ROWS_PER_TRANSACTION = 500;
const MAX_ROWS_PER_REPLAY = 10_000;

export type ParkedEventRow = {
  id: number;
  event_id: Buffer;
  topic: string;
  message_key: Buffer;
  type: string;
  bytes: number;
  created_at: Date;
  parked_at: Date;
  /** The broker's reason for refusing the event; null if it waits behind a refused one. */
  reason: string | null;
};

/** Which event, and the admin who acts on it. */
export type ParkedEventOrder = { eventId: string; actorId: string | null };

export const parkedEventErrors = defineErrors({
  PARKED_EVENT_WAITS: {
    status: 409,
    title: 'The event is parked behind one that Kafka refused',
    meaning: 'The event waits behind an earlier one of the same key that Kafka refused.',
    action: 'Publish or discard the earlier event first.',
  },
});

const oldestFirst: Keyset<ParkedEventRow> = {
  name: 'oldest',
  columns: [{ column: 'id', direction: 'asc' }],
  keyOf: ({ id }) => [id],
};
const columns = 'id, event_id, topic, message_key, type, LENGTH(payload) AS bytes, created_at, parked_at, reason';

/** Lists refused events and the events behind them, oldest first, without their payloads, which may be large. */
export function listParkedEvents(db: Knex, request: PageRequest): Promise<Page<ParkedEventRow>> {
  return keysetPage<ParkedEventRow>(db('parked_outbox').select(db.raw(columns)), oldestFirst, request);
}

/** @throws AppError NOT_FOUND */
export async function readParkedEvent(db: Knex, eventId: string): Promise<ParkedEventRow & { payload: string }> {
  const row = await findParked(db, eventId);
  if (row === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no parked event ${eventId}.` });
  return row;
}

/**
 * Puts the parked events of one key back into the outbox, oldest first and with their old ids, so that they precede all later
 * events. An event that the broker still refuses is parked again, with the events behind it.
 *
 * @returns the number of events put back, at most 10,000 per call
 * @throws AppError NOT_FOUND
 */
export async function replayParkedEvents(db: Knex, { eventId, actorId }: ParkedEventOrder): Promise<number> {
  const named = await readParkedEvent(db, eventId);
  let after = 0;
  for (let replayed = 0; ; ) {
    const ids = await runTransaction(db, (trx) => releaseOldest(trx, named, { after, actorId }));
    replayed += ids.length;
    after = ids.at(-1) ?? after;
    if (ids.length < ROWS_PER_TRANSACTION || replayed >= MAX_ROWS_PER_REPLAY) return replayed;
  }
}

/**
 * Drops an event for good: it is never published. Events behind it stay parked until they are replayed.
 *
 * @param options `isForced`: also drops a valid event that only waits
 * @throws AppError NOT_FOUND or PARKED_EVENT_WAITS
 */
export async function dropParkedEvent(
  trx: Knex.Transaction,
  { eventId, actorId }: ParkedEventOrder,
  { isForced }: { isForced: boolean },
): Promise<void> {
  const row = await readParkedEvent(trx, eventId);
  if (row.reason === null && !isForced)
    throw new AppError(parkedEventErrors.PARKED_EVENT_WAITS, {
      detail: 'Its event is valid. Replay its key, or drop it with force=true.',
    });
  await trx('parked_outbox').where({ id: row.id }).delete();
  const { topic, type, message_key: key, reason } = row;
  const before = { topic, type, key: key.toString(), reason };
  await appendAuditEntry(trx, { actorId, action: 'parked-event.drop', subject: eventId, before, after: null });
}

/** Counts the keys whose events wait for an operator. */
export async function countParkedKeys(db: Knex): Promise<number> {
  const row = await queryFirst<{ parked: number }>(
    db,
    'SELECT COUNT(*) AS parked FROM (SELECT 1 FROM parked_outbox GROUP BY topic, message_key) AS parked_keys',
  );
  return row?.parked ?? 0;
}

type Release = { after: number; actorId: string | null };

/** Locks rows in id order, as the relay does when it parks rows behind them. */
async function releaseOldest(trx: Knex.Transaction, named: ParkedEventRow, { after, actorId }: Release): Promise<number[]> {
  const { topic, message_key: key } = named;
  const rows = await query<{ id: number }>(
    trx,
    'SELECT id FROM parked_outbox WHERE topic = ? AND message_key = ? AND id > ? ORDER BY id LIMIT ? FOR UPDATE',
    [topic, key, after, ROWS_PER_TRANSACTION],
  );
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  await execute(
    trx,
    `INSERT INTO outbox (id, event_id, topic, message_key, type, payload, created_at)
     SELECT id, event_id, topic, message_key, type, payload, created_at FROM parked_outbox WHERE id IN (?) ORDER BY id`,
    [ids],
  );
  await execute(trx, 'DELETE FROM parked_outbox WHERE id IN (?) ORDER BY id LIMIT ?', [ids, ids.length]);
  await appendAuditEntry(trx, {
    actorId,
    action: 'parked-event.replay',
    subject: idText(named.event_id),
    before: { topic, key: key.toString(), reason: named.reason },
    after: { replayed: ids.length },
  });
  return ids;
}

async function findParked(db: Knex, eventId: string): Promise<(ParkedEventRow & { payload: string }) | undefined> {
  return queryFirst<ParkedEventRow & { payload: string }>(
    db,
    `SELECT ${columns}, payload FROM parked_outbox WHERE event_id = ? ORDER BY id LIMIT 1`,
    [idBytes(eventId)],
  );
}
