import knex, { type Knex } from 'knex';

export type DatabaseOptions = {
  /** mysql://user:password@host:port/database */
  url: string;
  /** Most connections open at once. */
  poolMax: number;
};

type RawConnection = { query(sql: string, done: (error: Error | null) => void): void };

const CONNECT_TIMEOUT_MS = 3_000;
const ACQUIRE_TIMEOUT_MS = 5_000;
export const LOCK_WAIT_TIMEOUT_S = 5;

/**
 * READ COMMITTED: under REPEATABLE READ a re-read after a duplicate-key wait sees nothing. The mode is spelled out, since the
 * servers' defaults differ and a value cut short would be money lost.
 */
const SESSION_STATEMENTS = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  `SET SESSION sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', innodb_lock_wait_timeout = ${LOCK_WAIT_TIMEOUT_S}`,
];

/** Opens a pool of connections to MySQL or MariaDB. Connects on first use; nothing is checked here. */
export function openDatabase({ url, poolMax }: DatabaseOptions): Knex {
  return knex({
    client: 'mysql2',
    connection: { ...connectionOf(url), connectTimeout: CONNECT_TIMEOUT_MS },
    pool: { min: 0, max: poolMax, afterCreate: prepareSession },
    acquireConnectionTimeout: ACQUIRE_TIMEOUT_MS,
  });
}

function connectionOf(url: string): Knex.MySql2ConnectionConfig {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: pathname.slice(1),
    charset: 'utf8mb4_unicode_ci',
    timezone: 'Z',
    supportBigNumbers: true,
    enableKeepAlive: true,
  } as Knex.MySql2ConnectionConfig;
}

function prepareSession(connection: RawConnection, done: (error: Error | null, connection: RawConnection) => void): void {
  const [first, ...rest] = SESSION_STATEMENTS;
  const run = (sql: string | undefined, left: string[]): void => {
    if (sql === undefined) {
      done(null, connection);
      return;
    }
    connection.query(sql, (error) => (error ? done(error, connection) : run(left[0], left.slice(1))));
  };
  run(first, rest);
}
