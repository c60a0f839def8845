import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { migrations as auth } from '@florin/auth-server/migrations';
import { newId } from '@florin/database';
import { topics } from '@florin/events';
import { kafkaBroker, openKafkajs } from '@florin/kafka';
import { migrations as media } from '@florin/media-server/migrations';
import type { Broker } from '@florin/messaging';
import { migrations as payment } from '@florin/payment-server/migrations';
import { migrations as product } from '@florin/product-server/migrations';
import { createLogger } from '@florin/runtime';
import {
  createTestDatabase,
  startTestIssuer,
  type TestDatabase,
  type TestIssuer,
  testBrokers,
  testKafka,
  uniquePrefix,
} from '@florin/testing';
import { expect } from 'chai';
import kafkajs from 'kafkajs';

type Outcome = { code: number; stdout: string; stderr: string };

async function outcomeOf(run: Promise<{ stdout: string; stderr: string }>): Promise<Outcome> {
  try {
    return { code: 0, ...(await run) };
  } catch (error) {
    return error as Outcome;
  }
}

describe('npm run offsets:reset', () => {
  let databases: Record<'auth' | 'product' | 'payment' | 'media', TestDatabase>;
  let broker: Broker;
  let prefix: string;
  let issuer: TestIssuer;

  before(async () => {
    issuer = await startTestIssuer();
    prefix = uniquePrefix('reset');
    databases = {
      auth: await createTestDatabase(auth),
      product: await createTestDatabase(product),
      payment: await createTestDatabase(payment),
      media: await createTestDatabase(media),
    };
    const logger = createLogger({ service: 'test', level: 'error' });
    broker = kafkaBroker({ ...testKafka(), clientId: 'test', prefix, sessionTimeoutMs: 6_000, logger });
    await broker.createTopics(topics, { partitions: 1, replicationFactor: 1 });
    await broker.publish(Array.from({ length: 9 }, () => ({ topic: 'florin.purchases', key: newId(), value: 'x', headers: {} })));
    await deleteBefore('florin.purchases', 4);
    await store('payment', 'florin.purchases', 1);
  });
  after(async () => {
    await Promise.all([broker.disconnect(), issuer.stop()]);
    await Promise.all(Object.values(databases).map((database) => database.drop()));
  });

  const store = (service: 'product' | 'payment', topic: string, offset: number): Promise<unknown> =>
    databases[service]
      .db('consumer_offsets')
      .insert({ consumer: `florin.${service}`, topic, partition_id: 0, next_offset: offset });

  async function deleteBefore(topic: string, offset: number): Promise<void> {
    const admin = openKafkajs({ ...testKafka(), logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.fetchTopicOffsets(prefix + topic);
    await admin.deleteTopicRecords({ topic: prefix + topic, partitions: [{ partition: 0, offset: String(offset) }] });
    await admin.disconnect();
  }

  async function run(...args: string[]): Promise<Outcome> {
    const command = ['--conditions=source', join(import.meta.dirname, '../dev/florin.mjs'), 'offsets:reset', ...args];
    const env = {
      PATH: process.env['PATH'],
      AUTH_DATABASE_URL: databases.auth.url,
      PRODUCT_DATABASE_URL: databases.product.url,
      PAYMENT_DATABASE_URL: databases.payment.url,
      MEDIA_DATABASE_URL: databases.media.url,
      KAFKA_BROKERS: testBrokers().join(','),
      KAFKA_DRIVER: testKafka().driver,
      KAFKA_PREFIX: prefix,
    };
    return outcomeOf(promisify(execFile)(process.execPath, command, { env }));
  }

  /** Runs payment as a process of its own until it ends by itself; its exit code and its log. */
  async function runPayment(): Promise<Outcome> {
    const main = join(import.meta.dirname, '../servers/payment/src/main.ts');
    const env = {
      PATH: process.env['PATH'],
      PAYMENT_PORT: '0',
      PAYMENT_DATABASE_URL: databases.payment.url,
      KAFKA_BROKERS: testBrokers().join(','),
      KAFKA_DRIVER: testKafka().driver,
      KAFKA_PREFIX: prefix,
      JWKS_URL: issuer.jwksUrl,
    };
    return outcomeOf(promisify(execFile)(process.execPath, [...process.execArgv, main], { env, timeout: 60_000 }));
  }

  it('is needed if a service fails at every start', async () => {
    for (let start = 1; start <= 2; start++) {
      const { code, stdout } = await runPayment();
      expect(code, stdout).to.equal(1);
      expect(stdout).to.match(/"error":"florin\.payment cannot continue.*florin\.purchases\/0: offsets 1 to 3 were deleted/);
    }
  });

  it('rejects a gap and names its topic, partition and offsets', async () => {
    for (const args of [['--service', 'payment'], []]) {
      const { code, stderr } = await run(...args);
      expect(code).to.equal(1);
      expect(stderr).to.include('florin.payment cannot continue');
      expect(stderr).to.include('florin.purchases/0: offsets 1 to 3 were deleted before they were read');
      expect(stderr).to.include('--accept-gap');
    }
    expect(await databases.payment.db('audit_log')).to.deep.equal([]);
  });

  it('accepts the gap with --accept-gap, for the affected services, and writes the audit log', async () => {
    const { code, stdout, stderr } = await run('--accept-gap', '--json');
    expect(code, stderr).to.equal(0);
    const resets = JSON.parse(stdout) as { service: string; offsets: object[]; gaps: object[] }[];
    expect(resets.map(({ service, gaps }) => [service, gaps])).to.deep.equal([
      ['auth', []],
      ['product', []],
      ['payment', [{ topic: 'florin.purchases', partition: 0, from: '1', to: '4' }]],
      ['media', []],
    ]);
    expect(resets.find(({ service }) => service === 'payment')?.offsets).to.deep.include({
      topic: 'florin.purchases',
      partition: 0,
      offset: '4',
    });
    const entries = await databases.payment.db('audit_log').select('action', 'subject').orderBy('id');
    expect(entries).to.deep.equal([
      { action: 'consumer.accept-gap', subject: 'florin.purchases/0' },
      { action: 'consumer.reset-offsets', subject: 'florin.payment' },
    ]);
    expect((await run('--service', 'payment')).code).to.equal(0);
  });

  it('rejects an unknown service', async () => {
    expect((await run('--service', 'parcels')).code).to.equal(2);
  });
}).timeout(120_000);
