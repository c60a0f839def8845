import type { Broker } from '@florin/messaging';
import { createLogger, type KafkaDriver, kafkaDrivers } from '@florin/runtime';
import { testBrokers } from '@florin/testing';
import { kafkaBroker } from '../src/index.ts';

export const quietLogger = createLogger({ service: 'test', level: 'error' });
quietLogger.silent = true;

type Options = { driver: KafkaDriver; brokers?: readonly string[] };

export function testBroker(prefix: string, { driver, brokers = testBrokers() }: Options): Broker {
  return kafkaBroker({
    driver,
    brokers,
    security: 'plaintext',
    clientId: 'test',
    prefix,
    sessionTimeoutMs: 6_000,
    logger: quietLogger,
  });
}

/** Defines tests that every driver of the broker port has to pass. */
export function describeDrivers(title: string, define: (driver: KafkaDriver) => void): void {
  for (const driver of kafkaDrivers) describe(`${title}, by ${driver}`, () => define(driver));
}
