import { execFile } from 'node:child_process';
import type { BuyOptions } from '@florin/client';
import { newId } from '@florin/database';
import { closedPort, eventually, failureOf } from '@florin/testing';
import { expect } from 'chai';
import { signInAsAdmin } from '../ops/platform/call-service.ts';
import { findProblems } from '../ops/status/find-problems.ts';
import { loadTopics } from '../ops/status/load-topics.ts';
import { readPlatform } from '../ops/status/read-platform.ts';
import { writeStatus } from '../ops/status/write-status.ts';
import { throwSwitch } from '../ops/switches/throw-switch.ts';
import { tracePurchase } from '../ops/trace/trace-purchase.ts';
import { writeTrace } from '../ops/trace/write-trace.ts';
import { type Person, problemOr, signIn, signUp } from './sign-up.ts';
import { admin, type ProcessPlatform, startTestPlatform } from './start-test-platform.ts';

type Run = { code: number; stdout: string; stderr: string };

describe('The commands of the person on call', function () {
  this.timeout(240_000);
  let platform: ProcessPlatform;
  let alice: Person;
  let productId: string;

  const environment = (): NodeJS.ProcessEnv => {
    const { auth, product, payment, media } = platform.urls;
    return {
      PATH: process.env['PATH'],
      AUTH_URL: auth,
      PRODUCT_URL: product,
      PAYMENT_URL: payment,
      MEDIA_URL: media,
      AUTH_DATABASE_URL: platform.databaseUrls.auth,
      PRODUCT_DATABASE_URL: platform.databaseUrls.product,
      PAYMENT_DATABASE_URL: platform.databaseUrls.payment,
      MEDIA_DATABASE_URL: platform.databaseUrls.media,
      KAFKA_BROKERS: platform.kafkaBrokers.join(','),
      KAFKA_PREFIX: platform.kafkaPrefix,
      FLORIN_ADMIN_EMAIL: admin.email,
      FLORIN_ADMIN_PASSWORD: admin.password,
    };
  };
  /** Runs a command as its own process. */
  const run = (...args: readonly string[]): Promise<Run> =>
    new Promise((resolve) => {
      const command = ['--conditions=source', 'dev/florin.mjs', ...args];
      execFile(process.execPath, command, { env: environment() }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
    });
  const status = async (other: NodeJS.ProcessEnv = {}) => {
    const env = { ...environment(), ...other };
    const token = () => signInAsAdmin({ environment: env });
    const state = await readPlatform({ topics: await loadTopics(), token, environment: env });
    const problems = findProblems(state);
    return { ...state, problems, text: writeStatus(state, problems) };
  };
  const trace = async (id: string, other: NodeJS.ProcessEnv = {}) => {
    const log = { files: [platform.logPathOf('product'), platform.logPathOf('payment')] };
    const found = await tracePurchase(id, { log, environment: { ...environment(), ...other } });
    return { ...found, text: writeTrace(found) };
  };
  const actor = { actorId: null, actorName: 'Kim' };
  const flip = (change: { name: string; isOn: boolean; reason: string; until?: Date }, other: NodeJS.ProcessEnv = {}) =>
    throwSwitch({ ...change, actor, environment: { ...environment(), ...other } });
  const buy = (options: BuyOptions = {}) => alice.florin.buy([{ productId, quantity: 1 }], options);

  before(async () => {
    platform = await startTestPlatform({ settings: { WALLET_OPENING_CREDIT_MINOR: '100000', LOG_LEVEL: 'info' } });
    const { florin: staff } = await signIn(platform, admin);
    const { data: category } = await staff.post('/v1/categories', { body: { name: `Books ${newId()}` } });
    const body = { name: 'A novel', priceMinor: 1_000, stock: 50, categoryId: category.id };
    productId = (await staff.post('/v1/products', { body })).data.id;
    alice = await signUp(platform);
    await buy();
  });
  after(() => platform.stop());

  it('status: says that all is fine, with exit code 0', async () => {
    const all = await eventually(
      async () => {
        const found = await status();
        expect(found.problems).to.deep.equal([]);
        return found;
      },
      { timeoutMs: 60_000 },
    );
    const { product } = all.services;
    expect(product.status.isThere && product.status.value).to.include({ service: 'product', status: 'ok', deadLetters: 0 });
    expect(product.lag.isThere && product.lag.value.map(({ topic }) => topic)).to.include('florin.payments');
    const stdout = await eventually(
      async () => {
        const found = await run('status');
        expect(found.code, found.stdout + found.stderr).to.equal(0);
        return found.stdout;
      },
      { timeoutMs: 60_000 },
    );
    expect(stdout).to.match(/^Florin at .*: fine$/m);
  });

  it('trace: shows timeline, events with their offsets, ledger entries, log lines and the trace id', async () => {
    const { id } = await buy();
    const found = await trace(id);
    const [purchase, payment, events] = [found.purchase, found.payment, found.events].map((part) => part.isThere && part.value);
    expect(purchase, found.text).to.include({ status: 'paid', userId: alice.id });
    expect(payment).to.include({ status: 'charged', amountMinor: 1_000 });
    expect((payment as { entries: unknown[] }).entries).to.have.length(2);
    expect((events as { type: string }[]).map(({ type }) => type)).to.include.members(['purchase-requested', 'purchase-paid']);
    for (const event of events as { topic: string; offset: string }[]) expect(event.offset).to.match(/^\d+$/);
    expect(found.traceIds).to.have.length(1);
    expect(found.log.isThere && found.log.value).to.not.deep.equal([]);
    expect(found.text).to.match(/florin\.purchases\/\d+ at \d+ .*payment handled it/);
    const unknown = await trace(newId());
    expect(unknown.text).to.include('does not know this purchase');
  });

  it('switch: stops purchases, also after a crash, and takes it back', async () => {
    const until = new Date(Date.now() + 7_200_000);
    const thrown = await flip({ name: 'stop-purchases', isOn: true, reason: 'wrong prices', until });
    expect(thrown).to.include({ service: 'product', isOn: true, by: 'Kim', reason: 'wrong prices', until: until.toISOString() });
    const isStopped = async (): Promise<void> => {
      expect(await problemOr(buy({ retry: false }))).to.include({ code: 'PURCHASES_PAUSED' });
    };
    await eventually(isStopped);
    await platform.kill('product');
    await platform.restart('product');
    await isStopped();
    const { problems, text } = await status();
    expect(problems.map(({ alert }) => alert)).to.include('FlorinSwitchThrown');
    expect(text).to.match(/stop-purchases is on since .* by Kim: wrong prices/);
    const off = await run('switch', 'stop-purchases', 'off', '--reason', 'corrected', '--json');
    expect(JSON.parse(off.stdout), off.stderr).to.include({ isOn: false, reason: 'corrected' });
    await eventually(async () => expect(await buy({ retry: false })).to.include({ status: 'paid' }));
  });

  it('switch: refuses an end in the past', async () => {
    const late = { name: 'stop-purchases', isOn: true, reason: 'x', until: new Date('2020-01-01') };
    expect(await failureOf(flip(late))).to.match(/until must be after/);
  });

  it('work while Kafka is away', async () => {
    const away = { KAFKA_BROKERS: `127.0.0.1:${await closedPort()}` };
    const { id } = await buy();
    const [{ problems, services }, { text }] = await Promise.all([status(away), trace(id, away)]);
    expect(problems.map(({ part }) => part)).to.include('kafka');
    expect(services.payment.database.isThere).to.equal(true);
    expect(text).to.match(/events in Kafka: cannot be read/);
    expect(text).to.match(/payment +charged/);
    await flip({ name: 'stop-top-ups', isOn: true, reason: 'x' }, away);
    await flip({ name: 'stop-top-ups', isOn: false, reason: 'x' }, away);
  });

  it('work while a database is away', async () => {
    const url = new URL(platform.databaseUrls.product);
    url.port = String(await closedPort());
    const away = { PRODUCT_DATABASE_URL: url.href };
    const { id } = await buy();
    const [{ problems, services }, { text }] = await Promise.all([status(away), trace(id, away)]);
    expect(problems.map(({ part }) => part)).to.include('product database');
    expect(services.payment.database.isThere && services.product.status.isThere).to.equal(true);
    expect(text).to.match(/product +cannot be read/);
    expect(text).to.match(/purchase-requested .*florin\.purchases\/\d+ at \d+/);
  });

  it('status: works while services are down, also auth', async () => {
    await Promise.all([platform.kill('auth'), platform.kill('payment')]);
    const { problems, services, text } = await status();
    const down = problems.filter(({ alert }) => alert === 'FlorinServiceDown').map(({ part }) => part);
    expect(down).to.include.members(['auth', 'payment']);
    expect(services.product.health.isThere && services.payment.database.isThere).to.equal(true);
    expect(text).to.match(/! payment: does not answer at http/);
    expect(text).to.include('docs/runbook.md#florinservicedown');
  });
});
