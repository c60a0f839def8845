import { idBytes, idText, insertRows, isDuplicateKey, query } from '@florin/database';
import type { Event } from '@florin/events';
import type { Knex } from 'knex';
import { inboxTable } from './messaging-tables.ts';

/**
 * Records events in a consumer's inbox. Runs in the transaction that handles the events, so that an event counts as received
 * exactly when its effects are committed.
 *
 * A consumer that handles the same events concurrently (for example one that was considered dead) makes the insert wait and then fail with a
 * duplicate key. Roll back and retry then (`isInboxConflict`).
 *
 * @returns the ids of the events that are new
 */
export async function receiveEvents(trx: Knex.Transaction, consumer: string, events: readonly Event[]): Promise<Set<string>> {
  const fresh = new Set(events.map(({ id }) => id));
  if (fresh.size === 0) return fresh;
  for (const id of await alreadyReceived(trx, consumer, [...fresh])) fresh.delete(id);
  if (fresh.size > 0) await insertReceived(trx, consumer, [...fresh]);
  return fresh;
}

export function isInboxConflict(error: unknown): boolean {
  return isDuplicateKey(error) && /insert into inbox/i.test((error as { sql?: string }).sql ?? '');
}

async function alreadyReceived(trx: Knex.Transaction, consumer: string, ids: readonly string[]): Promise<string[]> {
  const rows = await query<{ event_id: Buffer }>(trx, 'SELECT event_id FROM inbox WHERE consumer = ? AND event_id IN (?)', [
    consumer,
    ids.map(idBytes),
  ]);
  return rows.map(({ event_id }) => idText(event_id));
}

async function insertReceived(trx: Knex.Transaction, consumer: string, ids: readonly string[]): Promise<void> {
  // In key order, so that two consumers of one inbox cannot deadlock.
  const sorted = ids.map(idBytes).sort(Buffer.compare);
  await insertRows(
    trx,
    inboxTable,
    sorted.map((eventId) => ({ consumer, eventId })),
  );
}
