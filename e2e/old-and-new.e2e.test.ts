import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newId } from '@florin/database';
import { breakingChanges, catalogueSchemas, type JsonSchema } from '@florin/events';
import { createHttpClient, eventually, type HttpClient, testInfra, uniquePrefix, withoutCoverage } from '@florin/testing';
import { expect } from 'chai';
import { findFreePorts } from '../dev/platform/free-ports.ts';
import { migrationEnvironment, platformEnvironment } from '../dev/platform/platform-environment.ts';
import { dropDatabases, type PreparedDatabases, prepareDatabases } from '../dev/platform/prepare-databases.ts';
import { type RunningService, startService } from '../dev/platform/start-service.ts';
import { runAudit } from '../ops/audit/run-audit.ts';
import { forEachService, type ServiceName, serviceNames, settingOf } from '../ops/platform/service-names.ts';
import { runCommand } from '../ops/programs/run-command.ts';
import { findPreviousRelease, layOut } from '../release/previous-release.ts';
import { admin } from './start-test-platform.ts';

const root = join(import.meta.dirname, '..');
const previous = findPreviousRelease(root, process.env);
const PURCHASES_EACH = 4;
const PRICE = 1_000;

type Clients = Record<ServiceName, HttpClient>;
type Started = Clients & { stop(): Promise<unknown> };

if ('missing' in previous)
  describe.skip(`the previous release beside this one (left out: ${previous.missing})`, () => it('is not available'));
else describe(`the previous release (${previous.commit.slice(0, 9)}) beside this one`, () => runBeside(previous.commit));

