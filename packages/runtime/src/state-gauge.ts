import { query } from '@florin/database';
import type { Knex } from 'knex';
import { type BoundedGauge, createGauge } from './bounded-metrics.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { createPeriodicJob, type PeriodicJob } from './periodic-job.ts';
import { sleep } from './sleep.ts';

/** Rows of one state, found along an index whose columns are those of `where`, then `along`, then the id. */
export type CountedState = { state: string; where: string; index: string; along?: string };

export type StateGaugeOptions = {
  db: Knex;
  logger: Logger;
  metrics: Pick<Metrics, 'observeJob'>;
  /** Name of the metric. */
  name: string;
  help: string;
  /** Label of the job that counts. */
  job: string;
  table: string;
  states: readonly CountedState[];
  /** Milliseconds between two counts (default 30,000). */
  everyMs?: number;
  /** Maximum number of rows that one statement counts (default 10,000). */
  stepRows?: number;
};

const EVERY_MS = 30_000;
const STEP_ROWS = 10_000;
/** Counting further would make a value old before it is complete. */
const MAX_STEPS = 100;
/** A value that is older is not shown, because the database is away. */
const MAX_AGE_MS = 300_000;
/** The rest after a step, as a multiple of the time that it took: counting uses a tenth of one connection. */
const REST_FACTOR = 9;
const MAX_REST_MS = 1_000;

/**
 * Counts the rows of a table by state in the background, in steps along an index that read a bounded number of index entries. Reading
 * the metrics reads the last counts.
 */
export function createStateGauge(options: StateGaugeOptions): { metric: BoundedGauge<{ state: string[] }>; job: PeriodicJob } {
  const { logger, metrics, name, help, job, table, states, everyMs = EVERY_MS, stepRows = STEP_ROWS } = options;
  const metric = createGauge({
    name,
    help: `${help}, counted up to ${MAX_STEPS * STEP_ROWS}`,
    labels: { state: states.map(({ state }) => state) },
    maxAgeMs: MAX_AGE_MS,
  });
  let counting: AsyncGenerator<void, void> | undefined;
  async function* countAll(): AsyncGenerator<void, void> {
    for (const one of states) {
      let total = 0;
      for await (const rows of countInSteps(options.db, { ...one, table, stepRows })) {
        total += rows;
        yield;
      }
      metric.set({ state: one.state }, total);
    }
  }
  return {
    metric,
    job: createPeriodicJob({
      job,
      name: `count the rows of ${table}`,
      everyMs,
      logger,
      metrics,
      async run() {
        counting ??= countAll();
        const startedAt = performance.now();
        try {
          const { done } = await counting.next();
          if (done === true) counting = undefined;
        } catch (error) {
          counting = undefined;
          throw error;
        }
        if (counting === undefined) return false;
        await sleep(Math.min(MAX_REST_MS, (performance.now() - startedAt) * REST_FACTOR));
        return true;
      },
    }),
  };
}

type Steps = CountedState & { table: string; stepRows: number };
type Place = { id: Buffer; along?: Date };

async function* countInSteps(db: Knex, { table, where, index, along, stepRows }: Steps): AsyncGenerator<number, void> {
  const order = along === undefined ? 'id' : `${along}, id`;
  const columns = along === undefined ? 'id' : `id, ${along} AS along`;
  let after: Place | undefined;
  for (let step = 0; step < MAX_STEPS; step++) {
    const beyond =
      after === undefined ? '' : along === undefined ? 'AND id > ?' : `AND ${along} >= ? AND (${along} > ? OR id > ?)`;
    const values = after === undefined ? [] : after.along === undefined ? [after.id] : [after.along, after.along, after.id];
    const from = `FROM ${table} FORCE INDEX (${index}) WHERE ${where} ${beyond}`;
    const [last] = await query<Place>(db, `SELECT ${columns} ${from} ORDER BY ${order} LIMIT 1 OFFSET ${stepRows - 1}`, values);
    if (last === undefined) {
      const [rest] = await query<{ found: number }>(db, `SELECT COUNT(*) AS found ${from}`, values);
      yield rest?.found ?? 0;
      return;
    }
    yield stepRows;
    after = last;
  }
}
