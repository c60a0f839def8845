import { databaseLockName, openConnection, takeNamedLock } from '@florin/database';
import { faultOf, type Logger, type ReachFailpoint, sleep, type Tracer } from '@florin/runtime';
import { createBatchLimit } from './batch-limit.ts';
import type { Broker } from './broker.ts';
import { cutBatches } from './cut-batches.ts';
import { EVENT_MAX_BYTES } from './event-size.ts';
import { createNotifier, type Notifier } from './notifier.ts';
import { openParking } from './park-rows.ts';
import { publishRows, type Term } from './publish-rows.ts';
import { type OutboxRow, readOldest } from './read-outbox.ts';

const IDLE_TIMEOUT_S = 10;
const PING_EVERY_MS = 2_000;
const STANDBY_POLL_MS = 500;
const FIRST_BACK_OFF_MS = 100;
const MAX_BACK_OFF_MS = 5_000;
/** Well below Kafka's default of 1,048,588 bytes for the batch of a partition, and enough for 500 events of usual size. */
const BATCH_BYTES = 900 * 1024;

export type RelayOptions = {
  databaseUrl: string;
  broker: Broker;
  logger: Logger;
  /** Undefined: publishing is not traced. */
  tracer?: Tracer | undefined;
  /** Milliseconds between two polls of the outbox, unless `wake` is called. */
  pollMs: number;
  /** Maximum number of events read at once. */
  batchSize: number;
  /** Maximum number of bytes of one request to the broker (default 900 KiB). A smaller limit of a topic applies. */
  batchBytes?: number | undefined;
  /** Maximum number of bytes of an event (default 256 KiB). A topic with a smaller limit is logged. */
  eventMaxBytes?: number | undefined;
  /** Minimum number of milliseconds between the starts of two rounds of publishing, unless a batch is full. */
  lingerMs: number;
  reachFailpoint: ReachFailpoint;
  /** Called with the number of events of each published batch. */
  onPublished?(events: number): void;
};

export type Relay = {
  /** Call it after a transaction with events has been committed. */
  wake(): void;
  /** Finishes the running batch and publishes no other. */
  stop(): Promise<void>;
};

/**
 * Publishes the events of a database's outbox, at least once and in order per aggregate.
 *
 * One relay is active per database: the holder of a named lock. It reads and deletes on the connection that holds the lock, so a
 * relay that lost the lock cannot delete rows. A relay that was frozen may publish again the one batch that it had read.
 */
export function startRelay(options: RelayOptions): Relay {
  const stopping = new AbortController();
  const notifier = createNotifier();
  const running = keepLeading(options, notifier, stopping.signal);
  return {
    wake: notifier.notify,
    async stop() {
      stopping.abort();
      notifier.notify();
      await running;
    },
  };
}

async function keepLeading(options: RelayOptions, notifier: Notifier, signal: AbortSignal): Promise<void> {
  const backOff = createBackOff();
  while (!signal.aborted) {
    try {
      await lead(options, notifier, { signal, onProgress: backOff.reset });
    } catch (error) {
      if (signal.aborted) return;
      options.logger.warn('relay interrupted', faultOf(error));
      await sleep(backOff.nextMs(), signal);
    }
  }
}

async function lead(options: RelayOptions, notifier: Notifier, progress: Progress): Promise<void> {
  const { broker, logger, batchBytes: maxBytes = BATCH_BYTES, eventMaxBytes = EVENT_MAX_BYTES } = options;
  const { signal } = progress;
  const connection = await openConnection(options.databaseUrl, { idleTimeoutS: IDLE_TIMEOUT_S });
  const ping = setInterval(() => void connection.ping().catch(() => {}), PING_EVERY_MS);
  try {
    const lockName = databaseLockName('florin-relay', options.databaseUrl);
    while (!(await takeNamedLock(connection, lockName))) {
      await sleep(STANDBY_POLL_MS, signal);
      if (signal.aborted) return;
    }
    const parking = await openParking(connection, logger);
    const term: RelayTerm = {
      ...options,
      connection,
      parking,
      limit: createBatchLimit({ broker, logger, maxBytes, eventMaxBytes }),
    };
    while (!signal.aborted) {
      let begunAt = Number.POSITIVE_INFINITY;
      const onPublishing = (): void => {
        begunAt = Math.min(begunAt, performance.now());
      };
      await relayWaiting(term, { ...progress, onPublishing });
      await notifier.wait(options.pollMs);
      // A single event is sent at once. A stream of events is sent in batches, which cost the broker and all consumers less.
      const restMs = begunAt + options.lingerMs - performance.now();
      if (restMs > 0 && Number.isFinite(restMs)) await sleep(restMs, signal);
    }
  } finally {
    clearInterval(ping);
    connection.destroy();
  }
}

type RelayTerm = Term & Pick<RelayOptions, 'batchSize' | 'onPublished'>;

type Progress = { signal: AbortSignal; onProgress(): void };
type Publishing = Progress & { onPublishing(): void };

/** Publishes all waiting rows. */
async function relayWaiting(term: RelayTerm, progress: Publishing): Promise<void> {
  const { connection, batchSize } = term;
  let rows = await readOldest(connection, [], batchSize);
  while (rows.length > 0 && !progress.signal.aborted) {
    rows = (await relayRows(term, rows, progress)) ?? (await readOldest(connection, [], batchSize));
  }
  progress.onProgress();
}

/**
 * Publishes rows in batches, and deletes each before it sends the next, so that a later failure repeats no acknowledged batch.
 * The next rows are read while the last batch is published, and are published only after that batch is deleted, which a relay
 * without the lock cannot do.
 *
 * @returns the next rows, or undefined if the outbox must be read anew
 */
async function relayRows(
  term: RelayTerm,
  rows: readonly OutboxRow[],
  { signal, onProgress, onPublishing }: Publishing,
): Promise<OutboxRow[] | undefined> {
  const free = await term.parking.parkFollowers(rows);
  if (free === undefined) return undefined;
  const batches = cutBatches(free, await term.limit.bytesFor(free.map(({ topic }) => topic)));
  let next: Promise<OutboxRow[]> | undefined;
  for (const [index, batch] of batches.entries()) {
    if (signal.aborted) return [];
    const isLast = index === batches.length - 1;
    const isSent = await publishRows(term, batch, () => {
      onPublishing();
      if (isLast) next = readNext(term, rows);
    });
    if (!isSent) return undefined;
    term.onPublished?.(batch.length);
    onProgress();
  }
  return next ?? readNext(term, rows);
}

function readNext({ connection, batchSize }: RelayTerm, rows: readonly OutboxRow[]): Promise<OutboxRow[]> {
  const reading = rows.length < batchSize ? Promise.resolve([]) : readOldest(connection, rows, batchSize);
  // The failure is thrown where it is awaited. Until then it must not count as unhandled.
  reading.catch(() => {});
  return reading;
}

function createBackOff(): { nextMs(): number; reset(): void } {
  let failures = 0;
  return {
    nextMs: () => Math.min(FIRST_BACK_OFF_MS * 2 ** failures++, MAX_BACK_OFF_MS) * (0.5 + Math.random()),
    reset: () => {
      failures = 0;
    },
  };
}
