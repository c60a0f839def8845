import { AppError, requestErrors } from '@florin/app-response';

const LOCK_WAIT_TIMEOUT = 1205;
const DEADLOCK = 1213;
const DUPLICATE_KEY = 1062;
/** MariaDB's and MySQL's. 188: a full-text query that ended early, at the limit of its time or of its results. */
const STATEMENT_TIMEOUTS = new Set([1969, 3024, 188]);

/** MySQL's error numbers for faults of a statement's data. Errors of the server's state are not in it. */
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

/** A deadlock or lock wait timeout: roll back the whole transaction and try it again. */
export function isLockConflict(error: unknown): boolean {
  const errno = errnoOf(error);
  return errno === LOCK_WAIT_TIMEOUT || errno === DEADLOCK;
}

/** Tells whether the server ended a SELECT at the limit of its pool (`maxSelectMs`). */
export function isStatementTimeout(error: unknown): boolean {
  const errno = errnoOf(error);
  return errno !== undefined && STATEMENT_TIMEOUTS.has(errno);
}

/** @param index the name of the UNIQUE index or key (default: any) */
export function isDuplicateKey(error: unknown, index?: string): boolean {
  return errnoOf(error) === DUPLICATE_KEY && (index === undefined || String((error as Error).message).includes(index));
}

/** Tells whether the server rejected the data itself (a constraint, a type, a range). A retry cannot help. */
export function isDataFault(error: unknown): boolean {
  const errno = errnoOf(error);
  return errno !== undefined && DATA_ERRNOS.has(errno);
}

/**
 * A database that is unavailable, read-only or overloaded is a 503 with a retry, not a fault of the request. The driver marks an
 * error that cost the connection with `fatal`, also without a code, such as a rollback on a closed connection.
 */
export function recogniseDatabaseFault(error: unknown): AppError | undefined {
  const { code, name, fatal } = (error ?? {}) as { code?: unknown; name?: unknown; fatal?: unknown };
  const isAway = name === 'KnexTimeoutError' || fatal === true || (typeof code === 'string' && AWAY_CODES.has(code));
  return isAway ? new AppError(requestErrors.UNAVAILABLE, { headers: { 'Retry-After': '1' }, cause: error }) : undefined;
}
