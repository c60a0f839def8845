import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auth } from '@florin/auth-server';
import { migrations as authMigrations } from '@florin/auth-server/migrations';
import { topics } from '@florin/events';
import { kafkaBroker } from '@florin/kafka';
import { media } from '@florin/media-server';
import { migrations as mediaMigrations } from '@florin/media-server/migrations';
import { payment } from '@florin/payment-server';
import { migrations as paymentMigrations } from '@florin/payment-server/migrations';
import { product } from '@florin/product-server';
import { migrations as productMigrations } from '@florin/product-server/migrations';
import { createLogger } from '@florin/runtime';
import { createService, type ServiceConfig, type ServiceDefinition } from '@florin/service';
import { createHttpClient, createTestDatabase, eventually, testBrokers, testKafka, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import { type ServiceName, settingOf } from '../ops/platform/service-names.ts';
import { runCommand } from '../ops/programs/run-command.ts';

export type RunningServices = {
  urls: Record<ServiceName, string>;
  /** Fills the demo catalogue, with its images. */
  seed(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts one instance of each service in this process, on new databases and topics. */
export async function startServices(settings: Readonly<Record<string, string>> = {}): Promise<RunningServices> {
  await using opened = new AsyncDisposableStack();
  const prefix = uniquePrefix('services');
  await createTopics(prefix);
  const common = {
    LOG_LEVEL: 'error',
    KAFKA_BROKERS: testBrokers().join(','),
    KAFKA_DRIVER: testKafka().driver,
    KAFKA_PREFIX: prefix,
    KAFKA_SESSION_TIMEOUT_MS: '6000',
    OUTBOX_POLL_MS: '50',
    ...settings,
  };
  const databaseUrls: Record<string, string> = {};
  const start = async <Config extends ServiceConfig>(
    definition: ServiceDefinition<Config>,
    migrations: Parameters<typeof createTestDatabase>[0],
    more: Readonly<Record<string, string>> = {},
  ): Promise<string> => {
    const name = definition.name.toUpperCase();
    const database = opened.adopt(await createTestDatabase(migrations, definition.rights), ({ drop }) => drop());
    const config = definition.readConfig({
      ...common,
      ...more,
      [`${name}_PORT`]: '0',
      [`${name}_DATABASE_URL`]: database.runningUrl,
    });
    databaseUrls[settingOf(definition.name, 'DATABASE_URL')] = database.runningUrl;
    const service = opened.adopt(createService({ ...definition, config }), ({ stop }) => stop());
    await service.start();
    return `http://127.0.0.1:${service.port()}`;
  };
  const authUrl = await start(auth, authMigrations);
  const issuer = { JWKS_URL: `${authUrl}/.well-known/jwks.json` };
  const productUrl = await start(product, productMigrations, issuer);
  const paymentUrl = await start(payment, paymentMigrations, issuer);
  const directory = opened.adopt(await mkdtemp(join(tmpdir(), 'florin-media-')), (made) => rm(made, { recursive: true }));
  const mediaUrl = await start(media, mediaMigrations, { ...issuer, MEDIA_DIRECTORY: directory });
  const urls = { auth: authUrl, product: productUrl, payment: paymentUrl, media: mediaUrl };
  await Promise.all(Object.values(urls).map(untilReady));
  const closing = opened.move();
  const seed = async (): Promise<void> => {
    const env = { ...common, ...issuer, ...databaseUrls, MEDIA_DIRECTORY: directory };
    for (const service of ['product', 'media']) {
      const program = join(import.meta.dirname, `../servers/${service}/src/seed.ts`);
      await runCommand(process.execPath, ['--conditions=source', program], { env });
    }
  };
  return { urls, seed, stop: () => closing.disposeAsync() };
}

async function createTopics(prefix: string): Promise<void> {
  const logger = createLogger({ service: 'test', level: 'error' });
  const broker = kafkaBroker({ ...testKafka(), clientId: 'test', prefix, sessionTimeoutMs: 6_000, logger });
  await broker.createTopics(topics, { partitions: 1, replicationFactor: 1 });
  await broker.disconnect();
}

async function untilReady(url: string): Promise<void> {
  const call = createHttpClient(() => url);
  await eventually(async () => expect((await call('GET', '/health/ready')).body).to.include({ status: 'ok' }));
}
