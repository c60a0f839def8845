import { openConnection } from '@florin/runtime';
import type { Connection } from 'mysql2/promise';
import type { ServiceName } from '../platform/service-names.ts';

export type Query = <Row>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;

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
    await Promise.allSettled(opened.map((connection) => connection.end()));
  };
  const connect = async (service: ServiceName): Promise<Connection> => {
    const connection = await openConnection(urls[service], idling).catch((error: unknown) => {
      throw new Error(`The database of ${service} does not answer: ${reasonOf(error)}`, { cause: error });
    });
    opened.push(connection);
    await connection.query('SET SESSION TRANSACTION READ ONLY');
    return connection;
  };
  const both = async (service: ServiceName): Promise<[Connection, Connection]> => {
    const snapshot = await connect(service);
    await snapshot.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    return [snapshot, await connect(service)];
  };
  try {
    const [auth, product, payment] = await allSettled([both('auth'), both('product'), both('payment')]);
    const snapshots = [auth, product, payment].map(([snapshot]) => snapshot);
    await Promise.all(snapshots.map((snapshot) => snapshot.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY')));
    const door = ([snapshot, now]: [Connection, Connection]): Door => ({
      snapshot: queryThrough(snapshot, signal),
      now: queryThrough(now, signal),
    });
    return { auth: door(auth), product: door(product), payment: door(payment), takenAt: Date.now(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function queryThrough(connection: Connection, signal: AbortSignal | undefined): Query {
  return async <Row>(sql: string, values: readonly unknown[] = []) => {
    signal?.throwIfAborted();
    const [rows] = await connection.query({ sql, values: [...values], timeout: STATEMENT_TIMEOUT_MS });
    return rows as Row[];
  };
}

/** As Promise.all, but not before all have come to rest: one that still connects would never be closed. */
async function allSettled<T extends readonly unknown[]>(work: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  await Promise.allSettled(work);
  return (await Promise.all(work)) as unknown as T;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  return message || (code ?? 'no reason given');
}
