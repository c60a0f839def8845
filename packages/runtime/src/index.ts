export {
  createTransact,
  type DatabaseOptions,
  databaseTime,
  firstIdAt,
  idBytes,
  idText,
  idTimeMs,
  isDataFault,
  isDuplicateKey,
  isId,
  isLockConflict,
  type Migration,
  migrateDatabase,
  newId,
  newIdAt,
  type Outbox,
  openConnection,
  openDatabase,
  recogniseDatabaseFault,
  runTransaction,
  type Transact,
} from '@florin/database';
export { answerOnce, type Idempotency, type KeyedRequest, type KeyOwner, type StoredRequest } from './answer-once.ts';
export { type AuditEntry, appendAuditEntry, auditLogMigrations, auditLogTable } from './audit-log.ts';
export { auditLogRoutes } from './audit-log-routes.ts';
export { clientAddress } from './client-address.ts';
export { type ClockSource, type ClockWatch, type ClockWatchOptions, type ReadClock, watchClocks } from './clock-watch.ts';
export { type CrashPoint, crashAt, noCrash, type ReachCrashPoint } from './crash-points.ts';
export { type AppOptions, createApp } from './create-app.ts';
export { type Endpoint, endpoint, type Reply, reply } from './endpoint.ts';
export { failProcess } from './fail-process.ts';
export { type Gatherer, type GatherOptions, gather } from './gather.ts';
export { Degraded, type HealthCheck } from './health.ts';
export { type HttpServer, startHttpServer } from './http-server.ts';
export { requestHash } from './idempotency-key.ts';
export { etagOf, type IfMatch, ifMatchHeader, ifMatchOf, requireMatch } from './if-match.ts';
export { type KeyedRow, keyedTable } from './keyed-table.ts';
export { limitRequests, type RequestLimits } from './limit-requests.ts';
export { createLogger, faultOf, type Logger } from './logger.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export type { Guard } from './mount-endpoints.ts';
export { openApiDocument } from './openapi-document.ts';
export { type ProcessConfig, type ProcessSettings, processConfig, processSettings } from './process-settings.ts';
export {
  type AttemptLimit,
  type AttemptLimitOptions,
  createAttemptLimit,
  createRateLimit,
  type RateLimit,
  type RateLimitOptions,
} from './rate-limit.ts';
export { type RateLimitStore, rateLimitMigrations, rateLimitsTable } from './rate-limit-counter.ts';
export { currentRequestId, currentTraceparent, runInContext } from './request-context.ts';
export { runProcess, type Service } from './run-process.ts';
export { type SentRequest, sentHash } from './sent-hash.ts';
export { readSettings, SettingsError } from './settings.ts';
export { sleep } from './sleep.ts';
export { createSweeper, type Sweeper } from './sweeper.ts';
