import { createRequire } from 'node:module';
import { newId } from '@florin/database';
import type { Broker, PartitionOffset, SubscribeOptions, Subscription } from '@florin/messaging';
import { eventually, testKafka, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import kafkajs, { type Kafka } from 'kafkajs';
import sinon from 'sinon';
import { openKafkajs } from '../src/index.ts';
import { testBroker } from './test-broker.ts';

const TOPIC = 'florin.users';
const load = createRequire(import.meta.url);
// biome-ignore lint/suspicious/noExplicitAny: internals of kafkajs, which have no types
const prototypeOf = (file: string): any => (load(`kafkajs/src/${file}`) as { prototype: unknown }).prototype;

/** Tests a subscription when kafkajs fails, or is at another offset than the consumer's own records. */
describe('a subscription by kafkajs', () => {
  let prefix: string;
  let broker: Broker;
  let kafka: Kafka;
  const subscriptions: Subscription[] = [];

  before(async () => {
    prefix = uniquePrefix('subscribe');
    broker = testBroker(prefix, { driver: 'kafkajs' });
    kafka = openKafkajs({ ...testKafka(), logLevel: kafkajs.logLevel.NOTHING });
    await broker.createTopics([TOPIC], { partitions: 2, replicationFactor: 1 });
  });
  afterEach(async () => {
    sinon.restore();
    await Promise.all(subscriptions.splice(0).map((subscription) => subscription.stop()));
  });
  after(() => broker.disconnect());

  const consume = async (options: Partial<SubscribeOptions> = {}) => {
    const consumed: string[] = [];
    const crashes: Error[] = [];
    const subscription = await broker.subscribe({
      group: newId(),
      topics: [TOPIC],
      batchSize: 500,
      onCrash: (error) => crashes.push(error),
      onBatch: async ({ messages }) => void consumed.push(...messages.map(({ value }) => String(value))),
      ...options,
    });
    subscriptions.push(subscription);
    return { consumed, crashes, subscription };
  };
  const send = async (count: number): Promise<string[]> => {
    const values = Array.from({ length: count }, () => newId());
    await broker.publish(values.map((value) => ({ topic: TOPIC, key: newId(), value, headers: {} })));
    return values;
  };

  it('continues after transient errors, even if kafkajs calls them final', async () => {
    const { consumed, crashes, subscription } = await consume();
    const fetching = sinon.stub(prototypeOf('consumer/consumerGroup'), 'fetch').rejects(new TypeError('it has lost its broker'));
    await eventually(() => expect(() => subscription.check()).to.throw('not in its group: it has lost its broker'));
    fetching.restore();
    const sent = await send(10);
    await eventually(() => expect(consumed).to.include.members(sent));
    subscription.check();
    expect(crashes).to.deep.equal([]);
  });

  it('ends, and calls onCrash, when kafkajs fails in such a way repeatedly', async () => {
    const { crashes, subscription } = await consume();
    const fetching = sinon.stub(prototypeOf('consumer/consumerGroup'), 'fetch').rejects(new TypeError('it has lost its broker'));
    await eventually(() => expect(crashes).to.have.length(1));
    expect(crashes[0]?.message).to.equal('it has lost its broker');
    expect(() => subscription.check()).to.throw('not in its group');
    fetching.restore();
    const joins = sinon.spy(prototypeOf('consumer/consumerGroup'), 'joinAndSync');
    await subscription.stop();
    expect(joins.callCount).to.equal(0);
  });

  it('never ends for an error that kafkajs calls transient, however often it occurs', async () => {
    const { consumed, crashes } = await consume();
    const away = Object.assign(new Error('it is away'), { retriable: true });
    const joining = sinon.stub(prototypeOf('consumer/consumerGroup'), 'joinAndSync').rejects(away);
    const fetching = sinon.stub(prototypeOf('consumer/consumerGroup'), 'fetch').rejects(new TypeError('it has lost its broker'));
    await eventually(() => expect(joining.callCount).to.be.above(5));
    joining.restore();
    fetching.restore();
    const sent = await send(4);
    await eventually(() => expect(consumed).to.include.members(sent));
    expect(crashes).to.deep.equal([]);
  });

  it('continues when kafkajs cannot close the connections of a crashed consumer', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', note);
    try {
      const { consumed } = await consume();
      const closing = sinon.stub(prototypeOf('cluster'), 'disconnect').callThrough();
      closing.onFirstCall().rejects(new Error('nothing to close'));
      const fetching = sinon
        .stub(prototypeOf('consumer/consumerGroup'), 'fetch')
        .rejects(new TypeError('it has lost its broker'));
      await eventually(() => expect(closing.callCount).to.be.above(0));
      fetching.restore();
      const sent = await send(4);
      await eventually(() => expect(consumed).to.include.members(sent));
      expect(unhandled).to.deep.equal([]);
    } finally {
      process.off('unhandledRejection', note);
      for (const listener of others) process.on('unhandledRejection', listener);
    }
  });

  it('returns to the stored offset when another member of the group has committed a higher offset without handling messages', async () => {
    const group = newId();
    const stored = new Map<number, PartitionOffset>();
    const ends = async (): Promise<PartitionOffset[]> =>
      (await broker.bounds([TOPIC])).map(({ topic, partition, high }) => ({ topic, partition, offset: high }));
    for (const end of await ends()) stored.set(end.partition, end);
    const { consumed, crashes } = await consume({
      group,
      storedOffsets: async () => [...stored.values()],
      onBatch: async ({ topic, partition, messages }) => {
        consumed.push(...messages.map(({ value }) => String(value)));
        stored.set(partition, { topic, partition, offset: String(BigInt(messages.at(-1)?.offset ?? 0) + 1n) });
      },
    });
    const other = kafka.consumer({ groupId: prefix + group, sessionTimeout: 6_000 });
    await other.connect();
    await other.subscribe({ topics: [prefix + TOPIC] });
    let shared: Record<string, number[]> = {};
    other.on(other.events.GROUP_JOIN, ({ payload }) => {
      shared = payload.memberAssignment;
    });
    await other.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: async () => {} });
    const [partition = -1] = await eventually(() => {
      expect(shared[prefix + TOPIC]).to.have.length(1);
      return shared[prefix + TOPIC] ?? [];
    });
    const sent = await send(40);
    const consumedOfSent = (): string[] => consumed.filter((value) => sent.includes(value));
    await eventually(() => expect(consumedOfSent()).to.have.length.above(0));
    const end = (await ends()).find((one) => one.partition === partition)?.offset ?? '';
    await other.commitOffsets([{ topic: prefix + TOPIC, partition, offset: end }]);
    expect(consumedOfSent(), 'half of it is with the other').to.have.length.below(40);
    await other.disconnect();
    await eventually(() => expect(consumed).to.include.members(sent));
    expect(crashes).to.deep.equal([]);
  });
}).timeout(120_000);
