// Runs with --full: it packs, publishes and installs all packages.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newId } from '@florin/database';
import { makeEvent } from '@florin/events';
import { kafkaBroker } from '@florin/kafka';
import type { Broker } from '@florin/messaging';
import { createLogger } from '@florin/runtime';
import {
  closedPort,
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
import { publishPackages } from '../release/publish-packages.ts';
import { type Registry, startVerdaccio } from './start-verdaccio.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const VERSION = '7.8.9-test.1';
/** Every package except that for tests and that of the apps. */
const published = readdirSync(join(root, 'packages')).filter((name) => !['testing', 'ui'].includes(name));
/** Other dependencies of the service, and its compiler. */
const others = ['express', 'joi', 'knex', '@types/express', '@types/node'];

describe('the packages, published', function () {
  this.timeout(480_000);
  let directory: string;
  let registry: Registry;
  let service: ChildProcess | undefined;
  let database: TestDatabase;
  let issuer: TestIssuer;
  let broker: Broker;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'florin-packages-'));
    registry = await startVerdaccio({ root, directory });
  });
  after(async () => {
    service?.kill('SIGKILL');
    await broker?.disconnect();
    await Promise.all([registry?.stop(), database?.drop(), issuer?.stop()]);
    await rm(directory, { recursive: true, force: true });
  });

  async function publish(isPublished: boolean, environment: NodeJS.ProcessEnv): Promise<string[]> {
    const options = { root, version: VERSION, isPublished, environment, onOutput: () => {} };
    return publishPackages(options);
  }

  it('are only listed without --publish', async () => {
    const packages = await publish(false, { FLORIN_NPM_REGISTRY: registry.url });
    expect(packages).to.have.members(published.map((name) => `@florin/${name}@${VERSION}`));
    expect((await fetch(`${registry.url}@florin%2fevents`)).status).to.equal(404);
  });

  it('are used by a service outside of this checkout, which installs them from the registry', async () => {
    await run(join(root, 'node_modules/.bin/tsc'), ['-b', 'tsconfig.build.json'], { cwd: root });
    const [npmToken, home] = [registry.token, join(directory, 'service')];
    await Promise.all([
      withToken(npmToken, () => publish(true, { FLORIN_NPM_REGISTRY: registry.url, NPM_TOKEN: npmToken })),
      registry.takeIn([...others, ...(await dependenciesOfPublished())]),
    ]);
    await install(home);
    const manifest = await readFile(join(home, 'node_modules/@florin/messaging/package.json'), 'utf8');
    expect(JSON.parse(manifest)).to.deep.include({ version: VERSION });
    expect(manifest).to.include(`"@florin/events": "${VERSION}"`).and.not.include('./src');
    await compile(home);
    const { stdout } = await run(process.execPath, ['dist/outside-client.js'], {
      cwd: home,
      env: { FLORIN_URL: `http://127.0.0.1:${await closedPort()}` },
    });
    expect(stdout).to.equal('FlorinNetworkError');

    const prefix = uniquePrefix('outside');
    database = await createTestDatabase([]);
    issuer = await startTestIssuer();
    const logger = createLogger({ service: 'test', level: 'error' });
    broker = kafkaBroker({ ...testKafka(), clientId: 'test', prefix, sessionTimeoutMs: 6_000, logger });
    await broker.createTopics(['florin.payments', 'florin.purchases'], { partitions: 1, replicationFactor: 1 });
    const parcels = await start(home, prefix);

    const [alice, purchaseId] = [newId(), newId()];
    const token = issuer.tokenFor({ id: alice });
    expect((await parcels('GET', '/v1/parcels')).status).to.equal(401);
    const badPage = await parcels('GET', '/v1/parcels?limit=0', { token });
    expect(badPage).to.deep.include({ status: 422 });
    expect(badPage.body.code).to.equal('VALIDATION_FAILED');

    const paid = makeEvent('purchase-paid', {
      sequence: 1,
      data: { purchaseId, userId: alice, amountMinor: 5, transferId: newId() },
    });
    await broker.publish(
      [paid, paid].map(({ topic, key, event }) => ({ topic, key, value: JSON.stringify(event), headers: {} })),
    );
    const [parcel, ...more] = await eventually(async () => {
      const { body } = await parcels('GET', '/v1/parcels?limit=1', { token });
      expect(body.data).to.have.length(1);
      return body.data as { id: string; purchaseId: string }[];
    });
    expect(parcel?.purchaseId).to.equal(purchaseId);
    expect(more, 'the event came twice').to.deep.equal([]);

    const path = `/v1/parcels/${parcel?.id}/send`;
    expect((await parcels('POST', path, { token })).status).to.equal(403);
    const staff = issuer.tokenFor({ id: newId(), roles: ['staff'] });
    expect((await parcels('POST', `/v1/parcels/${newId()}/send`, { token: staff })).body.code).to.equal('PARCEL_UNKNOWN');
    expect((await parcels('POST', path, { token: staff })).status).to.equal(200);
    await eventually(async () => expect(await database.db('outbox')).to.deep.equal([]));
    expect(await consumeFrom('florin.purchases')).to.include(purchaseId);
  });

  /** npm reads the token from this process's environment, as the pipeline gives it. */
  async function withToken<T>(token: string, work: () => Promise<T>): Promise<T> {
    process.env['NPM_TOKEN'] = token;
    try {
      return await work();
    } finally {
      delete process.env['NPM_TOKEN'];
    }
  }

  async function dependenciesOfPublished(): Promise<string[]> {
    const manifests = await Promise.all(
      published.map(async (name) => JSON.parse(await readFile(join(root, 'packages', name, 'package.json'), 'utf8')) as object),
    );
    const names = manifests.flatMap((manifest) => Object.keys((manifest as { dependencies: object }).dependencies));
    return names.filter((name) => !name.startsWith('@florin/'));
  }

  async function install(home: string): Promise<void> {
    await mkdir(home, { recursive: true });
    const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { version: string }>;
    };
    const dependencies = [
      ...published.map((name) => [`@florin/${name}`, VERSION]),
      ...others.map((name) => [name, packages[`node_modules/${name}`]?.version]),
    ];
    const manifest = { name: 'parcels', private: true, type: 'module', dependencies: Object.fromEntries(dependencies) as object };
    await writeFile(join(home, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(home, '.npmrc'), '');
    const where = [`--registry=${registry.url}`, `--cache=${join(directory, 'cache')}`, `--userconfig=${join(home, '.npmrc')}`];
    await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...where], {
      cwd: home,
      env: process.env,
    });
  }

  async function compile(home: string): Promise<void> {
    await cp(join(import.meta.dirname, 'outside-service.ts'), join(home, 'parcels.ts'));
    await cp(join(import.meta.dirname, 'outside-client.ts'), join(home, 'outside-client.ts'));
    const how = ['--module', 'nodenext', '--target', 'es2023', '--strict', '--types', 'node', '--outDir', 'dist'];
    await run(join(root, 'node_modules/.bin/tsc'), [...how, 'parcels.ts', 'outside-client.ts'], { cwd: home }).catch(
      (error: { stdout: string }) => {
        throw new Error(error.stdout);
      },
    );
  }

  async function start(home: string, prefix: string): Promise<HttpClient> {
    const env = {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      KAFKA_BROKERS: testBrokers().join(','),
      KAFKA_PREFIX: prefix,
      JWKS_URL: issuer.jwksUrl,
    };
    service = spawn(process.execPath, ['dist/parcels.js'], { cwd: home, env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await Promise.race([once(service.stdout ?? service, 'data'), once(service, 'exit')])) as [Buffer | number];
    const url = String(line).trim();
    expect(url).to.match(/^http/);
    return createHttpClient(() => url);
  }

  async function consumeFrom(topic: string): Promise<string> {
    const consumed: string[] = [];
    const group = `florin.test.${newId()}`;
    const subscription = await broker.subscribe({
      group,
      topics: [topic],
      batchSize: 10,
      onBatch: async ({ messages }) => void consumed.push(...messages.map(({ value }) => String(value))),
      onCrash: () => {},
    });
    await eventually(() => expect(consumed).to.not.deep.equal([]));
    await subscription.stop();
    return consumed.join('\n');
  }
});
