import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auth } from '@florin/auth-server';
import { migrations as authMigrations } from '@florin/auth-server/migrations';
import {
  connectionOptions,
  connectToServer,
  grantRights as grantDatabaseRights,
  idBytes,
  migrateDatabase,
  openConnection,
  openDatabase,
  queryOne,
} from '@florin/database';
import { topics } from '@florin/events';
import { grantRights, type KafkaOptions, kafkajsBroker, platformaticBroker } from '@florin/kafka';
import { migrations as mediaMigrations } from '@florin/media-server/migrations';
import { payment } from '@florin/payment-server';
import { migrations as paymentMigrations } from '@florin/payment-server/migrations';
import { product } from '@florin/product-server';
import { migrations as productMigrations } from '@florin/product-server/migrations';
import { createLogger, type KafkaAccess, type KafkaDriver } from '@florin/runtime';
import { createService, type FlorinService, type ServiceConfig, type ServiceDefinition } from '@florin/service';
import { createHttpClient, eventually, failureOf, testInfra } from '@florin/testing';
import { withDatabaseTls } from '@florin/values';
import { expect } from 'chai';
import { type InfraSecurity, kafkaSecurityOf, makeInfraSecurity, transportEnvironment } from '../dev/infra/infra-security.ts';
import { makeAuthority } from '../dev/infra/make-certificates.ts';
import { type Infra, startInfra } from '../dev/infra/start-infra.ts';
import { prepareDatabases } from '../dev/platform/prepare-databases.ts';
import { accessTo, clientArguments, findClient, withAuthorities } from '../ops/backup/server-access.ts';
import { allRights } from '../ops/platform/kafka-rights.ts';
import { type DatabaseUrls, findServiceDatabases } from '../ops/platform/service-databases.ts';
import { forEachService, type ServiceName, serviceNames, settingOf } from '../ops/platform/service-names.ts';
import { runCommand } from '../ops/programs/run-command.ts';
import { testTransport } from '../packages/messaging/test/transport-suite.ts';
import { signUp } from './sign-up.ts';

/** Every driver of the broker port. */
const drivers: Record<KafkaDriver, typeof kafkajsBroker> = { kafkajs: kafkajsBroker, platformatic: platformaticBroker };
const migrations = {
  auth: authMigrations,
  product: productMigrations,
  payment: paymentMigrations,
  media: mediaMigrations,
};
const logger = Object.assign(createLogger({ service: 'test', level: 'error' }), { silent: true });

