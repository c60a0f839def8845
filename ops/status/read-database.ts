import { openDatabase, queryOne } from '@florin/database';
import { readSwitches, type StoredSwitch } from '@florin/service';
import type { Knex } from 'knex';

/** What a service's database says, whether or not the service runs. */
export type DatabaseState = {
  outbox: { rows: number; oldestAgeSeconds: number; parkedKeys: number };
  deadLetters: number;
  parkedKeys: number;
  switches: (Omit<StoredSwitch, 'since' | 'until'> & { since: string; until: string | null })[];
  /** The clock of the database minus that of this machine, in seconds. */
  clockDifferenceSeconds: number;
};

/** Counts stop here: counting further would cost a longer scan. */
const MAX_COUNTED = 10_000;

/** Runs reads on a service's database through one connection. */
export async function withDatabase<T>(url: string, read: (db: Knex) => Promise<T>): Promise<T> {
  const db = openDatabase({ url, poolMax: 1 });
  try {
    return await read(db);
  } finally {
    await db.destroy();
  }
}

export async function readDatabase(db: Knex, consumer: string): Promise<DatabaseState> {
  const { now } = await queryOne<{ now: Date }>(db, 'SELECT CURRENT_TIMESTAMP(3) AS now');
  const clockDifferenceSeconds = Math.round((now.getTime() - Date.now()) / 100) / 10;
  const oldest = await queryOne<{ age_us: number | null }>(
    db,
    `SELECT (SELECT TIMESTAMPDIFF(MICROSECOND, created_at, CURRENT_TIMESTAMP(3)) FROM outbox ORDER BY id LIMIT 1) AS age_us`,
  );
  return {
    outbox: {
      rows: await countSome(db, 'outbox'),
      oldestAgeSeconds: Math.max(0, Math.round((oldest.age_us ?? 0) / 1e5) / 10),
      parkedKeys: await countSome(db, 'parked_outbox GROUP BY topic, message_key'),
    },
    deadLetters: await countSome(db, 'dead_letters WHERE consumer = ? AND cause IS NOT NULL', [consumer]),
    parkedKeys: await countSome(db, 'quarantined WHERE consumer = ?', [consumer]),
    switches: (await readSwitches(db)).map(({ since, until, ...one }) => ({
      ...one,
      since: since.toISOString(),
      until: until?.toISOString() ?? null,
    })),
    clockDifferenceSeconds,
  };
}

async function countSome(db: Knex, rows: string, values: readonly string[] = []): Promise<number> {
  const { found } = await queryOne<{ found: number }>(
    db,
    `SELECT COUNT(*) AS found FROM (SELECT 1 FROM ${rows} LIMIT ?) AS some`,
    [...values, MAX_COUNTED],
  );
  return found;
}
