// Runs with --full: it keeps the database and the broker away four times. npm run prove does so too.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idBytes, newId, openDatabase } from '@florin/database';
import { makeEvent, type OutgoingEvent } from '@florin/events';
import { kafkaBroker } from '@florin/kafka';
import type { Broker } from '@florin/messaging';
import { createLogger, readKafkaDriver, sleep } from '@florin/runtime';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { type Infra, type ServerName, startInfra } from '../dev/infra/start-infra.ts';
import { signedMessage } from '../dev/platform/signed-message.ts';
import { type ServiceName, serviceNames } from '../ops/platform/service-names.ts';
import { type ProcessPlatform, startTestPlatform } from './start-test-platform.ts';

const USERS = 40;
/** Longer than a partition's maximum pause between retries, so that every pause ends during the outage. */
const BOTH_AWAY_MS = 15_000;

type Fault = {
  name: string;
  take(server: ServerName): Promise<void>;
  giveBack(server: ServerName): Promise<void>;
  /** Log line of a service whose partitions pause for the maximum, if the test can wait for it. */
  resting: RegExp;
};

/** Services as separate processes, on a private database server and broker. */
describe('a database and a broker that are unavailable at the same time', function () {
  this.timeout(480_000);
  let directory: string;
  let infra: Infra;
  let platform: ProcessPlatform;
  let outside: Broker;
  const ended: ServiceName[] = [];
  const away: (() => Promise<void>)[] = [];

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'florin-away-'));
    infra = await startInfra({ directory, isDurable: false, onProgress: () => {} });
    platform = await startTestPlatform({
      infra,
      settings: { KAFKA_PARTITIONS: '12' },
      onUnexpectedExit: (name) => ended.push(name),
    });
    outside = kafkaBroker({
      brokers: infra.kafkaBrokers,
      security: infra.kafkaSecurity,
      driver: readKafkaDriver(process.env),
      clientId: 'outside',
      prefix: platform.kafkaPrefix,
      sessionTimeoutMs: 6_000,
      logger: createLogger({ service: 'outside', level: 'error' }),
    });
  });
  after(async () => {
    // Each test runs also after a failure of the one before.
    for (const stop of [() => outside?.disconnect(), () => platform?.stop(), () => infra?.stop()])
      await Promise.allSettled([stop()]);
    await rm(directory, { recursive: true, force: true });
  });

  afterEach(giveAllBack);

  const faults: Fault[] = [
    {
      name: 'killed',
      take: (server) => infra.kill(server),
      giveBack: (server) => infra.restart(server),
      resting: /"failures":7,/,
    },
    {
      name: 'frozen',
      take: async (server) => infra.freeze(server),
      giveBack: async (server) => infra.thaw(server),
      resting: /"failures":1,/,
    },
  ];
  const orders: [ServerName, ServerName][] = [
    ['database', 'broker'],
    ['broker', 'database'],
  ];
  for (const fault of faults) {
    const { name, resting } = fault;
    for (const [first, second] of orders) {
      it(`are survived by every service: ${name}, the ${first} first`, async () => {
        const before = logLengths();
        if (first === 'broker') await publishWork();
        await takeAway(first, fault);
        if (first === 'database') {
          const users = await publishWork();
          expect(users).to.have.length(USERS);
          for (const service of ['product', 'payment'] as const) await untilLogged(service, before, resting);
        }
        await takeAway(second, fault);
        // A fixed time: the test shows that no process ends during it.
        await sleep(BOTH_AWAY_MS);
        await giveAllBack();
        expect(ended, 'processes that ended').to.deep.equal([]);

        const users = await eventually(publishWork, { timeoutMs: 60_000 });
        await eventually(() => expectHandled(users), { timeoutMs: 60_000, everyMs: 250 });
        for (const service of serviceNames)
          await eventually(async () => expect((await platform[service]('GET', '/health/ready')).status, service).to.equal(200), {
            timeoutMs: 60_000,
          });
        expect(ended, 'processes that ended').to.deep.equal([]);
      });
    }
  }

  async function takeAway(server: ServerName, { take, giveBack }: Fault): Promise<void> {
    await take(server);
    away.push(() => giveBack(server));
  }

  /** Restores the servers in reverse order. */
  async function giveAllBack(): Promise<void> {
    for (let giveBack = away.pop(); giveBack; giveBack = away.pop()) await giveBack();
  }

  /** Creates users for payment and wallets for product, on all partitions. */
  async function publishWork(): Promise<string[]> {
    const users = Array.from({ length: USERS }, () => newId());
    await outside.publish(users.flatMap((userId) => [registered(userId), walletOpened(userId)]).map(signedMessage));
    return users;
  }

  async function expectHandled(users: readonly string[]): Promise<void> {
    expect(await countOf('payment', 'wallets', users)).to.equal(USERS);
    expect(await countOf('product', 'buyer_limits', users)).to.equal(USERS);
  }

  async function countOf(service: ServiceName, table: string, users: readonly string[]): Promise<number> {
    const db = openDatabase({ url: platform.databaseUrls[service], poolMax: 1 });
    try {
      const rows = await db(table).whereIn('user_id', users.map(idBytes)).select('user_id');
      return new Set(rows.map(({ user_id }: { user_id: Buffer }) => user_id.toString('hex'))).size;
    } finally {
      await db.destroy();
    }
  }

  function logLengths(): Record<ServiceName, number> {
    return Object.fromEntries(serviceNames.map((name) => [name, platform.logOf(name).length])) as Record<ServiceName, number>;
  }

  async function untilLogged(service: ServiceName, since: Record<ServiceName, number>, what: RegExp): Promise<void> {
    await eventually(() => expect(platform.logOf(service).slice(since[service]), service).to.match(what), { timeoutMs: 60_000 });
  }
});

function registered(userId: string): OutgoingEvent {
  return makeEvent('user-registered', { sequence: 1, data: { userId } });
}

function walletOpened(userId: string): OutgoingEvent {
  const amounts = { balanceMinor: 0, availableMinor: 0, spendLimitMinor: 0 };
  const data = { walletId: newId(), userId, currency: 'EUR', ...amounts, status: 'active' as const, version: 1 };
  return makeEvent('wallet-opened', { sequence: 1, data });
}
