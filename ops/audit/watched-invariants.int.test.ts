import type { Invariant, Query, SweptPage } from '@florin/invariants';
import { payment } from '@florin/payment-server';
import { createLogger, createMetrics, type Logger, type Metrics } from '@florin/runtime';
import { type InvariantWatch, inspectService, watchInvariants } from '@florin/service';
import { createTestDatabase, eventually, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import winston from 'winston';
import { loadDefinition, loadMigrations } from '../platform/load-service.ts';
import { serviceNames } from '../platform/service-names.ts';
import { allChecks } from './all-checks.ts';

/** They compare two services, and no service reads the database of another: only npm run audit checks them. */
const betweenServices = [
  'paid-purchases',
  'declined-purchases',
  'cancelled-purchases',
  'stuck-purchases',
  'payment-purchases',
  'buyer-limits',
  'user-wallets',
  'contacts',
];

describe('The invariants that services check in the background', () => {
  it('are all of npm run audit, except those between services', async () => {
    const watched = new Set<string>();
    for (const name of serviceNames) for (const check of inspectService(await loadDefinition(name)).watched) watched.add(check);
    expect([...watched, ...betweenServices]).to.have.members([...allChecks.keys()]);
  });
});

describe('The background checks of payment', () => {
  let database: TestDatabase;
  let metrics: Metrics;
  let watches: InvariantWatch[];
  let lines: Record<string, unknown>[];
  let logger: Logger;

  before(async () => {
    database = await createTestDatabase(await loadMigrations('payment'), payment.rights);
    await database.db.raw(`INSERT INTO wallets (id, user_id, currency, balance_minor, entry_sequence, credit_limit_minor, spend_limit_minor, version)
      VALUES (UNHEX(REPEAT('01', 16)), UNHEX(REPEAT('02', 16)), 'EUR', 0, 0, 0, 0, 1)`);
  });
  after(() => database?.drop());
  beforeEach(() => {
    watches = [];
    lines = [];
    metrics = createMetrics('payment');
    logger = createLogger({ service: 'payment', level: 'info' });
    logger.clear();
    logger.add(new winston.transports.Console({ silent: true }));
    logger.on('data', (line: Record<string, unknown>) => lines.push(line));
  });
  afterEach(() => Promise.all(watches.map((watch) => watch.stop())));

  const watch = (shownIn: Metrics, percent = 100): void => {
    const { invariants } = inspectService(payment);
    const options = { databaseUrl: database.runningUrl, invariants, logger, metrics: shownIn, percent };
    const started = watchInvariants({ ...options, startAfterMs: 0, restMs: 20, recheckMs: 10 });
    watches.push(started);
    started.start();
  };
  const shown = async (name: string, from = metrics): Promise<Map<string, number>> => {
    const text = await from.registry.metrics();
    const found = text.matchAll(new RegExp(`^florin_invariant_${name}\\{invariant="([^"]+)",service="payment"\\} (.+)$`, 'gm'));
    return new Map([...found].map(([, check = '', value]) => [check, Number(value)]));
  };
  const connections = async (): Promise<number> => {
    const user = new URL(database.runningUrl).username;
    const found: unknown[] = await database.db('information_schema.processlist').where({ user });
    return found.length;
  };
  const violations = async (check: string) => (await shown('violations')).get(check);

  it('find a planted violation, log it once with its row, and see that it is mended', async () => {
    watch(metrics);
    await eventually(async () => expect(await violations('wallet-balances')).to.equal(0));
    await database.db('wallets').update({ balance_minor: 500 });
    await eventually(async () => expect(await violations('wallet-balances')).to.equal(1));
    // Several rounds.
    const { size } = await shown('violations');
    expect(size).to.equal(new Set(inspectService(payment).invariants.map(({ check }) => check)).size);
    await eventually(async () => expect((await shown('check_age_seconds')).get('wallet-balances')).to.be.below(0.02));
    await database.db('wallets').update({ balance_minor: 0 });
    await eventually(async () => expect(await violations('wallet-balances')).to.equal(0));
    await eventually(() => expect(lines.map(({ event }) => event)).to.include('an invariant holds again'));
    const found = lines.filter(({ event }) => event === 'an invariant is violated');
    expect(found).to.have.length(1);
    expect(found[0]).to.deep.include({ invariant: 'wallet-balances', violations: 1 });
    expect(found[0]).to.have.nested.property('rows[0].subject', '01010101-0101-0101-0101-010101010101');
    expect((await shown('check_duration_seconds')).get('wallet-balances')).to.be.above(0);
  });

  it('run in one instance at a time, and another takes over', async () => {
    const other = createMetrics('payment');
    watch(metrics);
    await eventually(async () => expect((await shown('check_age_seconds')).size).to.be.above(0));
    watch(other);
    await eventually(async () => expect(await connections()).to.equal(2));
    // A whole round, in which the other instance would have begun.
    for (const balance of [500, 0]) {
      await database.db('wallets').update({ balance_minor: balance });
      await eventually(async () => expect(await violations('wallet-balances')).to.equal(balance === 0 ? 0 : 1));
    }
    expect(await shown('check_age_seconds', other)).to.have.property('size', 0);
    await watches[0]?.stop();
    expect(await shown('violations')).to.have.property('size', 0);
  });

  it('wait for no row that a transaction has locked, and lock none', async () => {
    const trx = await database.db.transaction();
    try {
      await trx.raw('SELECT * FROM wallets FOR UPDATE');
      watch(metrics);
      await eventually(async () => expect(await violations('wallet-balances')).to.equal(0));
    } finally {
      await trx.rollback();
    }
  });

  it('go on after one that cannot be checked, whose age grows', async () => {
    await database.db.raw('RENAME TABLE top_ups TO moved');
    try {
      watch(metrics);
      await eventually(async () => expect(await violations('wallet-balances')).to.equal(0));
      await eventually(() => expect(lines.map(({ event }) => event)).to.include('an invariant could not be checked'));
      expect(await violations('top-ups')).to.equal(undefined);
      expect((await shown('check_age_seconds')).get('top-ups')).to.be.a('number');
    } finally {
      await database.db.raw('RENAME TABLE moved TO top_ups');
    }
  });

  it('end with their statement when the service stops', async () => {
    const slow: Invariant = { check: 'slow', rule: 'Takes ten minutes.', sweep: workInDatabase };
    const options = { databaseUrl: database.runningUrl, invariants: [slow], logger, metrics, percent: 100 };
    const started = watchInvariants({ ...options, startAfterMs: 0, maxStatementMs: 600_000 });
    watches.push(started);
    started.start();
    const running = async (): Promise<number> => {
      const found = await database.db('information_schema.processlist').where('info', 'like', 'SELECT BENCHMARK(%');
      return found.length;
    };
    await eventually(async () => expect(await running()).to.equal(1));
    await started.stop();
    await eventually(async () => expect(await running()).to.equal(0));
    expect(lines.filter(({ level }) => level === 'warn')).to.deep.equal([]);
  }).timeout(60_000);

  it('do not run with a share of 0', async () => {
    watch(metrics, 0);
    await watches[0]?.stop();
    expect((await shown('check_age_seconds')).size).to.equal(0);
  });
});

async function* workInDatabase(query: Query): AsyncGenerator<SweptPage, void> {
  // The server would notice in SLEEP that the client is gone.
  await query("SELECT BENCHMARK(1e12, SHA2('slow', 512))");
  yield { rows: 1, broken: [] };
}
