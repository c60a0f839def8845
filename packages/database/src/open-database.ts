import type { Socket } from 'node:net';
import { readDatabaseUrl } from '@florin/values';
import knex, { type Knex } from 'knex';
import { type Connection, type ConnectionOptions, createConnection } from 'mysql2/promise';

export type DatabaseOptions = {
  /** mysql://user:password@host:port/database, with the parameter tls=required for TLS */
  url: string;
  /** Maximum number of open connections. */
  poolMax: number;
  /** Milliseconds without a byte after which a connection is closed: the bound of every statement. */
  silenceTimeoutMs?: number;
  /** Milliseconds after which the server ends a SELECT (default: unlimited). See `isStatementTimeout`. */
  maxSelectMs?: number;
  /** Called before each statement, with question marks in the place of values (default: statements are not observed). */
  onStatement?: OnStatement | undefined;
};

/** Returns what to call after the statement, with its error or null; undefined if nothing is to be called. */
export type OnStatement = (sql: string) => ((error: Error | null) => void) | undefined;

type RawConnection = { stream: Socket; query(sql: string, done: (error: Error | null) => void): void };

const CONNECT_TIMEOUT_MS = 3_000;
const ACQUIRE_TIMEOUT_MS = 5_000;
/** Longer than a lock wait, so that the server's own error comes first. */
const SILENCE_TIMEOUT_MS = 15_000;
export const LOCK_WAIT_TIMEOUT_S = 5;

/**
 * READ COMMITTED: under REPEATABLE READ a re-read after a duplicate-key wait sees nothing. The SQL mode is explicit, because the
 * servers' defaults differ and a truncated value would lose money.
 */
const SESSION_STATEMENTS = [
  'SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci',
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  `SET SESSION sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', innodb_lock_wait_timeout = ${LOCK_WAIT_TIMEOUT_S}`,
];

/** knex throws errors and also prints them, as plain text among the JSON lines of the log. */
const SILENT = { warn() {}, error() {}, deprecate() {}, debug() {} };

/** Opens a pool of connections to MySQL or MariaDB. It connects on first use. */
export function openDatabase({
  url,
  poolMax,
  silenceTimeoutMs = SILENCE_TIMEOUT_MS,
  maxSelectMs,
  onStatement,
}: DatabaseOptions): Knex {
  return knex({
    client: 'mysql2',
    connection: { ...connectionOptions(url), connectTimeout: CONNECT_TIMEOUT_MS } as object,
    pool: { min: 0, max: poolMax, afterCreate: prepareSession({ silenceTimeoutMs, maxSelectMs, onStatement }) },
    acquireConnectionTimeout: ACQUIRE_TIMEOUT_MS,
    log: SILENT,
    // Removes values from an error's text, which goes to the log: the statement keeps its question marks, without personal data.
    compileSqlOnError: false,
  });
}

/** Opens another pool to the same database, whose statements may take any time. The caller destroys it. */
export function openWithoutTimeout(database: Knex, { poolMax }: { poolMax: number }): Knex {
  const { config } = database.client as { config: Knex.Config };
  const afterCreate = prepareSession({ silenceTimeoutMs: 0, maxSelectMs: undefined, onStatement: undefined });
  const pool = knex({ ...config, pool: { min: 0, max: poolMax, afterCreate } });
  pool.userParams = database.userParams;
  return pool;
}

/**
 * Opens one connection outside any pool, for code that must notice its loss, such as the holder of a named lock.
 *
 * @param options `idleTimeoutS`: idle seconds after which the server closes the connection and releases its locks; `maxSelectMs`:
 *   milliseconds after which the server ends a SELECT (default: unlimited)
 */
