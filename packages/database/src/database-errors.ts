import { AppError, requestErrors } from '@florin/app-response';

const LOCK_WAIT_TIMEOUT = 1205;
const DEADLOCK = 1213;
const DUPLICATE_KEY = 1062;

/** MySQL's error numbers for what lies in the data of a statement and not in the state of the server. */
const DATA_ERRNOS = new Set([
  1048, // column cannot be null
  1062, // duplicate key
  1264, // out of range
  1265, // data truncated
  1292, // incorrect value
  1366, // incorrect string value
  1406, // data too long
  1451, // foreign key: parent in use
  1452, // foreign key: no parent
  1644, // SIGNAL of a trigger
  1690, // BIGINT out of range
  3819, // CHECK violated (MySQL)
  4025, // CHECK violated (MariaDB)
]);

const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_LOCK_DEADLOCK',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_RECORD_FILE_FULL',
  'ER_DISK_FULL',
]);

function errnoOf(error: unknown): number | undefined {
  const { errno, sqlState } = (error ?? {}) as { errno?: unknown; sqlState?: unknown };
  return typeof errno === 'number' && sqlState !== undefined ? errno : undefined;
}

/** A deadlock or a lock waited for too long: the transaction is to be rolled back and tried again whole. */
export function isLockConflict(error: unknown): boolean {
  const errno = errnoOf(error);
  return errno === LOCK_WAIT_TIMEOUT || errno === DEADLOCK;
}

/** @param index the name of the UNIQUE index or key, where only that one is meant */
export function isDuplicateKey(error: unknown, index?: string): boolean {
  return errnoOf(error) === DUPLICATE_KEY && (index === undefined || String((error as Error).message).includes(index));
}

/** Whether the server refused the data itself (a constraint, a type, a range): trying again cannot help. */
export function isDataFault(error: unknown): boolean {
  const errno = errnoOf(error);
  return errno !== undefined && DATA_ERRNOS.has(errno);
}

/**
 * A database that is away, read-only or overrun is a 503 that may be tried again, not a fault of the request. `fatal` is how the
 * driver marks an error that cost the connection, also where it gives no code: a rollback on one that is closed.
 */
export function recogniseDatabaseFault(error: unknown): AppError | undefined {
  const { code, name, fatal } = (error ?? {}) as { code?: unknown; name?: unknown; fatal?: unknown };
  const isAway = name === 'KnexTimeoutError' || fatal === true || (typeof code === 'string' && AWAY_CODES.has(code));
  return isAway ? new AppError(requestErrors.UNAVAILABLE, { headers: { 'Retry-After': '1' }, cause: error }) : undefined;
}
