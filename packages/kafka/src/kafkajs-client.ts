import type { KafkaAccess, Logger } from '@florin/runtime';
import kafkajs, { type Kafka, type logLevel as KafkaLogLevel } from 'kafkajs';
import { openKafkajs } from './open-kafkajs.ts';

const { logLevel } = kafkajs;

export const REQUEST_TIMEOUT_MS = 15_000;

export type KafkajsOptions = KafkaAccess & {
  clientId: string;
  /** Prefix of every topic and group, so that several platforms can share a broker. */
  prefix: string;
  /** Milliseconds without a heartbeat after which the broker reassigns a consumer's partitions. */
  sessionTimeoutMs: number;
  logger: Logger;
};

/** Opens the client library. It connects on first use. */
export function clientOf({ clientId, brokers, security, logger }: KafkajsOptions): Kafka {
  return openKafkajs({
    clientId,
    brokers,
    security,
    connectionTimeout: 3_000,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 4 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => logKafka(logger, entry),
  });
}

function logKafka(
  logger: Logger,
  { level, log }: { level: KafkaLogLevel; log: { message: string } & Record<string, unknown> },
): void {
  const { message, timestamp: _timestamp, logger: _logger, stack: _stack, ...details } = log;
  logger.log(level === logLevel.ERROR ? 'warn' : 'debug', `kafka: ${message}`, details);
}