function runBeside(commit: string): void {
  const laidOut = join(root, '.florin/previous');
  const prefix = `mix_${newId().slice(-8)}`;
  const running: RunningService[] = [];
  let directory: string;
  let databases: PreparedDatabases;
  let environment: NodeJS.ProcessEnv;

  before(async function () {
    this.timeout(180_000);
    layOut(root, commit, laidOut);
    directory = await mkdtemp(join(tmpdir(), 'florin-mixed-'));
    const { databaseUrl, kafkaBrokers } = testInfra();
    databases = await prepareDatabases({ databaseUrl, prefix, password: 'mixed' });
    const ports = await freePorts();
    environment = {
      ...withoutCoverage(process.env),
      ...platformEnvironment({ ...databases, kafkaBrokers, ports }),
      KAFKA_PREFIX: uniquePrefix('mixed'),
      KAFKA_PARTITIONS: '3',
      KAFKA_SESSION_TIMEOUT_MS: '6000',
      LOG_LEVEL: 'warn',
    };
  });
  after(async () => {
    await Promise.all(running.map((service) => service.stop()));
    await dropDatabases({ databaseUrl: testInfra().databaseUrl, prefix });
    for (const path of [directory, laidOut]) await rm(path, { recursive: true, force: true });
  });

  const fromSource = ['--conditions=source', '--import', pathToFileURL(join(root, 'dev/register.mjs')).href];
  /** The previous release has one user for its database, which migrates and runs. */
  const usersOf = (of: string): NodeJS.ProcessEnv =>
    of === root
      ? {}
      : Object.fromEntries(serviceNames.map((name) => [settingOf(name, 'DATABASE_URL'), databases.migrationUrls[name]]));
  const migrate = (of: string): Promise<unknown> =>
    Promise.all(
      servicesOf(of).map((name) =>
        runCommand(process.execPath, [...fromSource, join(of, `servers/${name}/src/migrate.ts`)], {
          env: { ...environment, ...usersOf(of), ...migrationEnvironment(databases.migrationUrls) } as Record<string, string>,
        }),
      ),
    );
  async function start(
    of: string,
    names: readonly ServiceName[],
    { ports, settings = {} }: { ports: Record<ServiceName, number>; settings?: NodeJS.ProcessEnv },
  ): Promise<Started> {
    const started = await Promise.all(
      names.map(async (name) => {
        const home = join(directory, String(ports[name]));
        await mkdir(home, { recursive: true });
        const service = await startService(name, {
          directory: home,
          port: ports[name],
          environment: { ...environment, ...usersOf(of), ...settings, [settingOf(name, 'PORT')]: String(ports[name]) },
          nodeArguments: [...fromSource, join(of, `servers/${name}/src/main.ts`)],
          endsWithLauncher: true,
          signal: new AbortController().signal,
          onUnexpectedExit: (_, logPath) => process.stderr.write(`${name} of ${of} ended: ${readFileSync(logPath, 'utf8')}\n`),
        });
        running.push(service);
        return service;
      }),
    );
    const clientOf = (name: ServiceName): HttpClient => createHttpClient(() => `http://127.0.0.1:${ports[name]}`);
    return { ...forEachService(clientOf), stop: () => Promise.all(started.map((service) => service.stop())) };
  }
  /** This release without signatures, beside a previous release that has none. */
  async function buyUnsigned(old: Clients, { token, productId }: { token: string; productId: string }): Promise<string[]> {
    const unsigned = await start(root, serviceNames, { ports: await freePorts(), settings: { EVENT_SIGNATURES: 'off' } });
    const bought = [await buy(unsigned, token, productId), await buy(old, token, productId)];
    await unsigned.stop();
    return bought;
  }
  /** Once no instance of the previous release is left. */
  const requireSignatures = (): Promise<unknown> =>
    runCommand(process.execPath, [...fromSource, join(root, 'ops/require-signatures.ts')], {
      env: environment as Record<string, string>,
    });
  const portsOfEnvironment = (): Record<ServiceName, number> =>
    forEachService((name) => Number(environment[settingOf(name, 'PORT')]));

  async function signUp({ auth }: Clients): Promise<string> {
    const body = { email: `${newId()}@florin.example`, password: 'correct horse battery' };
    return (await auth('POST', '/v1/auth/signup', { body })).body.data.accessToken;
  }
  const buy = (clients: Clients, token: string, productId: string): Promise<string> =>
    eventually(async () => {
      const options = { token, headers: { 'idempotency-key': newId() }, body: { items: [{ productId, quantity: 1 }] } };
      const { status, body } = await clients.product('POST', '/v1/purchases', options);
      expect(status, JSON.stringify(body)).to.equal(202);
      return body.data.id as string;
    });

  /** The previous release shows, edits and sorts products whose SKUs it would reject. */
  async function shareProducts(
    { old, fresh }: Record<'old' | 'fresh', Clients>,
    { staff, categoryId }: { staff: string; categoryId: string },
  ): Promise<void> {
    const body = { sku: 'Größe 42 (neu)', name: 'A coat', priceMinor: PRICE + 1, categoryId };
    const made = await fresh.product('POST', '/v1/products', { token: staff, body });
    expect(made.body.data).to.include({ sku: body.sku });
    const path = `/v1/products/${made.body.data.id}`;
    const edited = await old.product('PATCH', path, {
      token: staff,
      body: { name: 'A warm coat' },
      headers: { 'if-match': '"1"' },
    });
    expect(edited.body.data).to.include({ sku: body.sku, name: 'A warm coat' });
    const found = await fresh.product('GET', `/v1/products?sku=${encodeURIComponent(body.sku)}`);
    expect(found.body.data).to.have.length(1);
    for (const { product } of [old, fresh]) {
      for (const query of ['', `categoryId=${categoryId}&`]) {
        const sorted = await product('GET', `/v1/products?${query}sort=price&minPriceMinor=1`);
        expect(sorted.body.data.map(({ name }: { name: string }) => name)).to.deep.equal(['A novel', 'A warm coat']);
      }
    }
  }

  /** A request accepted by one release is replayed by the other, under its key. */
  async function shareKeys(
    { old, fresh }: Record<'old' | 'fresh', Clients>,
    { staff, alice, productId }: { staff: string; alice: string; productId: string },
  ): Promise<void> {
    const { userId } = (await old.payment('GET', '/v1/wallet', { token: alice })).body.data;
    const requests = [
      ['payment', `/v1/wallets/${userId}/holds`, staff, { amountMinor: 1 }],
      ['payment', `/v1/wallets/${userId}/adjustments`, staff, { amountMinor: -1, reason: 'gives the next one back' }],
      ['payment', `/v1/wallet/top-ups`, alice, { amountMinor: 500 }],
      ['payment', `/v1/wallets/${userId}/adjustments`, staff, { amountMinor: -499, reason: 'and this takes it again' }],
      ['product', `/v1/products/${productId}/stock-movements`, staff, { delta: 1, reason: 'delivery' }],
    ] as const;
    for (const [first, second] of [
      [old, fresh],
      [fresh, old],
    ] as const) {
      for (const [service, path, token, body] of requests) {
        const options = { token, body, headers: { 'idempotency-key': newId() } };
        const done = await first[service]('POST', path, options);
        expect(done.status, path).to.equal(201);
        const again = await second[service]('POST', path, options);
        expect([again.status, again.body.data?.id, again.headers.get('idempotent-replayed')], path).to.deep.equal([
          ...[200, done.body.data.id, 'true'],
        ]);
      }
    }
  }

  it('can read every event of this one', () => {
    const snapshot = readFileSync(join(laidOut, 'packages/events/catalogue.snapshot.json'), 'utf8');
    expect(breakingChanges(JSON.parse(snapshot) as Record<string, JsonSchema>, catalogueSchemas())).to.deep.equal([]);
  });

  it('keeps running while the schema is migrated and this release starts beside it, on the same database and topics', async () => {
    const signsAlready = existsSync(join(laidOut, 'packages/events/src/verify-event.ts'));
    await migrate(laidOut);
    const old = await start(laidOut, servicesOf(laidOut), { ports: portsOfEnvironment() });
    const { email, password } = admin;
    const staff: string = (await old.auth('POST', '/v1/auth/signin', { body: { email, password } })).body.data.accessToken;
    const category = await old.product('POST', '/v1/categories', { token: staff, body: { name: 'Books' } });
    const product = { name: 'A novel', priceMinor: PRICE, stock: 1_000, categoryId: category.body.data.id };
    const productId: string = (await old.product('POST', '/v1/products', { token: staff, body: product })).body.data.id;
    const alice = await signUp(old);
    const bought = [await buy(old, alice, productId)];

    await migrate(root);
    bought.push(await buy(old, alice, productId));
    if (!signsAlready) bought.push(...(await buyUnsigned(old, { token: alice, productId })));
    const fresh = await start(root, serviceNames, { ports: await freePorts() });
    const bob = await signUp(fresh);
    for (let count = 0; count < PURCHASES_EACH; count++) {
      bought.push(await buy(old, alice, productId), await buy(fresh, alice, productId));
      await buy(old, bob, productId);
      await buy(fresh, bob, productId);
    }
    const [kept = '', ...cancelled] = bought.slice(-3);
    for (const [index, id] of cancelled.entries()) {
      const { status } = await (index % 2 === 0 ? old : fresh).product('POST', `/v1/purchases/${id}/cancel`, {
        token: alice,
        body: {},
      });
      expect(status).to.equal(202);
    }
    await shareProducts({ old, fresh }, { staff, categoryId: category.body.data.id });
    await shareKeys({ old, fresh }, { staff, alice, productId });
    for (const clients of [old, fresh]) {
      await eventually(async () => {
        const { body } = await clients.product('GET', '/v1/purchases?limit=100', { token: alice });
        const outcomes = body.data.map(({ status, refund }: { status: string; refund: string }) => `${status} ${refund}`).sort();
        const paid = Array.from({ length: bought.length - 2 }, () => 'paid none');
        // A purchase cancelled before its decision has no refund.
        expect(outcomes.filter((outcome: string) => outcome.startsWith('paid'))).to.deep.equal(paid);
        expect(outcomes.filter((outcome: string) => /^cancelled (done|none)$/.test(outcome))).to.have.length(2);
        const { body: one } = await clients.product('GET', `/v1/purchases/${kept}`, { token: alice });
        expect(one.data.status).to.equal('paid');
      });
      const { body: wallet } = await clients.payment('GET', '/v1/wallet', { token: alice });
      expect(wallet.data.balanceMinor).to.equal(1_000_000 - (bought.length - 2) * PRICE);
    }
    const audit = await runAudit({ databaseUrls: databases.databaseUrls, recheckMs: 5_000 });
    expect(audit.findings).to.deep.equal([]);

    await old.stop();
    await requireSignatures();
    const last = await buy(fresh, bob, productId);
    await eventually(async () => {
      const { body } = await fresh.product('GET', `/v1/purchases/${last}`, { token: bob });
      expect(body.data.status).to.equal('paid');
    });
    const afterwards = await runAudit({ databaseUrls: databases.databaseUrls, recheckMs: 5_000 });
    expect(afterwards.findings, 'nothing is forged').to.deep.equal([]);
  }).timeout(240_000);
}

/** Services of a checkout: one of this release may be new. */
function servicesOf(checkout: string): ServiceName[] {
  return serviceNames.filter((name) => existsSync(join(checkout, 'servers', name)));
}

async function freePorts(): Promise<Record<ServiceName, number>> {
  const free = await findFreePorts(serviceNames.length);
  return forEachService((name) => free[serviceNames.indexOf(name)] ?? 0);
}
