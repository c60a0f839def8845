import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Migration } from '@florin/database';
import { kafkaBroker } from '@florin/kafka';
import { createLogger } from '@florin/runtime';
import { createTestDatabase, eventually, type TestDatabase, testBrokers, testKafka, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import kafkajs from 'kafkajs';
import { messagingMigrations } from '../src/index.ts';

const EVENTS = 25;
/** The same value as in the child. */
const RELAY_BATCH = 10;
/** The broker removes a killed consumer only after its session timeout. */
const migrations: Migration[] = [
  ...messagingMigrations,
  {
    name: '0001',
    up: ['CREATE TABLE effects (id INT AUTO_INCREMENT PRIMARY KEY, user_id CHAR(36))'],
  },
];

describe('a service killed with SIGKILL', () => {
  let database: TestDatabase;
  let prefix: string;
  const children: ChildProcess[] = [];
  const closing: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    database = await createTestDatabase(migrations);
    prefix = uniquePrefix('crash');
    const broker = kafkaBroker({
      ...testKafka(),
      clientId: 'test',
      prefix,
      sessionTimeoutMs: 6_000,
      logger: createLogger({ service: 'test', level: 'error' }),
    });
    await broker.createTopics(['florin.users'], { partitions: 1, replicationFactor: 1 });
    await broker.disconnect();
  });

  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    }
    for (const close of closing.splice(0)) await close();
    await database.drop();
  });

  const start = (crashAt: string, append: number, freezeAt = ''): ChildProcess => {
    const child = spawn(process.execPath, [...process.execArgv, fileURLToPath(new URL('./crash-child.ts', import.meta.url))], {
      env: {
        ...process.env,
        DATABASE_URL: database.url,
        BROKERS: testBrokers().join(','),
        PREFIX: prefix,
        CRASH_AT: crashAt,
        FREEZE_AT: freezeAt,
        APPEND: String(append),
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    children.push(child);
    return child;
  };

  for (const point of [
    'after-read-before-publish',
    'after-publish-before-delete',
    'after-publish-before-delete:2',
    'inside-batch',
    'before-commit',
    'after-commit-before-offset',
    'after-commit-before-offset:2',
  ]) {
    it(`at ${point} loses no event and applies none twice`, async () => {
      const killed = start(point, EVENTS);
      const [, signal] = (await once(killed, 'exit')) as [number | null, string | null];
      expect(signal).to.equal('SIGKILL');

      start('', 0);
      await eventually(async () => expect(await database.db('outbox')).to.have.length(0));
      await eventually(async () => {
        const effects: { user_id: string }[] = await database.db('effects');
        expect(new Set(effects.map(({ user_id }) => user_id))).to.have.property('size', EVENTS);
        expect(effects).to.have.length(EVENTS);
      });
      const offsets: { next_offset: number }[] = await database.db('consumer_offsets');
      expect(offsets[0]?.next_offset).to.be.at.least(EVENTS);
    }).timeout(90_000);
  }

  /** Returns the number of messages in the topic. */
  const countMessages = async (): Promise<() => Promise<number>> => {
    const admin = new kafkajs.Kafka({ brokers: testBrokers(), logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    closing.push(() => admin.disconnect());
    return async () => Number((await admin.fetchTopicOffsets(`${prefix}florin.users`))[0]?.high);
  };

  for (const point of ['after-read-before-publish', 'after-publish-before-delete']) {
    it(`frozen at ${point} is replaced, and when thawed publishes again at most the batch that it had read`, async () => {
      const messages = await countMessages();
      const frozen = start('', EVENTS, point);
      await eventually(() => expect(isStopped(frozen)).to.equal(true));
      start('', EVENTS);
      await eventually(async () => expect(await database.db('outbox')).to.have.length(0));
      frozen.kill('SIGCONT');
      await eventually(async () => {
        const effects: { user_id: string }[] = await database.db('effects');
        expect(effects).to.have.length(2 * EVENTS);
        expect(new Set(effects.map(({ user_id }) => user_id))).to.have.property('size', 2 * EVENTS);
      });
      // If it publishes its batch again, it does so at once: a short wait is enough.
      await eventually(async () => expect(await messages()).to.equal(2 * EVENTS + RELAY_BATCH));
      await sleep(1_000);
      expect(await messages()).to.equal(2 * EVENTS + RELAY_BATCH);
      expect(await database.db('effects')).to.have.length(2 * EVENTS);
    }).timeout(90_000);
  }
});

/** Linux shows the state `T` after the name of the command. */
function isStopped({ pid }: ChildProcess): boolean {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('T') ?? false;
}
