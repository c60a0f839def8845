import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type KafkaOptions, kafkajsBroker, kafkajsTopics, type TopicReader } from '@florin/kafka';
import type { Broker } from '@florin/messaging';
import { createLogger, type KafkaAccess, readTransport } from '@florin/runtime';
import { developmentDirectory } from './service-databases.ts';

export type OperatorKafka = { broker: Broker; topics: TopicReader; disconnect(): Promise<void> };

/** Connects to Kafka by KAFKA_BROKERS, KAFKA_PREFIX and the settings of its security (default: the broker of `npm start`). */
export async function openOperatorKafka(clientId: string, environment: NodeJS.ProcessEnv): Promise<OperatorKafka> {
  const logger = createLogger({ service: clientId, level: 'error' });
  const prefix = environment['KAFKA_PREFIX'] ?? '';
  const access = await findKafka(environment);
  const options: KafkaOptions = { ...access, clientId, prefix, sessionTimeoutMs: 30_000, logger };
  const broker = kafkajsBroker(options);
  const topics = kafkajsTopics(options);
  return {
    broker,
    topics,
    async disconnect() {
      await Promise.all([broker.disconnect(), topics.disconnect()]);
    },
  };
}

/** @throws SettingsError, or Error if no broker is set and `npm start` does not run */
export async function findKafka(environment: NodeJS.ProcessEnv): Promise<KafkaAccess> {
  return { brokers: await findBrokers(environment), security: readTransport(environment).kafka };
}

/** @throws Error if KAFKA_BROKERS is not set and `npm start` does not run */
export async function findBrokers({ KAFKA_BROKERS: brokers }: NodeJS.ProcessEnv): Promise<string[]> {
  if (brokers) return brokers.split(',');
  try {
    const ports = JSON.parse(await readFile(join(developmentDirectory, 'ports.json'), 'utf8')) as { broker: number };
    return [`127.0.0.1:${ports.broker}`];
  } catch {
    throw new Error('No Kafka: set KAFKA_BROKERS, or run npm start.');
  }
}
