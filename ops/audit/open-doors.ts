import type { Query } from '@florin/invariants';
import { openConnection, sleep } from '@florin/runtime';
import type { Connection } from 'mysql2/promise';
import { type ServiceName, serviceNames } from '../platform/service-names.ts';

/** Two ways to read one service's database, neither of which can write. */
export type Door = {
  /** All that is read through it is of one moment. */
  snapshot: Query;
  /** What is committed now. */
  now: Query;
};

export type Doors = Record<ServiceName, Door> & {
  /** When the snapshots were taken, by this process's clock. */
  takenAt: number;
  close(): Promise<void>;
};

const STATEMENT_TIMEOUT_MS = 600_000;
const CLOSE_TIMEOUT_MS = 2_000;
/** One service's snapshot is idle while another's is gone through; each statement has a time-out of its own. */
const idling = { idleTimeoutS: 6 * 3600, silenceTimeoutMs: 0 };

/**
 * Opens a door to each service's own database; never one to several, which may be on different servers. The snapshots are taken
 * as near to each other as can be, so that few events are under way between them.
 *
 * @throws Error that names the service whose database does not answer
 */
export async function openDoors(urls: Record<ServiceName, string>, signal?: AbortSignal): Promise<Doors> {
  const opened: Connection[] = [];
  const close = async (): Promise<void> => {
    const closed = new AbortController();
    const closing = Promise.allSettled(opened.map((connection) => connection.end()));
    await Promise.race([closing, sleep(CLOSE_TIMEOUT_MS, closed.signal)]);
    closed.abort();
    for (const connection of opened) connection.destroy();
  };
  const connect = async (service: ServiceName, isolation: string): Promise<Connection> => {
    const connection = await openConnection(urls[service], idling).catch((error: unknown) => {
      throw new Error(`The database of ${service} does not answer: ${reasonOf(error)}`, { cause: error });
    });
    opened.push(connection);
    await connection.query(`SET SESSION TRANSACTION ISOLATION LEVEL ${isolation}, READ ONLY`);
    return connection;
  };
  try {
    const snapshots = await forAll((service) => connect(service, 'REPEATABLE READ'));
    const now = await forAll((service) => connect(service, 'READ COMMITTED'));
    await forAll((service) => snapshots[service].query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY'));
    const takenAt = Date.now();
    const doors = await forAll((service) => ({
      snapshot: queryThrough(snapshots[service], service, signal),
      now: queryThrough(now[service], service, signal),
    }));
    return { ...doors, takenAt, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function queryThrough(connection: Connection, service: ServiceName, signal: AbortSignal | undefined): Query {
  return async <Row>(sql: string, values: readonly unknown[] = []) => {
    signal?.throwIfAborted();
    try {
      const [rows] = await connection.query({ sql, values: [...values], timeout: STATEMENT_TIMEOUT_MS });
      return rows as Row[];
    } catch (error) {
      throw new Error(`The database of ${service} cannot be read: ${reasonOf(error)}`, { cause: error });
    }
  };
}

/** Does it for each service, and comes back when all have come to rest: one that still connected would never be closed. */
async function forAll<T>(work: (service: ServiceName) => Promise<T> | T): Promise<Record<ServiceName, T>> {
  const results = await Promise.allSettled(serviceNames.map(async (service) => [service, await work(service)] as const));
  const entries = results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
  return Object.fromEntries(entries) as Record<ServiceName, T>;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  return message || (code ?? 'no reason given');
}
