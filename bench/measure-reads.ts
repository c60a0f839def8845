import type { Knex } from 'knex';
import { median } from './scenario.ts';

const TIMES = 50;

export type ReadFigure = { what: string; ms: number; rowsRead: number };

/**
 * Measures the median of several reads, and the rows that the server read for one, by its counters.
 *
 * @param db with one connection, whose session counters belong to the measurement
 */
export async function measureRead(db: Knex, what: string, work: () => Promise<unknown>, times = TIMES): Promise<ReadFigure> {
  const idle = await rowsReadBy(db, () => Promise.resolve());
  const durations: number[] = [];
  const timed = async (): Promise<void> => {
    const startedAt = performance.now();
    await work();
    durations.push(performance.now() - startedAt);
  };
  const rowsRead = (await rowsReadBy(db, timed)) - idle;
  while (durations.length < times) await timed();
  return { what, ms: median(durations), rowsRead };
}

async function rowsReadBy(db: Knex, work: () => Promise<unknown>): Promise<number> {
  const before = await rowsRead(db);
  await work();
  return (await rowsRead(db)) - before;
}

async function rowsRead(db: Knex): Promise<number> {
  const [rows] = (await db.raw("SHOW SESSION STATUS LIKE 'Handler_read%'")) as [{ Value: string }[]];
  return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
}
