import { idBytes, idText, query } from '@florin/database';
import type { Knex } from 'knex';

/** Finds when a service handled these events, by event id. */
export async function readInbox(db: Knex, eventIds: readonly string[]): Promise<Record<string, string>> {
  if (eventIds.length === 0) return {};
  const rows = await query<{ event_id: Buffer; received_at: Date }>(
    db,
    'SELECT event_id, received_at FROM inbox WHERE consumer IN (SELECT DISTINCT consumer FROM consumer_offsets) AND event_id IN (?)',
    [eventIds.map(idBytes)],
  );
  return Object.fromEntries(rows.map((row) => [idText(row.event_id), row.received_at.toISOString()]));
}
