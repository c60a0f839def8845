import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type KafkaAccess, type KafkaDriver, readKafkaDriver } from '@florin/runtime';

export type TestInfra = { databaseUrl: string; kafkaBrokers: string[] };

/**
 * The tests' database server and broker: `FLORIN_TEST_DATABASE_URL` and `FLORIN_TEST_KAFKA_BROKERS` if they are set, otherwise
 * those that `npm run infra` runs for this checkout.
 */
export function testInfra(): TestInfra {
  const { FLORIN_TEST_DATABASE_URL: databaseUrl, FLORIN_TEST_KAFKA_BROKERS: brokers } = process.env;
  if (databaseUrl && brokers) return { databaseUrl, kafkaBrokers: brokers.split(',') };
  try {
    return JSON.parse(readFileSync(join(checkoutRoot(process.cwd()), '.florin/test/infra.json'), 'utf8')) as TestInfra;
  } catch {
    throw new Error(
      'No database and broker to test against: run `npm run infra` in another terminal, or `npm test` for everything.',
    );
  }
}

export function testBrokers(): string[] {
  return testInfra().kafkaBrokers;
}

/** Access to the tests' broker, which speaks plain text, by the driver that KAFKA_DRIVER chooses (default kafkajs). */
export function testKafka(): KafkaAccess & { driver: KafkaDriver } {
  return { brokers: testBrokers(), security: 'plaintext', driver: readKafkaDriver(process.env) };
}

function checkoutRoot(directory: string): string {
  try {
    readFileSync(join(directory, 'tsconfig.base.json'));
    return directory;
  } catch {
    const parent = dirname(directory);
    if (parent === directory) throw new Error('Run this inside a checkout of Florin.');
    return checkoutRoot(parent);
  }
}
