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
export { type KafkaDriver, kafkaDrivers, readKafkaDriver } from './kafka-driver.ts';
export { type LogComponent, logComponents, parseLogLevels } from './log-levels.ts';
export {
  componentLogger,
  createLogger,
  faultOf,
  type LogFormat,
  type Logger,
  type LoggerOptions,
  logFormatFor,
} from './logger.ts';
export { type BatchComponent, createMetrics, type JobOutcome, type Metrics, usualMethods } from './metrics.ts';
export { migrationSettings, readMigrationUrl } from './migration-settings.ts';
export { createPeriodicJob, type JobResult, type PeriodicJob } from './periodic-job.ts';
export {
  type AddressLogging,
  type ProcessConfig,
  type ProcessSettings,
  processConfig,
  processSettings,
} from './process-settings.ts';
export {
  currentRequestId,
  currentSpan,
  currentTraceparent,
  enterSpan,
  type LogFields,
  type RequestContext,
  runInContext,
  runWithoutContext,
} from './request-context.ts';
export { runProcess, type Service } from './run-process.ts';
export { readSecretFiles } from './secret-files.ts';
export { recordSecurityEvent, type SecurityEvent, securityEvents } from './security-events.ts';
export { readSettings, renamedSettings, SettingsError, secretSettings } from './settings.ts';
export { type ShopSetting, shopSetting } from './shop-setting.ts';
export { sleep } from './sleep.ts';
export { type CountedState, createStateGauge, type StateGaugeOptions } from './state-gauge.ts';
export {
  type TopUpProviderName,
  type TopUpProviderSetting,
  topUpProviderOf,
  topUpProviderSetting,
} from './top-up-provider-setting.ts';
export { traceStatement } from './trace-statement.ts';
export {
  errorTypeOf,
  type Span,
  type SpanAttributes,
  type SpanEnding,
  type SpanKind,
  type SpanOptions,
  type Tracer,
} from './tracer.ts';
export type { SamplerName, TracingSettings } from './tracing-settings.ts';
export {
  type KafkaAccess,
  type KafkaSecurity,
  readTransport,
  type SaslMechanism,
  type Transport,
} from './transport-settings.ts';
