import { joinRights } from '@florin/database';
import type { OutgoingEvent } from '@florin/events';
import { topics } from '@florin/events';
import { kafkaBroker } from '@florin/kafka';
import { messagingMigrations, messagingRights } from '@florin/messaging';
import {
  auditLogMigrations,
  auditLogRights,
  createLogger,
  type ProcessSettings,
  processConfig,
  processSettings,
  readSettings,
} from '@florin/runtime';
import { createTestDatabase, startTestIssuer, type TestDatabase, testBrokers, testKafka, uniquePrefix } from '@florin/testing';
import { databaseUrl, wholeNumber } from '@florin/values';
import Joi from 'joi';
import {
  createService,
  type FlorinService,
  type ServiceConfig,
  type ServiceDefinition,
  switchMigrations,
  switchRights,
} from '../src/index.ts';

type Features = ServiceDefinition<ServiceConfig>['features'];

export type TestService = {
  service: FlorinService;
  /** Builds a further instance on the same database and topics. */
  another(): FlorinService;
  database: TestDatabase;
  publish(event: OutgoingEvent): Promise<void>;
  tokenFor(bearer: { id: string; roles?: readonly string[] }): string;
  /** Prefix of its topics. */
  prefix: string;
  get(path: string, token?: string): Promise<Response>;
  drop(): Promise<void>;
};

type Settings = ProcessSettings & { SHOP_PORT: number; SHOP_DATABASE_URL: string };

const shopSettings = Joi.object<Settings>({
  ...processSettings,
  SHOP_PORT: wholeNumber().default(3009),
  SHOP_DATABASE_URL: databaseUrl().required(),
});

/** An example service. */
export function shopOf(features: Features): ServiceDefinition<ServiceConfig> {
  return {
    name: 'shop',
    readConfig(environment = process.env) {
      const read = readSettings(shopSettings, environment);
      return { ...processConfig(read), port: read.SHOP_PORT, databaseUrl: read.SHOP_DATABASE_URL, settingWarnings: [] };
    },
    rights,
    features,
  };
}

const rights = joinRights(messagingRights, auditLogRights, switchRights, { tables: { notes: ['INSERT'] }, triggers: [] });

const migrations = [
  ...messagingMigrations,
  ...auditLogMigrations,
  ...switchMigrations,
  { name: '0001-notes', up: ['CREATE TABLE notes (note VARCHAR(40) NOT NULL PRIMARY KEY)'] },
];

/** Builds a service of these features on its own database and topics, without starting it. */
export async function buildTestService(features: Features, settings: Record<string, string> = {}): Promise<TestService> {
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(await createTestDatabase(migrations, rights), ({ drop }) => drop());
  const issuer = opened.adopt(await startTestIssuer(), ({ stop }) => stop());
  const prefix = uniquePrefix('shop');
  const logger = Object.assign(createLogger({ service: 'shop', level: 'error' }), { silent: true });
  const broker = opened.adopt(
    kafkaBroker({ ...testKafka(), clientId: 'shop-test', prefix, sessionTimeoutMs: 6000, logger }),
    (connected) => connected.disconnect(),
  );
  await broker.createTopics(topics, { partitions: 1, replicationFactor: 1 });
  const definition = shopOf(features);
  const config = definition.readConfig({
    SHOP_PORT: '0',
    SHOP_DATABASE_URL: database.runningUrl,
    KAFKA_BROKERS: testBrokers().join(','),
    KAFKA_DRIVER: testKafka().driver,
    KAFKA_PREFIX: prefix,
    KAFKA_SESSION_TIMEOUT_MS: '6000',
    OUTBOX_POLL_MS: '50',
    JWKS_URL: issuer.jwksUrl,
    ...settings,
  });
  const service = createService({ ...definition, config, overrides: { logger } });
  const closing = opened.move();
  return {
    service,
    another: () => createService({ ...definition, config, overrides: { logger } }),
    database,
    tokenFor: issuer.tokenFor,
    prefix,
    publish: ({ topic, key, event }) => broker.publish([{ topic, key, value: JSON.stringify(event), headers: {} }]),
    get: (path, token) =>
      fetch(
        `http://127.0.0.1:${service.port()}${path}`,
        token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
      ),
    drop: () => closing.disposeAsync(),
  };
}
