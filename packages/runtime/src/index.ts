export { type AuditEntry, appendAuditEntry, auditLogMigrations, auditLogRights, auditLogTable } from './audit-log.ts';
export { auditMigrations } from './audit-migrations.ts';
export { type Batcher, type BatcherOptions, createBatcher } from './batcher.ts';
export { type ClockSource, type ClockWatch, type ClockWatchOptions, type ReadClock, watchClocks } from './clock-watch.ts';
export { actorOfProcess, type CommandActor, commandActor } from './command-actor.ts';
export { type EventSignatureSettings, readEventSignatures } from './event-signature-settings.ts';
export { failProcess } from './fail-process.ts';
export { armFailpoint, type Failpoint, noFailpoints, type ReachFailpoint } from './failpoints.ts';
export { Degraded, type HealthCheck } from './health-check.ts';
export { createLogger, faultOf, type Logger } from './logger.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export { migrationSettings, readMigrationUrl } from './migration-settings.ts';
export { createPeriodicJob, type PeriodicJob } from './periodic-job.ts';
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
export {
  type TopUpProviderName,
  type TopUpProviderSetting,
  topUpProviderOf,
  topUpProviderSetting,
} from './top-up-provider-setting.ts';
export {
  type KafkaAccess,
  type KafkaSecurity,
  readTransport,
  type SaslMechanism,
  type Transport,
} from './transport-settings.ts';
