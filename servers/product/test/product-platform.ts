import { newId } from '@florin/database';
import {
  createEventVerifier,
  DEVELOPMENT_SIGNING_KEYS,
  type EventData,
  type EventType,
  makeEvent,
  type OutgoingEvent,
  parseEvent,
  parseSigningKeys,
  topics,
} from '@florin/events';
import { kafkaBroker, openKafkajs } from '@florin/kafka';
import type { Broker, Subscription } from '@florin/messaging';
import { createLogger } from '@florin/runtime';
import { createService, type FlorinService } from '@florin/service';
import {
  createHttpClient,
  createTestDatabase,
  eventually,
  type HttpClient,
  startTestIssuer,
  type TestDatabase,
  type TestIssuer,
  testBrokers,
  testKafka,
  uniquePrefix,
} from '@florin/testing';
import { expect } from 'chai';
import kafkajs from 'kafkajs';
import { migrations } from '../migrations/index.ts';
import { readConfig } from '../src/config.ts';
import { product } from '../src/features.ts';

export type Person = { id: string; token: string };

export type ProductPlatform = {
  call: HttpClient;
  database: TestDatabase;
  /** The environment in which another instance joins the platform. */
  environment: Record<string, string>;
  service: FlorinService;
  staff: Person;
  admin: Person;
  /** A buyer whose wallet product has consumed. */
  buyer(availableMinor?: number): Promise<Person>;
  stranger(): Person;
  tokenFor: TestIssuer['tokenFor'];
  /** The same user with a new token, issued at the current time of the process. */
  renewed(who: Person, roles?: string[]): Person;
  /** Publishes an event on payment's topic. Returns the message, so that it can be sent again. */
  say<Type extends EventType>(type: Type, data: EventData<Type>): Promise<OutgoingEvent>;
  publish(event: OutgoingEvent): Promise<void>;
  /** Sends a foreign message; a null value is a tombstone. */
  publishRaw(message: { topic: string; key: string; value: string | null }): Promise<void>;
  /** The events that product has published, by purchase or product. */
  published(id: string): { type: string; sequence: string; data: unknown }[];
  product(fields?: Record<string, unknown>): Promise<{ id: string; name: string; stock: number; version: number }>;
  buy(who: Person, items: readonly { productId: string; quantity: number }[], key?: string): ReturnType<HttpClient>;
  purchase(who: Person, id: string): Promise<Record<string, unknown>>;
  becomes(who: Person, id: string, fields: Record<string, unknown>): Promise<Record<string, unknown>>;
  stockOf(productId: string): Promise<number>;
  stop(): Promise<void>;
};

/**
 * The product service with a database of its own and the real broker. The test publishes the events of auth and payment. A start
 * that fails closes what it has opened: mocha does not end while a connection is open.
 */
export async function startProduct(settings: Record<string, string> = {}): Promise<ProductPlatform> {
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(await createTestDatabase(migrations, product.rights), ({ drop }) => drop());
  const issuer = opened.adopt(await startTestIssuer(), ({ stop }) => stop());
  const prefix = uniquePrefix('product');
  const logger = createLogger({ service: 'test', level: 'error' });
  const broker = opened.adopt(
    kafkaBroker({ ...testKafka(), clientId: 'test', prefix, sessionTimeoutMs: 6_000, logger }),
    (connected) => connected.disconnect(),
  );
  await broker.createTopics(topics, { partitions: 3, replicationFactor: 1 });
  const environment = {
    LOG_LEVEL: 'error',
    PRODUCT_PORT: '0',
    PRODUCT_DATABASE_URL: database.runningUrl,
    KAFKA_BROKERS: testBrokers().join(','),
    KAFKA_DRIVER: testKafka().driver,
    KAFKA_PREFIX: prefix,
    KAFKA_SESSION_TIMEOUT_MS: '6000',
    OUTBOX_POLL_MS: '50',
    IMPORT_FAILURES_PER_MIN: '0',
    IMPORT_USER_CONCURRENCY: '8',
    JWKS_URL: issuer.jwksUrl,
    ...settings,
  };
  const service = opened.adopt(createService({ ...product, config: readConfig(environment) }), ({ stop }) => stop());
  await service.start();
  const { subscription, published } = await listen(broker);
  opened.defer(() => subscription.stop());
  const call = createHttpClient(() => `http://127.0.0.1:${service.port()}`);
  await eventually(async () => expect((await call('GET', '/health/ready')).body).to.include({ status: 'ok' }));
  const platform = createPlatform({ database, environment, issuer, broker, service, call, published });
  const closing = opened.move();
  return { ...platform, stop: () => closing.disposeAsync() };
}

