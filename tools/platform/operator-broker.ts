import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Broker, kafkajsBroker } from '@florin/messaging';
import { createLogger } from '@florin/runtime';
import { developmentDirectory } from './service-databases.ts';

/** Kafka as an operator's command reaches it: as the environment says (KAFKA_BROKERS, KAFKA_PREFIX), else that of `npm start`. */
export async function openOperatorBroker(clientId: string, environment: NodeJS.ProcessEnv): Promise<Broker> {
  return kafkajsBroker({
    brokers: await findBrokers(environment),
    clientId,
    prefix: environment['KAFKA_PREFIX'] ?? '',
    sessionTimeoutMs: 30_000,
    logger: createLogger({ service: clientId, level: 'error' }),
  });
}

/** @throws Error that says what to do, when there are neither settings nor an `npm start` */
export async function findBrokers({ KAFKA_BROKERS: brokers }: NodeJS.ProcessEnv): Promise<string[]> {
  if (brokers) return brokers.split(',');
  try {
    const ports = JSON.parse(await readFile(join(developmentDirectory, 'ports.json'), 'utf8')) as { broker: number };
    return [`127.0.0.1:${ports.broker}`];
  } catch {
    throw new Error('No Kafka to talk to: set KAFKA_BROKERS, or run npm start.');
  }
}
