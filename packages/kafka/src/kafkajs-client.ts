import type { Logger } from '@florin/runtime';
import kafkajs, { type Kafka, type logLevel as KafkaLogLevel } from 'kafkajs';
import { CONNECT_TIMEOUT_MS, type KafkaOptions, REQUEST_TIMEOUT_MS } from './kafka-options.ts';
import { openKafkajs } from './open-kafkajs.ts';

const { logLevel } = kafkajs;

/** Opens the client library. It connects on first use. */
export function clientOf({ clientId, brokers, security, logger }: KafkaOptions): Kafka {
  return openKafkajs({
    clientId,
    brokers,
    security,
    connectionTimeout: CONNECT_TIMEOUT_MS,
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
