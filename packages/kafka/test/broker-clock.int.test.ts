import type { Broker, Message } from '@florin/messaging';
import { createLogger } from '@florin/runtime';
import { eventually, type ShiftedClock, shiftClock, testKafka, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import kafkajs from 'kafkajs';
import { kafkaBroker, openKafkajs } from '../src/index.ts';
import { describeDrivers } from './test-broker.ts';

const DAY_MS = 86_400_000;
const TOPIC = 'florin.users';

describeDrivers("the broker's clock", (driver) => {
  const logger = createLogger({ service: 'test', level: 'error' });
  const prefix = uniquePrefix('clock');
  const options = { ...testKafka(), driver, clientId: 'test', prefix, sessionTimeoutMs: 6_000, logger };
  const brokers: Broker[] = [];
  let clock: ShiftedClock;
  const open = (): Broker => {
    const broker = kafkaBroker(options);
    brokers.push(broker);
    return broker;
  };
  before(async () => {
    await open().createTopics([TOPIC, 'florin.sessions'], { partitions: 1, replicationFactor: 1 });
  });
  beforeEach(() => {
    clock = shiftClock();
  });
  afterEach(() => clock.restore());
  after(() => Promise.all(brokers.map((broker) => broker.disconnect())));

  const message = (value: string, topic = TOPIC) => ({ topic, key: 'alice', value, headers: {} });
  const read = async (broker: Broker): Promise<number> => (await broker.readClock?.()) ?? 0;

  for (const offMs of [0, 2 * DAY_MS, -60 * DAY_MS]) {
    it(`is read, whatever the own clock shows (${offMs / DAY_MS} days off)`, async () => {
      clock.set(offMs);
      const broker = open();
      const times = [await read(broker), await read(broker)];
      for (const time of times) expect(Math.abs(time + offMs - Date.now())).to.be.below(10_000);
      expect(times[1]).to.be.at.least(times[0] ?? 0);
    });
  }

  it('is read even if the migration step has not created its topic', async () => {
    const bare = kafkaBroker({ ...options, prefix: uniquePrefix('bare') });
    brokers.push(bare);
    expect(Math.abs((await read(bare)) - Date.now())).to.be.below(10_000);
  });

  for (const offMs of [2 * DAY_MS, -60 * DAY_MS]) {
    it(`stamps messages of an instance that is ${offMs / DAY_MS} days off`, async () => {
      const broker = open();
      await read(broker);
      clock.set(offMs);
      await broker.publish([message(`off by ${offMs}`)]);
      clock.set(0);
      expect(Math.abs((await stampOf(`off by ${offMs}`)) - Date.now())).to.be.below(10_000);
    });
  }

  it('determines the relevant messages for a follower with a fast clock', async () => {
    const publisher = open();
    await read(publisher);
    await publisher.publish([message('revoked', 'florin.sessions')]);
    clock.set(2 * DAY_MS);
    const consumed: (string | undefined)[] = [];
    const onMessages = (messages: readonly Message[]) => void consumed.push(...messages.map(({ value }) => value?.toString()));
    const following = open().follow({ group: 'follower', topic: 'florin.sessions', sinceMs: 60_000, onMessages });
    await eventually(() => following.check());
    await following.stop();
    expect(consumed).to.deep.equal(['revoked']);
  });

  it('does not time the heartbeats of a consumer: a group accepts a new member after the own clock was set back', async () => {
    const subscriptions = [await join(), await join()];
    const members = await eventually(async () => {
      const group = await consumerGroup();
      expect(group).to.deep.include({ state: 'Stable' });
      expect(group.members).to.have.length(2);
      return group.members;
    });
    clock.set(-2 * DAY_MS);
    // The others learn of it by their heartbeats. A member that sends none is removed from the group.
    const joining = join();
    await eventually(async () => {
      const group = await consumerGroup();
      expect(group).to.deep.include({ state: 'Stable' });
      expect(group.members).to.have.length(3).and.include.members(members);
    });
    clock.set(0);
    await Promise.all([...subscriptions, await joining].map((subscription) => subscription.stop()));
  });

  const join = () =>
    open().subscribe({
      group: 'consumer',
      topics: [TOPIC],
      batchSize: 10,
      onBatch: async () => {},
      onCrash: (error) => {
        throw error;
      },
    });

  const kafka = openKafkajs({ clientId: 'watch', ...testKafka(), logLevel: kafkajs.logLevel.NOTHING });

  async function consumerGroup(): Promise<{ state: string; members: string[] }> {
    const admin = kafka.admin();
    await admin.connect();
    try {
      const { groups } = await admin.describeGroups([`${prefix}consumer`]);
      const [{ state, members }] = groups as [(typeof groups)[number]];
      return { state, members: members.map(({ memberId }) => memberId) };
    } finally {
      await admin.disconnect();
    }
  }

  /** The broker's timestamp of a message. */
  async function stampOf(value: string): Promise<number> {
    const consumer = kafka.consumer({ groupId: uniquePrefix('stamps') });
    await consumer.connect();
    await consumer.subscribe({ topics: [prefix + TOPIC], fromBeginning: true });
    try {
      return await new Promise<number>((resolve, reject) => {
        consumer
          .run({
            eachMessage: async (each) =>
              String(each.message.value) === value ? resolve(Number(each.message.timestamp)) : undefined,
          })
          .catch(reject);
      });
    } finally {
      await consumer.disconnect();
    }
  }
});
