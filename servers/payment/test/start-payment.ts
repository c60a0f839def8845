import { type OutgoingEvent, topics } from '@florin/events';
import type { Endpoint } from '@florin/http';
import { kafkaBroker } from '@florin/kafka';
import { createLogger } from '@florin/runtime';
import { createService, type FlorinService } from '@florin/service';
import {
  createTestDatabase,
  startTestIssuer,
  type TestDatabase,
  testBrokers,
  testKafka,
  uniquePrefix,
  untilRevocationsRead,
} from '@florin/testing';
import type { Knex } from 'knex';
import { migrations } from '../migrations/index.ts';
import { readConfig } from '../src/config.ts';
import { payment, paymentThrough } from '../src/features.ts';
import { openSandboxProvider } from '../src/top-ups/sandbox-provider.ts';
import type { OpenTopUpProvider } from '../src/top-ups/top-up-provider.ts';

export type Bearer = { id: string; roles?: readonly string[] };

type Answer = { status: number; headers: Headers; body: { data?: unknown; page?: unknown; code?: string } };

type Init = { method?: string; headers?: Record<string, string>; body?: string };

type Text = { status: number; headers: Headers; text: string };

type Send = (
  method: 'POST' | 'PUT',
  path: string,
  request?: { bearer?: Bearer; body?: unknown; key?: string },
) => Promise<Answer>;

/** One of two instances. */
type Instance = { get(path: string, bearer?: Bearer): Promise<Answer>; send: Send; stop(): Promise<void> };

export type RunningPayment = {
  db: Knex;
  database: TestDatabase;
  /** The settings of the instance, for another one beside it. */
  environment: Record<string, string>;
  url: string;
  endpoints: readonly Endpoint[];
  /** Starts another instance with other settings. */
  startBeside(settings: Record<string, string>): Promise<Instance>;
  tokenFor(bearer: Bearer): string;
  get(path: string, bearer?: Bearer): Promise<Answer>;
  send: Send;
  /** For answers that are not JSON. */
  read(path: string, bearer: Bearer, headers?: Record<string, string>): Promise<Text>;
  publish(...events: OutgoingEvent[]): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Starts the whole service with its own port, database and topics, and tokens from a real JWKS. A start that fails closes what it
 * has opened: mocha does not end while a connection is open.
 */
export async function startPayment(
  environment: Record<string, string> = {},
  { openTopUpProvider = openSandboxProvider() }: { openTopUpProvider?: OpenTopUpProvider } = {},
): Promise<RunningPayment> {
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(await createTestDatabase(migrations, payment.rights), ({ drop }) => drop());
  const issuer = opened.adopt(await startTestIssuer(), ({ stop }) => stop());
  const prefix = uniquePrefix('payment');
  const logger = createLogger({ service: 'payment-test', level: 'error' });
  const broker = opened.adopt(
    kafkaBroker({ ...testKafka(), clientId: 'payment-test', prefix, sessionTimeoutMs: 6000, logger }),
    (connected) => connected.disconnect(),
  );
  await broker.createTopics(topics, { partitions: 3, replicationFactor: 1 });
  const settings = {
    PAYMENT_PORT: '0',
    PAYMENT_DATABASE_URL: database.runningUrl,
    KAFKA_BROKERS: testBrokers().join(','),
    KAFKA_DRIVER: testKafka().driver,
    KAFKA_PREFIX: prefix,
    KAFKA_SESSION_TIMEOUT_MS: '6000',
    OUTBOX_POLL_MS: '50',
    JWKS_URL: issuer.jwksUrl,
    ...environment,
  };
  const definition = paymentThrough(openTopUpProvider);
  const start = (config: Record<string, string>): Promise<FlorinService> =>
    started(createService({ ...definition, config: readConfig(config), overrides: { logger } }));
  const service = opened.adopt(await start(settings), ({ stop }) => stop());
  const clientOf = ({ port }: Pick<FlorinService, 'port'>) => {
    const call = async (path: string, bearer?: Bearer, init: Init = {}) => {
      const headers = { ...init.headers, ...(bearer && { authorization: `Bearer ${issuer.tokenFor(bearer)}` }) };
      const response = await fetch(`http://127.0.0.1:${port()}${path}`, { ...init, headers });
      return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
    };
    const send: Send = (method, path, { bearer, body, key } = {}) =>
      call(path, bearer, {
        method,
        headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    return { get: (path: string, bearer?: Bearer) => call(path, bearer), send };
  };
  const closing = opened.move();
  return {
    db: database.db,
    database,
    environment: settings,
    url: `http://127.0.0.1:${service.port()}`,
    endpoints: service.endpoints,
    tokenFor: issuer.tokenFor,
    ...clientOf(service),
    async startBeside(others) {
      const beside = await start({ ...settings, ...others });
      return { ...clientOf(beside), stop: beside.stop };
    },
    async read(path, bearer, headers = {}) {
      const authorization = `Bearer ${issuer.tokenFor(bearer)}`;
      const response = await fetch(`http://127.0.0.1:${service.port()}${path}`, { headers: { ...headers, authorization } });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    publish: (...events) =>
      broker.publish(events.map(({ topic, key, event }) => ({ topic, key, value: JSON.stringify(event), headers: {} }))),
    stop: () => closing.disposeAsync(),
  };
}

/** Starts a service, and waits until it serves admins. A start that fails stops it again. */
async function started(service: FlorinService): Promise<FlorinService> {
  await service.start().catch(async (error: unknown) => {
    await service.stop();
    throw error;
  });
  await untilRevocationsRead(`http://127.0.0.1:${service.port()}`);
  return service;
}
