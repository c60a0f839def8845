import { openConnection } from '@florin/database';
import type { Query } from '@florin/invariants';
import { sleep } from '@florin/runtime';
import type { Connection } from 'mysql2/promise';
import { type ServiceName, serviceNames } from '../platform/service-names.ts';

/** Two read-only connections to one service's database. */
export type Door = {
  /** Reads one consistent snapshot. */
  snapshot: Query;
  /** Reads the currently committed rows. */
  now: Query;
};

export type Doors = Record<ServiceName, Door> & {
  /** Time of the snapshots in milliseconds, by this process's clock. */
  takenAt: number;
  close(): Promise<void>;
};

const STATEMENT_TIMEOUT_MS = 600_000;
const CLOSE_TIMEOUT_MS = 2_000;
/** One service's snapshot is idle while another's is read; each statement has its own timeout. */
const idling = { idleTimeoutS: 6 * 3600, silenceTimeoutMs: 0 };

/**
 * Opens the connections to each service's database: the databases may be on different servers. The snapshots are taken as
 * close together as possible, so that few events are in flight between them.
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

/** Runs `work` for each service and waits for all, also after a failure: a late connection would never be closed. */
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