async function publishRaw(
  prefix: string,
  { topic, key, value }: { topic: string; key: string; value: string | null },
): Promise<void> {
  const kafka = openKafkajs({ ...testKafka(), logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({ topic: prefix + topic, acks: -1, messages: [{ key, value }] });
  await producer.disconnect();
}

type Published = Map<string, { type: string; sequence: string; data: unknown }[]>;

async function listen(broker: Broker): Promise<{ subscription: Subscription; published: Published }> {
  const published: Published = new Map();
  const verify = createEventVerifier({ mode: 'require', keys: parseSigningKeys(DEVELOPMENT_SIGNING_KEYS) });
  const subscription = await broker.subscribe({
    group: 'listener',
    topics: ['florin.purchases', 'florin.products'],
    batchSize: 100,
    onBatch: async ({ topic, partition, messages }) => {
      for (const { offset, key, value } of messages) {
        const parsed = parseEvent({ topic, partition, offset, key, value }, verify);
        if (parsed.kind !== 'event') continue;
        const { type, sequence, data, subject } = parsed.event;
        published.set(subject, [...(published.get(subject) ?? []), { type, sequence, data }]);
      }
    },
    onCrash: (error) => {
      throw error;
    },
  });
  return { subscription, published };
}

type Parts = {
  database: TestDatabase;
  environment: Record<string, string>;
  issuer: TestIssuer;
  broker: Broker;
  service: FlorinService;
  call: HttpClient;
  published: Published;
};

function createPlatform({
  database,
  environment,
  issuer,
  broker,
  service,
  call,
  published,
}: Parts): Omit<ProductPlatform, 'stop'> {
  const person = (roles: string[]): Person => {
    const id = newId();
    return { id, token: issuer.tokenFor({ id, roles }) };
  };
  const staff = person(['buyer', 'staff']);
  let sequence = 0;
  const publish = ({ topic, key, event }: OutgoingEvent): Promise<void> =>
    broker.publish([{ topic, key, value: JSON.stringify(event), headers: {} }]);
  const say = async <Type extends EventType>(type: Type, data: EventData<Type>): Promise<OutgoingEvent> => {
    const event = makeEvent(type, { sequence: ++sequence, data });
    await publish(event);
    return event;
  };
  let category: Promise<string> | undefined;
  const makeCategory = async (): Promise<string> => {
    const answer = await call('POST', '/v1/categories', { token: staff.token, body: { name: 'Books' } });
    return String(answer.body.data.id);
  };
  const buy: ProductPlatform['buy'] = (who, items, key = newId()) =>
    call('POST', '/v1/purchases', { token: who.token, body: { items }, headers: { 'idempotency-key': key } });
  const purchase: ProductPlatform['purchase'] = async (who, id) =>
    (await call('GET', `/v1/purchases/${id}`, { token: who.token })).body.data;
  return {
    call,
    database,
    environment,
    service,
    staff,
    admin: person(['buyer', 'admin']),
    say,
    publish,
    publishRaw: (message) => publishRaw(environment['KAFKA_PREFIX'] ?? '', message),
    buy,
    purchase,
    stranger: () => person(['buyer']),
    tokenFor: issuer.tokenFor,
    renewed: ({ id }, roles = ['buyer']) => ({ id, token: issuer.tokenFor({ id, roles }) }),
    published: (id) => published.get(id) ?? [],
    async buyer(availableMinor = 1_000_000) {
      const buyer = person(['buyer']);
      const wallet = {
        walletId: newId(),
        userId: buyer.id,
        currency: 'EUR',
        spendLimitMinor: 1_000_000,
        status: 'active',
        version: 1,
      } as const;
      await say('wallet-opened', { ...wallet, balanceMinor: availableMinor, availableMinor });
      await eventually(async () => {
        const rows: { user_id: Buffer }[] = await database.db('buyer_limits').select('user_id');
        expect(rows.map(({ user_id }) => user_id.toString('hex'))).to.include(buyer.id.replaceAll('-', ''));
      });
      return buyer;
    },
    async product(fields = {}) {
      category ??= makeCategory();
      const body = { name: 'A novel', priceMinor: 1_500, stock: 10, categoryId: await category, ...fields };
      const answer = await call('POST', '/v1/products', { token: staff.token, body });
      expect(answer.status).to.equal(201);
      return answer.body.data;
    },
    becomes: (who, id, fields) =>
      eventually(async () => {
        const found = await purchase(who, id);
        expect(found).to.include(fields);
        return found;
      }),
    async stockOf(productId) {
      return (await call('GET', `/v1/products/${productId}`)).body.data.stock;
    },
  };
}
