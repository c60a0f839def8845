import { newId } from '@florin/database';
import type { Broker, Following } from '@florin/messaging';
import { sleep } from '@florin/runtime';
import { eventually, testKafka, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import kafkajs, { type Admin } from 'kafkajs';
import { openKafkajs } from '../src/index.ts';
import { describeDrivers, testBroker } from './test-broker.ts';

const TOPIC = 'florin.sessions';
const HOUR_MS = 3_600_000;

describeDrivers('following a topic', (driver) => {
  let prefix: string;
  let broker: Broker;
  let admin: Admin;
  const followings: Following[] = [];

  before(async () => {
    prefix = uniquePrefix('follow');
    broker = testBroker(prefix, { driver });
    await broker.createTopics([TOPIC], { partitions: 3, replicationFactor: 1, retentionMs: { [TOPIC]: HOUR_MS } });
    admin = openKafkajs({ ...testKafka(), logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
  });
  afterEach(async () => {
    await Promise.all(followings.splice(0).map((following) => following.stop()));
  });
  after(async () => {
    await admin.disconnect();
    await broker.disconnect();
  });

  const follow = ({ sinceMs = HOUR_MS, from = broker } = {}): { consumed: string[]; following: Following } => {
    const consumed: string[] = [];
    const following = from.follow({
      group: 'florin.test.sessions',
      topic: TOPIC,
      sinceMs,
      onMessages: (messages) => {
        consumed.push(...messages.map(({ value }) => String(value)));
      },
    });
    followings.push(following);
    return { consumed, following };
  };
  const send = async (count: number): Promise<string[]> => {
    const values = Array.from({ length: count }, () => newId());
    await broker.publish(values.map((value) => ({ topic: TOPIC, key: newId(), value, headers: {} })));
    return values;
  };
  const groups = async (): Promise<string[]> =>
    (await admin.listGroups()).groups.map(({ groupId }) => groupId).filter((groupId) => groupId.startsWith(prefix));
  const untilReady = (following: Following): Promise<void> => eventually(() => following.check());

  it('reads existing messages before it is ready, and then new ones; each follower reads all of them', async () => {
    const old = await send(50);
    const [one, other] = [follow(), follow()];
    expect(() => one.following.check()).to.throw('florin.sessions: not read to the end yet');
    for (const { following, consumed } of [one, other]) {
      await untilReady(following);
      expect(consumed).to.include.members(old);
    }
    const later = await send(20);
    for (const { consumed } of [one, other]) await eventually(() => expect(consumed).to.include.members(later));
  });

  it('skips messages older than requested', async () => {
    const old = await send(10);
    await sleep(1_100);
    const { consumed, following } = follow({ sinceMs: 1_000 });
    await untilReady(following);
    const later = await send(10);
    await eventually(() => expect(consumed).to.include.members(later));
    expect(consumed.filter((value) => old.includes(value))).to.deep.equal([]);
  });

  it('receives a new message within a second', async () => {
    const { consumed, following } = follow();
    await untilReady(following);
    const tookMs: number[] = [];
    for (let round = 0; round < 5; round++) {
      const values = await send(1);
      const sentAt = performance.now();
      await eventually(() => expect(consumed).to.include.members(values), { everyMs: 5 });
      tookMs.push(performance.now() - sentAt);
    }
    // Most of them: a busy machine delays some.
    expect(tookMs.sort((a, b) => a - b)[2], tookMs.join(', ')).to.be.below(1_000);
  });

  it('is ready at once if the topic is empty', async () => {
    const empty = testBroker(uniquePrefix('empty'), { driver });
    await empty.createTopics([TOPIC], { partitions: 3, replicationFactor: 1 });
    const { following } = follow({ from: empty });
    await untilReady(following);
    await following.stop();
    await empty.disconnect();
  });

  it('leaves no group behind, and never commits an offset', async () => {
    const { following } = follow();
    await untilReady(following);
    await send(5);
    for (const group of await groups()) {
      expect(group).to.match(/florin\.test\.sessions\.[\da-f-]{36}$/);
      const [offsets] = await admin.fetchOffsets({ groupId: group, topics: [prefix + TOPIC] });
      expect(offsets?.partitions.map(({ offset }) => offset)).to.deep.equal(['-1', '-1', '-1']);
    }
    await following.stop();
    await eventually(async () => expect(await groups()).to.deep.equal([]));
  });

  it('stops while the broker is unavailable, and reports what is missing until then', async () => {
    const away = testBroker(prefix, { driver, brokers: ['127.0.0.1:1'] });
    const { following } = follow({ from: away });
    await eventually(() => expect(() => following.check()).to.throw(/florin\.sessions: .*ECONNREFUSED|Connection error/));
    expect(following.ageMs()).to.equal(Number.POSITIVE_INFINITY);
    await following.stop();
  });

  it('waits for a topic that does not exist yet', async () => {
    const late = testBroker(uniquePrefix('late'), { driver });
    const { following } = follow({ from: late });
    await eventually(() => expect(() => following.check()).to.throw(/host this topic-partition|Unknown topic/));
    await late.createTopics([TOPIC], { partitions: 1, replicationFactor: 1 });
    await untilReady(following);
    await following.stop();
    await late.disconnect();
  });

  it('tells how long ago the topic was last read, also while it gets no message', async () => {
    const { following } = follow();
    expect(following.ageMs()).to.equal(Number.POSITIVE_INFINITY);
    await untilReady(following);
    const ages: number[] = [];
    await eventually(() => {
      ages.push(following.ageMs());
      expect(
        ages.some((age, index) => age < (ages[index - 1] ?? 0)),
        'read again',
      ).to.equal(true);
    });
  });

  it('reads a topic from its beginning after it was created anew', async () => {
    const name = uniquePrefix('anew');
    const [first, second] = [testBroker(name, { driver }), testBroker(name, { driver })];
    await first.createTopics([TOPIC], { partitions: 1, replicationFactor: 1 });
    const { consumed, following } = follow({ from: first });
    await untilReady(following);
    const message = (value: string) => ({ topic: TOPIC, key: 'alice', value, headers: {} });
    await first.publish(['1', '2', '3'].map(message));
    await eventually(() => expect(consumed).to.deep.equal(['1', '2', '3']));
    await eventually(() => expect(following.ageMs()).to.be.lessThan(3_000));
    await admin.deleteTopics({ topics: [name + TOPIC] });
    await eventually(() => expect(following.ageMs()).to.be.greaterThan(3_000));
    await eventually(() => second.createTopics([TOPIC], { partitions: 1, replicationFactor: 1 }));
    await eventually(() => second.publish([message('4')]));
    await eventually(() => expect(consumed).to.deep.equal(['1', '2', '3', '4']));
    await eventually(() => expect(following.ageMs()).to.be.lessThan(3_000));
    await following.stop();
    await Promise.all([first.disconnect(), second.disconnect()]);
  });

  it('keeps its topic by time, in segments no longer than that', async () => {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: prefix + TOPIC }],
    });
    const entries = new Map(resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]));
    expect(entries.get('retention.ms')).to.equal(String(HOUR_MS));
    expect(entries.get('segment.ms')).to.equal(String(HOUR_MS));
    expect(entries.get('cleanup.policy')).to.equal('delete');
  });
});
