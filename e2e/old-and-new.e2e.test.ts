// Runs with --full: it builds the release before and runs it beside this one.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type FlorinClient, memoryStorage, type TokenStorage } from '@florin/client';
import { newId } from '@florin/database';
import { breakingChanges, catalogueSchemas, type JsonSchema } from '@florin/events';
import { eventually, testInfra, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import { findFreePorts } from '../dev/platform/free-ports.ts';
import { migrationEnvironment, platformEnvironment } from '../dev/platform/platform-environment.ts';
import { dropDatabases, type PreparedDatabases, prepareDatabases } from '../dev/platform/prepare-databases.ts';
import { type RunningService, startService } from '../dev/platform/start-service.ts';
import { runAudit } from '../ops/audit/run-audit.ts';
import { forEachService, type ServiceName, serviceNames, settingOf } from '../ops/platform/service-names.ts';
import { runCommand } from '../ops/programs/run-command.ts';
import { findPreviousRelease, layOut } from '../release/previous-release.ts';
import { openClient, signUp } from './sign-up.ts';
import { admin } from './start-test-platform.ts';

const root = join(import.meta.dirname, '..');
const previous = findPreviousRelease(root, process.env);
const PURCHASES_EACH = 4;
const PRICE = 1_000;

/** The running services of one release. */
type Release = { urls: Record<ServiceName, string> };
type Started = Release & { stop(): Promise<unknown> };
/** A user by their tokens, which every release accepts. */
type User = TokenStorage;

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
      ...process.env,
      ...platformEnvironment({ ...databases, directory, kafkaBrokers, ports }),
      KAFKA_PREFIX: uniquePrefix('mixed'),
      KAFKA_PARTITIONS: '3',
      KAFKA_SESSION_TIMEOUT_MS: '6000',
      LOG_LEVEL: 'warn',
      // The release before does not know what the shop starts. Operators switch it on when no instance of it runs.
      SHOP: 'off',
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
    const urls = forEachService((name) => `http://127.0.0.1:${ports[name]}`);
    return { urls, stop: () => Promise.all(started.map((service) => service.stop())) };
  }
  /** This release without signatures, beside a previous release that has none. */
  async function buyUnsigned(old: Release, { user, productId }: { user: User; productId: string }): Promise<string[]> {
    const unsigned = await start(root, serviceNames, {
      ports: await freePorts(),
      settings: { EVENT_SIGNATURES: 'off', SHOP: 'off' },
    });
    const bought = [await buy(unsigned, user, productId), await buy(old, user, productId)];
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

  const as = (user: User, release: Release): FlorinClient => openClient(release, { storage: user });
  async function newUser(release: Release): Promise<User> {
    const storage = memoryStorage();
    await signUp(release, { storage });
    return storage;
  }
  async function buy(release: Release, user: User, productId: string): Promise<string> {
    return (await as(user, release).post('/v1/purchases', { body: { items: [{ productId, quantity: 1 }] } })).data.id;
  }

  /** With SHOP on, once no instance of the previous release is left. */
  async function checkOutCart({ urls }: Release, { user, productId }: { user: User; productId: string }): Promise<Release> {
    const settings = { SHOP: 'on', JWKS_URL: `${urls.auth}/.well-known/jwks.json` };
    const on = await start(root, ['product'], { ports: await freePorts(), settings });
    const shop = { urls: { ...urls, product: on.urls.product } };
    const florin = as(user, shop);
    await florin.put('/v1/cart/items/{productId}', { params: { path: { productId } }, body: { quantity: 2 } });
    const { data: bought } = await florin.post('/v1/cart/checkout', { body: { expectedTotalMinor: 2 * PRICE } });
    // An instance without the shop shows the purchase too.
    expect(await as(user, { urls }).waitForPurchase(bought.id)).to.include({ status: 'paid', totalMinor: 2 * PRICE });
    expect((await florin.get('/v1/cart')).data.items).to.deep.equal([]);
    return shop;
  }

  /** The purchases of the previous release get their numbers, and its users become customers with SHOP on. */
  async function findByNumber(shop: Release, { staff, user }: { staff: User; user: User }): Promise<void> {
    const purchases = await eventually(async () => {
      const { data } = await as(user, shop).get('/v1/purchases', { params: { query: { limit: 100 } } });
      for (const { number } of data) expect(number).to.match(/^[0-9A-Z]{8}$/);
      return data;
    });
    expect(new Set(purchases.map(({ number }) => number)).size).to.equal(purchases.length);
    await start(root, ['auth'], { ports: await freePorts(), settings: { SHOP: 'on' } });
    const { id, email, name } = (await as(user, shop).get('/v1/users/me')).data;
    await eventually(async () => {
      const query = { q: purchases.at(-1)?.number ?? '' };
      const { data } = await as(staff, shop).get('/v1/customers', { params: { query } });
      expect(data).to.deep.equal([{ userId: id, email, name }]);
    });
  }

  /** The previous release shows, edits and sorts products whose SKUs it would reject. */
  async function shareProducts(
    { old, fresh }: Record<'old' | 'fresh', Release>,
    { staff, categoryId }: { staff: User; categoryId: string },
  ): Promise<void> {
    const body = { sku: 'Größe 42 (neu)', name: 'A coat', priceMinor: PRICE + 1, categoryId };
    const made = await as(staff, fresh).post('/v1/products', { body });
    expect(made.data).to.include({ sku: body.sku });
    const edited = await as(staff, old).patch('/v1/products/{id}', {
      params: { path: { id: made.data.id }, header: { 'If-Match': '"1"' } },
      body: { name: 'A warm coat' },
    });
    expect(edited.data).to.include({ sku: body.sku, name: 'A warm coat' });
    const found = await as(staff, fresh).get('/v1/products', { params: { query: { sku: body.sku } } });
    expect(found.data).to.have.length(1);
    for (const release of [old, fresh]) {
      for (const chosen of [{}, { categoryId }]) {
        const query = { ...chosen, sort: 'price' as const, minPriceMinor: 1 };
        const sorted = await as(staff, release).get('/v1/products', { params: { query } });
        expect(sorted.data.map(({ name }) => name)).to.deep.equal(['A novel', 'A warm coat']);
      }
    }
  }

  /** A request accepted by one release is replayed by the other, under its key. */
  async function shareKeys(
    { old, fresh }: Record<'old' | 'fresh', Release>,
    { staff, alice, productId }: { staff: User; alice: User; productId: string },
  ): Promise<void> {
    const { userId } = (await as(alice, old).get('/v1/wallet')).data;
    const params = { path: { userId } };
    type Keyed = { idempotencyKey: string };
    type Made = Promise<{ data: { id: string }; response: Response }>;
    const adjust = (amountMinor: number) => (release: Release, keyed: Keyed) =>
      as(staff, release).post('/v1/wallets/{userId}/adjustments', {
        params,
        body: { amountMinor, reason: 'to and fro' },
        ...keyed,
      });
    const requests: Record<string, (release: Release, keyed: Keyed) => Made> = {
      hold: (release, keyed) =>
        as(staff, release).post('/v1/wallets/{userId}/holds', { params, body: { amountMinor: 1 }, ...keyed }),
      'adjustment that gives the next one back': adjust(-1),
      'top-up': (release, keyed) => as(alice, release).post('/v1/wallet/top-ups', { body: { amountMinor: 500 }, ...keyed }),
      'adjustment that takes it again': adjust(-499),
      'stock movement': (release, keyed) =>
        as(staff, release).post('/v1/products/{id}/stock-movements', {
          params: { path: { id: productId } },
          body: { delta: 1, reason: 'delivery' },
          ...keyed,
        }),
    };
    for (const [first, second] of [
      [old, fresh],
      [fresh, old],
    ] as const) {
      for (const [what, send] of Object.entries(requests)) {
        const keyed = { idempotencyKey: newId() };
        const done = await send(first, keyed);
        expect(done.response.status, what).to.equal(201);
        const { data, response } = await send(second, keyed);
        expect([response.status, data.id, response.headers.get('idempotent-replayed')], what).to.deep.equal([
          ...[200, done.data.id, 'true'],
        ]);
      }
    }
  }

  /** The shop is switched on instance by instance: payment of this release answers while it is still off. */
  async function refundBeside(
    off: Release,
    { staff, user, productId }: { staff: User; user: User; productId: string },
  ): Promise<void> {
    const settings = { SHOP: 'on', JWKS_URL: `${off.urls.auth}/.well-known/jwks.json` };
    const on = await start(root, ['product'], { ports: await freePorts(), settings });
    const shop = { urls: { ...off.urls, product: on.urls.product } };
    const id = await buy(shop, user, productId);
    const path = { path: { id } };
    expect(await as(user, shop).waitForPurchase(id)).to.include({ status: 'paid' });
    const { data: before } = await as(user, shop).get('/v1/wallet');
    const refund = (release: Release) =>
      as(staff, release).post('/v1/purchases/{id}/refunds', { params: path, body: { amountMinor: 300, reason: 'Late' } });
    const refused = await refund(off).catch((error: unknown) => error);
    expect(refused).to.include({ status: 404 });
    await refund(shop);
    for (const verb of ['ship', 'deliver'] as const)
      await as(staff, shop).post(`/v1/purchases/{id}/${verb}`, { params: path, body: {} });
    const claim = await as(user, shop).post('/v1/purchases/{id}/claims', {
      params: path,
      body: { items: [{ productId, quantity: 1 }], reason: 'damaged' },
    });
    await as(staff, shop).post('/v1/claims/{id}/approve', {
      params: { path: { id: claim.data.id } },
      body: { refundMinor: PRICE - 300, restock: true, returnRequired: false },
    });
    for (const release of [off, shop])
      await eventually(async () => {
        const { data: purchase } = await as(user, release).get('/v1/purchases/{id}', { params: path });
        expect(purchase).to.include({ status: 'delivered', refundedMinor: PRICE });
      });
    const { data: after } = await as(user, shop).get('/v1/wallet');
    expect(after.balanceMinor).to.equal(before.balanceMinor + PRICE);
  }

  it('can read every event of this one', () => {
    const snapshot = readFileSync(join(laidOut, 'packages/events/catalogue.snapshot.json'), 'utf8');
    expect(breakingChanges(JSON.parse(snapshot) as Record<string, JsonSchema>, catalogueSchemas())).to.deep.equal([]);
  });

  it('keeps running while the schema is migrated and this release starts beside it, on the same database and topics', async () => {
    const signsAlready = existsSync(join(laidOut, 'packages/events/src/verify-event.ts'));
    await migrate(laidOut);
    const old = await start(laidOut, servicesOf(laidOut), { ports: portsOfEnvironment() });
    const staff = memoryStorage();
    await as(staff, old).session.signIn(admin);
    const { data: category } = await as(staff, old).post('/v1/categories', { body: { name: `Books ${newId()}` } });
    const body = { name: 'A novel', priceMinor: PRICE, stock: 1_000, categoryId: category.id };
    const { id: productId } = (await as(staff, old).post('/v1/products', { body })).data;
    const alice = await newUser(old);
    const bought = [await buy(old, alice, productId)];

    await migrate(root);
    bought.push(await buy(old, alice, productId));
    if (!signsAlready) bought.push(...(await buyUnsigned(old, { user: alice, productId })));
    const fresh = await start(root, serviceNames, { ports: await freePorts(), settings: { SHOP: 'off' } });
    const bob = await newUser(fresh);
    for (let count = 0; count < PURCHASES_EACH; count++) {
      bought.push(await buy(old, alice, productId), await buy(fresh, alice, productId));
      await buy(old, bob, productId);
      await buy(fresh, bob, productId);
    }
    const [kept = '', ...cancelled] = bought.slice(-3);
    for (const [index, id] of cancelled.entries()) {
      const release = index % 2 === 0 ? old : fresh;
      const { response } = await as(alice, release).post('/v1/purchases/{id}/cancel', { params: { path: { id } } });
      expect(response.status).to.equal(202);
    }
    await shareProducts({ old, fresh }, { staff, categoryId: category.id });
    await shareKeys({ old, fresh }, { staff, alice, productId });
    for (const release of [old, fresh]) {
      const florin = as(alice, release);
      await eventually(async () => {
        const { data: purchases } = await florin.get('/v1/purchases', { params: { query: { limit: 100 } } });
        const outcomes = purchases.map(({ status, refund }) => `${status} ${refund}`).sort();
        const paid = Array.from({ length: bought.length - 2 }, () => 'paid none');
        // A purchase cancelled before its decision has no refund.
        expect(outcomes.filter((outcome) => outcome.startsWith('paid'))).to.deep.equal(paid);
        expect(outcomes.filter((outcome) => /^cancelled (done|none)$/.test(outcome))).to.have.length(2);
        expect(await florin.waitForPurchase(kept)).to.include({ status: 'paid' });
      });
      const { data: wallet } = await florin.get('/v1/wallet');
      expect(wallet.balanceMinor).to.equal(1_000_000 - (bought.length - 2) * PRICE);
    }
    const audit = await runAudit({ databaseUrls: databases.databaseUrls, recheckMs: 5_000 });
    expect(audit.findings).to.deep.equal([]);

    await old.stop();
    await requireSignatures();
    await refundBeside(fresh, { staff, user: bob, productId });
    const last = await buy(fresh, bob, productId);
    expect(await as(bob, fresh).waitForPurchase(last)).to.include({ status: 'paid' });
    const shop = await checkOutCart(fresh, { user: bob, productId });
    await findByNumber(shop, { staff, user: alice });
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
