import { createHash } from 'node:crypto';
import { faultOf, type Logger, openConnection, type ReachCrashPoint, sleep } from '@florin/runtime';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { Broker } from './broker.ts';

const IDLE_TIMEOUT_S = 10;
const PING_EVERY_MS = 2_000;
const STANDBY_POLL_MS = 500;
const FIRST_BACK_OFF_MS = 100;
const LONGEST_BACK_OFF_MS = 5_000;

export type RelayOptions = {
  databaseUrl: string;
  broker: Broker;
  logger: Logger;
  /** How often to look when nothing woke it. */
  pollMs: number;
  batchSize: number;
  /** So long after it began to publish it begins again at the earliest, unless there is a full batch. */
  lingerMs: number;
  reachCrashPoint: ReachCrashPoint;
};

export type Relay = {
  /** Says that a transaction with events has been committed. */
  wake(): void;
  /** Publishes no further batch; the one under way is finished. */
  stop(): Promise<void>;
};

/**
 * Moves events from a database's outbox to the broker, at least once and, per aggregate, in order.
 *
 * One relay is active per database, the holder of a named lock. It reads and deletes on the very connection that holds the
 * lock, so a relay that lost the lock cannot delete; one that was frozen may publish again the one batch it had read.
 */
export function startRelay(options: RelayOptions): Relay {
  const stopping = new AbortController();
  const bell = createBell();
  const running = keepLeading(options, bell, stopping.signal);
  return {
    wake: bell.ring,
    async stop() {
      stopping.abort();
      bell.ring();
      await running;
    },
  };
}

async function keepLeading(options: RelayOptions, bell: Bell, signal: AbortSignal): Promise<void> {
  const backOff = createBackOff();
  while (!signal.aborted) {
    try {
      await lead(options, bell, { signal, onProgress: backOff.reset });
    } catch (error) {
      if (signal.aborted) return;
      options.logger.warn('relay interrupted', faultOf(error));
      await sleep(backOff.nextMs(), signal);
    }
  }
}

async function lead(
  options: RelayOptions,
  bell: Bell,
  { signal, onProgress }: { signal: AbortSignal; onProgress(): void },
): Promise<void> {
  const connection = await openConnection(options.databaseUrl, { idleTimeoutS: IDLE_TIMEOUT_S });
  const ping = setInterval(() => void connection.ping().catch(() => {}), PING_EVERY_MS);
  try {
    const lockName = relayLockName(options.databaseUrl);
    while (!(await takeLock(connection, lockName))) {
      await sleep(STANDBY_POLL_MS, signal);
      if (signal.aborted) return;
    }
    while (!signal.aborted) {
      const startedAt = performance.now();
      const hasSent = await relayWaiting(connection, options, { signal, onProgress });
      await bell.wait(options.pollMs);
      // What comes alone is sent at once; what comes in a stream goes in batches, which cost the broker and all who hear it less.
      if (hasSent) await sleep(Math.max(0, startedAt + options.lingerMs - performance.now()), signal);
    }
  } finally {
    clearInterval(ping);
    connection.destroy();
  }
}

type OutboxRow = RowDataPacket & { id: number; topic: string; message_key: Buffer; payload: string };

type Progress = { signal: AbortSignal; onProgress(): void };

/**
 * Publishes what waits, batch after batch, and says whether there was any. The next batch is read while one is published, but is
 * published only when that one's rows are deleted, which a relay that lost its lock cannot do.
 */
async function relayWaiting(connection: Connection, options: RelayOptions, { signal, onProgress }: Progress): Promise<boolean> {
  const { broker, batchSize, reachCrashPoint } = options;
  let rows = await readBut([], connection, batchSize);
  const hasSent = rows.length > 0;
  while (rows.length > 0 && !signal.aborted) {
    reachCrashPoint('after-read-before-publish');
    const reading = rows.length < batchSize ? Promise.resolve([]) : readBut(rows, connection, batchSize);
    // Its failure is thrown below; until then nobody waits for it.
    reading.catch(() => {});
    await broker.publish(rows.map(messageOf));
    reachCrashPoint('after-publish-before-delete');
    await deleteSent(connection, rows);
    onProgress();
    rows = await reading;
  }
  onProgress();
  return hasSent;
}

/**
 * The oldest rows but those that are being published. "Those after the last of them" would be wrong: a row that was written before it
 * and committed later would come behind the next event of its own aggregate. The sum keeps the server from a range for each gap.
 */
async function readBut(published: readonly OutboxRow[], connection: Connection, limit: number): Promise<OutboxRow[]> {
  const others = published.length === 0 ? '' : 'WHERE id + 0 NOT IN (?)';
  const ids = published.length === 0 ? [] : [published.map(({ id }) => id)];
  const [rows] = await connection.query<OutboxRow[]>(
    `SELECT id, topic, message_key, payload FROM outbox ${others} ORDER BY id LIMIT ?`,
    [...ids, limit],
  );
  return rows;
}

function messageOf({ topic, message_key, payload }: OutboxRow) {
  return { topic, key: message_key.toString(), value: payload, headers: { 'content-type': 'application/cloudevents+json' } };
}

/**
 * Exactly the rows that were sent: an older row may have been committed meanwhile, and any condition but their ids would delete
 * it unsent. ORDER BY and LIMIT make the server walk the primary key; the bare IN stalled for seconds under load.
 */
async function deleteSent(connection: Connection, rows: readonly OutboxRow[]): Promise<void> {
  await connection.query('DELETE FROM outbox WHERE id IN (?) ORDER BY id LIMIT ?', [rows.map(({ id }) => id), rows.length]);
}

/** Named locks are server-wide, so the database's name is in it; a name may have 64 characters. */
function relayLockName(databaseUrl: string): string {
  const name = `florin-relay:${new URL(databaseUrl).pathname.slice(1)}`;
  return name.length <= 64 ? name : `florin-relay:${createHash('sha256').update(name).digest('hex').slice(0, 48)}`;
}

async function takeLock(connection: Connection, name: string): Promise<boolean> {
  const [rows] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, 0) AS taken', [name]);
  return Number(rows[0]?.['taken']) === 1;
}

type Bell = { ring(): void; wait(timeoutMs: number): Promise<void> };

/** Remembers a ring that nobody was waiting for, so that no wake-up is lost between a look and a wait. */
function createBell(): Bell {
  let hasRung = false;
  let answer: (() => void) | undefined;
  return {
    ring() {
      hasRung = true;
      answer?.();
    },
    async wait(timeoutMs) {
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          answer = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      hasRung = false;
      answer = undefined;
    },
  };
}

function createBackOff(): { nextMs(): number; reset(): void } {
  let failures = 0;
  return {
    nextMs: () => Math.min(FIRST_BACK_OFF_MS * 2 ** failures++, LONGEST_BACK_OFF_MS) * (0.5 + Math.random()),
    reset: () => {
      failures = 0;
    },
  };
}