export async function openConnection(
  url: string,
  options: { idleTimeoutS: number; silenceTimeoutMs?: number; maxSelectMs?: number },
): Promise<Connection> {
  const connection = await createConnection({ ...connectionOptions(url), connectTimeout: CONNECT_TIMEOUT_MS } as Parameters<
    typeof createConnection
  >[0]);
  // Without a listener the loss of an idle connection would end the process. The next query reports it.
  connection.on('error', () => {});
  giveUpWhenSilent(
    (connection as unknown as { connection: RawConnection }).connection.stream,
    options.silenceTimeoutMs ?? SILENCE_TIMEOUT_MS,
  );
  const { idleTimeoutS, maxSelectMs } = options;
  const limits = maxSelectMs === undefined ? [] : [limitOfSelects(maxSelectMs)];
  for (const statement of [...SESSION_STATEMENTS, `SET SESSION wait_timeout = ${idleTimeoutS}`, ...limits])
    await connection.query(statement);
  return connection;
}

/** Opens one connection with the server's own session settings, for the statements of a command or tool. */
export function connectToServer(url: string): Promise<Connection> {
  return createConnection({ ...connectionOptions(url), connectTimeout: CONNECT_TIMEOUT_MS });
}

/** The options of mysql2 for an address. Whoever opens a connection takes them from here, so that none forgets TLS. */
export function connectionOptions(url: string): ConnectionOptions {
  const { tls, ...address } = readDatabaseUrl(url);
  return {
    ...address,
    charset: 'utf8mb4',
    timezone: 'Z',
    supportBigNumbers: true,
    enableKeepAlive: true,
    // Without `verifyIdentity` mysql2 accepts every certificate of the authority, for whatever host.
    ...(tls !== 'off' && { ssl: { ...tls, verifyIdentity: true, minVersion: 'TLSv1.2' } }),
  };
}

/**
 * A frozen server, or a network that loses all packets, neither answers nor refuses. An idle connection is closed in the same
 * way, at no cost to the pool.
 */
function giveUpWhenSilent(stream: Socket, timeoutMs: number): void {
  // Passes no error of its own: mysql2 then reports the failure to the running statement, if there is one.
  stream.setTimeout(timeoutMs, () => stream.destroy());
}

type Done = (error: Error | null, connection: RawConnection) => void;

type Session = { silenceTimeoutMs: number; maxSelectMs: number | undefined; onStatement: OnStatement | undefined };

function prepareSession({
  silenceTimeoutMs,
  maxSelectMs,
  onStatement,
}: Session): (connection: RawConnection, done: Done) => void {
  const statements = [...SESSION_STATEMENTS, ...(maxSelectMs === undefined ? [] : [limitOfSelects(maxSelectMs)])];
  return (connection, done) => {
    giveUpWhenSilent(connection.stream, silenceTimeoutMs);
    runSessionStatements(connection, statements, (error) => {
      if (onStatement !== undefined) observeStatements(connection, onStatement);
      done(error, connection);
    });
  };
}

/** Each server executes its own comment: MariaDB counts in seconds, MySQL in milliseconds. MariaDB's limit holds for writes too. */
function limitOfSelects(maxMs: number): string {
  return `SET SESSION /*M! max_statement_time = ${maxMs / 1000} */ /*!80000 max_execution_time = ${maxMs} */`;
}

function runSessionStatements(connection: RawConnection, [first, ...rest]: readonly string[], done: Done): void {
  const run = (sql: string | undefined, left: string[]): void => {
    if (sql === undefined) {
      done(null, connection);
      return;
    }
    connection.query(sql, (error) => (error ? done(error, connection) : run(left[0], left.slice(1))));
  };
  run(first, rest);
}

type Query = (
  statement: { sql: string },
  values: unknown,
  done?: (error: Error | null, ...results: unknown[]) => void,
) => unknown;

/**
 * Observes the statements of one connection where knex hands them to the driver, BEGIN and COMMIT among them, which knex's own
 * events leave without an end. The driver's diagnostics channel would show the values.
 */
function observeStatements(connection: RawConnection, onStatement: OnStatement): void {
  const query = connection.query.bind(connection) as unknown as Query;
  const observed: Query = (statement, values, done) => {
    const onEnd = done === undefined ? undefined : onStatement(statement.sql);
    if (done === undefined || onEnd === undefined) return query(statement, values, done);
    return query(statement, values, (error, ...results) => {
      onEnd(error);
      done(error, ...results);
    });
  };
  Object.assign(connection, { query: observed });
}
