export { type AuditEntry, appendAuditEntry, auditLogMigrations, auditLogRights, auditLogTable } from './audit-log.ts';
export { auditMigrations } from './audit-migrations.ts';
export { type Batcher, type BatcherOptions, createBatcher } from './batcher.ts';
export type { LabelBounds } from './bounded-labels.ts';
export {
  type BoundedCounter,
  type BoundedGauge,
  type BoundedHistogram,
  type BoundedMetric,
  createCounter,
  createGauge,
  createHistogram,
} from './bounded-metrics.ts';
export { type ClockSource, type ClockWatch, type ClockWatchOptions, type ReadClock, watchClocks } from './clock-watch.ts';
export { actorOfProcess, type CommandActor, commandActor } from './command-actor.ts';
export { type EventSignatureSettings, readEventSignatures } from './event-signature-settings.ts';
export { failProcess } from './fail-process.ts';
export { armFailpoint, type Failpoint, noFailpoints, type ReachFailpoint } from './failpoints.ts';
export { Degraded, type HealthCheck } from './health-check.ts';
export { createLogger, faultOf, type Logger } from './logger.ts';
export { type BatchComponent, createMetrics, type JobOutcome, type Metrics } from './metrics.ts';
export { migrationSettings, readMigrationUrl } from './migration-settings.ts';
export { createPeriodicJob, type JobResult, type PeriodicJob } from './periodic-job.ts';
export {
  type AddressLogging,
  type ProcessConfig,
  type ProcessSettings,
  processConfig,
  processSettings,
} from './process-settings.ts';
export { currentRequestId, currentTraceparent, type LogFields, type RequestContext, runInContext } from './request-context.ts';
export { runProcess, type Service } from './run-process.ts';
export { readSecretFiles } from './secret-files.ts';
export { recordSecurityEvent, type SecurityEvent, securityEvents } from './security-events.ts';
export { readSettings, renamedSettings, SettingsError, secretSettings } from './settings.ts';
export { sleep } from './sleep.ts';
export { type CountedState, createStateGauge, type StateGaugeOptions } from './state-gauge.ts';
export {
  type KafkaAccess,
  type KafkaSecurity,
  readTransport,
  type SaslMechanism,
  type Transport,
} from './transport-settings.ts';
