import { newId, openDatabase, runTransaction } from '@florin/database';
import { makeEvent } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import { type KafkaDriver, readKafkaDriver } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Bench, openStage, type Stage, startPayment } from './bench-platform.ts';
import { runChild } from './run-child.ts';
import { median, type Scenario } from './scenario.ts';

export type RelaySpec = {
  databaseUrl: string;
  kafkaBrokers: readonly string[];
  kafkaPrefix: string;
  driver: KafkaDriver;
  /** Publishes nothing. */
  isPlain: boolean;
  pollMs: number;
  batchSize: number;
};
export type RelayResult = { rows: number; durationMs: number };

const ROWS = 500_000;
const PIECE = 5_000;
const POLL_MS = 250;
const BATCH = 500;
/** Larger payloads are read when they are sent, as in `readOldest`. */
const MAX_PAYLOAD_READ_AHEAD = 16_777;
const EMPTY_LOOKS = 2_000;
const WATCH_MS = 10_000;
/** For a stage whose services do nothing. */
export const few = { wallets: 1, products: 1, openingCreditMinor: 0, stock: 0 };

type Run = { name: 'to the broker' | 'plain drain'; perS: number };

/** Measures the relay's rate, and the cost of polling an empty outbox. */
export const relay: Scenario = {
  name: 'relay',
  summary: 'outbox to broker, 500k rows, beside the plain drain of the table; empty polls',
  async run(bench, { rounds }) {
    const stage = await openStage(bench, 'relay', few);
    const runs: Run[] = [];
    for (let round = 1; round <= rounds; round++) {
      for (const name of ['to the broker', 'plain drain'] as const) {
        await fillOutbox(stage.payment, ROWS);
        const isPlain = name === 'plain drain';
        const perS = await drainOutbox(bench, stage, { isPlain, driver: readKafkaDriver(process.env) });
        bench.onProgress(`Round ${round}, ${name}: ${perS.toFixed(0)} rows/s`);
        runs.push({ name, perS });
      }
    }
    const looks = await watchEmpty(bench, stage);
    await stage.close();
    const rate = (name: Run['name']): number => median(runs.filter((run) => run.name === name).map(({ perS }) => perS));
    const share = rate('to the broker') / rate('plain drain');
    return {
      tables: [
        { title: `Outbox of ${ROWS} rows`, columns: ['relay', 'rows/s'], rows: runs.map(({ name, perS }) => [name, perS]) },
        {
          title: 'An empty outbox',
          columns: ['', 'ms for each look', 'statements a second'],
          rows: [['', looks.eachMs, looks.perS]],
        },
      ],
      targets: [
        { what: 'relay to the plain drain', wanted: '>= 50%', measured: `${(share * 100).toFixed(0)}%`, isMet: share >= 0.5 },
        { what: 'an empty look', wanted: '< 1 ms', measured: `${looks.eachMs.toFixed(2)} ms`, isMet: looks.eachMs < 1 },
        { what: 'looks a second when idle', wanted: '<= 4', measured: looks.perS.toFixed(1), isMet: looks.perS <= 4.05 },
      ],
      raw: { runs, looks },
    };
  },
};

/** Drains an outbox by the relay, and returns the rows per second. */
export async function drainOutbox(
  { infra }: Bench,
  { databaseUrls, kafkaPrefix }: Stage,
  how: Pick<RelaySpec, 'isPlain' | 'driver'>,
): Promise<number> {
  const spec: RelaySpec = {
    databaseUrl: databaseUrls.payment,
    kafkaBrokers: infra.kafkaBrokers,
    kafkaPrefix,
    ...how,
    pollMs: POLL_MS,
    batchSize: BATCH,
  };
  const { result } = await runChild<RelayResult>('relay-worker.ts', spec);
  return (result.rows * 1_000) / result.durationMs;
}

/** Appends events that nothing consumes. */
export async function fillOutbox(db: Knex, rows: number): Promise<void> {
  for (let done = 0; done < rows; done += PIECE) {
    const events = Array.from({ length: PIECE }, () =>
      makeEvent('purchase-paid', {
        sequence: 1,
        data: { purchaseId: newId(), userId: newId(), amountMinor: 100, transferId: newId() },
      }),
    );
    await runTransaction(db, (trx) => appendEvents(trx, events));
  }
}

/** Measures one poll of the outbox, and counts the polls of an idle service in the server's general log. */
async function watchEmpty(bench: Bench, stage: Stage): Promise<{ eachMs: number; perS: number }> {
  const startedAt = performance.now();
  for (let look = 0; look < EMPTY_LOOKS; look++) {
    await stage.payment.raw(
      `SELECT id, topic, message_key, LENGTH(payload) AS bytes, IF(LENGTH(payload) <= ?, payload, NULL) AS payload
       FROM outbox ORDER BY id LIMIT ?`,
      [MAX_PAYLOAD_READ_AHEAD, BATCH],
    );
  }
  const eachMs = (performance.now() - startedAt) / EMPTY_LOOKS;
  const payment = await startPayment(bench, stage);
  try {
    await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
    return { eachMs, perS: (await looksDuring(bench, WATCH_MS)) / (WATCH_MS / 1_000) };
  } finally {
    await payment.stop();
  }
}

/** Matches the relay's polls. Once a second another statement counts the rows of the outbox. */
async function looksDuring({ infra }: Bench, durationMs: number): Promise<number> {
  const db = openDatabase({ url: infra.databaseUrl, poolMax: 1 });
  const [[before]] = (await db.raw('SELECT @@global.log_output AS output')) as [[{ output: string }]];
  await db.raw("SET GLOBAL log_output = 'TABLE'");
  await db.raw('TRUNCATE TABLE mysql.general_log');
  await db.raw('SET GLOBAL general_log = 1');
  await new Promise((resolve) => setTimeout(resolve, durationMs));
  await db.raw('SET GLOBAL general_log = 0');
  const [[{ looks }]] = (await db.raw(
    `SELECT COUNT(*) AS looks FROM mysql.general_log WHERE command_type IN ('Query', 'Execute') AND argument LIKE 'SELECT id, topic%FROM outbox%'`,
  )) as [[{ looks: number }]];
  await db.raw('SET GLOBAL log_output = ?', [before.output]);
  await db.destroy();
  return looks;
}