describe('connections', function () {
  this.timeout(120_000);
  const otherCa = makeAuthority('Another authority').certificate;
  let directory: string;
  let security: InfraSecurity;
  let infra: Infra;
  let databaseUrls: DatabaseUrls;
  let runningUrls: DatabaseUrls;

  const clientOptions = (access: KafkaAccess): KafkaOptions => ({
    ...access,
    clientId: 'test',
    prefix: '',
    sessionTimeoutMs: 6_000,
    logger,
  });

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'florin-transport-'));
    security = makeInfraSecurity([...serviceNames.map((name) => `florin-${name}`), 'florin-ops', 'stranger']);
    infra = await startInfra({ directory, isDurable: false, security, onProgress: () => {} });
    const asAdmin = clientOptions({ brokers: infra.kafkaBrokers, security: infra.kafkaSecurity });
    await grantRights(asAdmin, await allRights('florin-'));
    const operator = kafkajsBroker({ ...asAdmin, security: kafkaSecurityOf(security, 'florin-ops') });
    await operator.createTopics(topics, { partitions: 1, replicationFactor: 1 });
    await operator.disconnect();
    const prepared = await prepareDatabases({ databaseUrl: infra.databaseUrl, prefix: 'florin', password: 'florin' });
    [databaseUrls, runningUrls] = [prepared.migrationUrls, prepared.databaseUrls];
  });

  after(async () => {
    await infra?.stop();
    await rm(directory, { recursive: true });
  });

  for (const [name, open] of Object.entries(drivers)) {
    describe(`to Kafka by ${name}`, () =>
      testTransport({
        open: (access) => open(clientOptions(access)),
        kafka: () => ({
          brokers: infra.kafkaBrokers,
          ca: security.ca,
          otherCa,
          securityOf: (username, mechanism) => kafkaSecurityOf(security, username, mechanism),
        }),
      }));
  }

  describe('to the database', () => {
    it('use TLS in pools and single connections', async () => {
      const db = openDatabase({ url: databaseUrls.auth, poolMax: 1 });
      const connection = await openConnection(databaseUrls.auth, { idleTimeoutS: 60 });
      expect(await queryOne(db, CIPHER))
        .to.have.property('Value')
        .that.matches(/./);
      expect((await connection.query(CIPHER))[0])
        .to.have.nested.property('[0].Value')
        .that.matches(/./);
      await Promise.all([db.destroy(), connection.end()]);
    });

    const refused: Record<string, () => string> = {
      'in plain text': () => withoutParameters(databaseUrls.auth),
      'to a server of another authority': () => withDatabaseTls(withoutParameters(databaseUrls.auth), { ca: otherCa }),
      'to a server that no well-known authority certified': () => withDatabaseTls(withoutParameters(databaseUrls.auth), {}),
      // The server of the tests: MariaDB has no TLS at all, MySQL a certificate of its own.
      'to a server without TLS': () => withDatabaseTls(testInfra().databaseUrl, { ca: security.ca }),
      'with an unknown parameter': () => `${withoutParameters(databaseUrls.auth)}?ssl=true`,
    };
    for (const [how, url] of Object.entries(refused)) {
      it(`are refused ${how}`, async () => {
        const connection = Promise.resolve().then(() => connectToServer(url()));
        connection.then((opened) => opened.end()).catch(() => {});
        expect(await failureOf(connection)).to.be.instanceOf(Error);
      });
    }

    it('check the name in the certificate', () => {
      expect(connectionOptions(databaseUrls.auth).ssl).to.deep.include({ ca: security.ca, verifyIdentity: true });
    });

    it('of commands use TLS by the settings', async () => {
      const environment = {
        ...forEachDatabase((service) => withoutParameters(databaseUrls[service])),
        ...transportEnvironment(security, 'florin-ops'),
      };
      expect(await findServiceDatabases(environment)).to.deep.equal(databaseUrls);
    });

    it('of the server’s own client use TLS, and check the certificate', async function () {
      const client = await findClient().catch(() => this.skip());
      const ask = (url: string) => {
        const access = accessTo(url, {});
        return withAuthorities(access, (authorities) => {
          const { args, env } = clientArguments(access, { ...client, authorities });
          return runCommand(client.path, [...args, '--execute', CIPHER], { env: env as Record<string, string> });
        });
      };
      expect(await ask(databaseUrls.auth)).to.match(/Ssl_cipher\s+\S+/);
      const other = withDatabaseTls(withoutParameters(databaseUrls.auth), { ca: otherCa });
      expect(String(await failureOf(ask(other)))).to.match(/TLS|SSL/);
    });
  });

  it('let the services work together, each as its own user', async () => {
    const running: FlorinService[] = [];
    const start = async <C extends ServiceConfig>(definition: ServiceDefinition<C>, settings: NodeJS.ProcessEnv) => {
      const name = definition.name as ServiceName;
      const db = openDatabase({ url: databaseUrls[name], poolMax: 2 });
      await migrateDatabase(db, migrations[name]);
      await grantDatabaseRights(db, runningUrls[name], definition.rights);
      await db.destroy();
      const environment = {
        KAFKA_BROKERS: infra.kafkaBrokers.join(','),
        KAFKA_SESSION_TIMEOUT_MS: '6000',
        OUTBOX_POLL_MS: '50',
        [settingOf(name, 'PORT')]: '0',
        // Without the parameters: the settings below have to be enough.
        [settingOf(name, 'DATABASE_URL')]: withoutParameters(runningUrls[name]),
        ...transportEnvironment(security, `florin-${name}`),
        ...settings,
      };
      const service = createService({ ...definition, config: definition.readConfig(environment), overrides: { logger } });
      running.push(service);
      await service.start();
      return createHttpClient(() => `http://127.0.0.1:${service.port()}`);
    };
    try {
      const authCall = await start(auth, {});
      const keys = { JWKS_URL: `http://127.0.0.1:${running[0]?.port()}/.well-known/jwks.json` };
      const calls = [authCall, await start(product, keys), await start(payment, keys)] as const;
      for (const call of calls)
        await eventually(async () => expect((await call('GET', '/health/ready')).body).to.include({ status: 'ok' }));
      const [authUrl = '', productUrl = '', paymentUrl = ''] = running.map((service) => `http://127.0.0.1:${service.port()}`);
      const alice = await signUp({ urls: { auth: authUrl, product: productUrl, payment: paymentUrl, media: '' } });
      // The client waits until payment has opened the wallet.
      await alice.florin.get('/v1/wallet');
      const { product: url } = databaseUrls;
      const db = openDatabase({ url, poolMax: 1 });
      await eventually(async () =>
        expect(await db('buyer_limits').where('user_id', idBytes(alice.id)).first()).to.be.an('object'),
      );
      await db.destroy();
    } finally {
      await Promise.all(running.map((service) => service.stop()));
    }
  });
});

const CIPHER = "SHOW SESSION STATUS LIKE 'Ssl_cipher'";

function withoutParameters(url: string): string {
  const parsed = new URL(url);
  parsed.search = '';
  return parsed.href;
}

function forEachDatabase(urlOf: (service: ServiceName) => string): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(forEachService(urlOf)).map(([name, url]) => [settingOf(name, 'DATABASE_URL'), url]));
}
