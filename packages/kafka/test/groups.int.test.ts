import { channel } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { newId } from '@florin/database';
import type { Broker, MessageBatch, SubscribeOptions, Subscription } from '@florin/messaging';
import { type KafkaDriver, kafkaDrivers, sleep } from '@florin/runtime';
import { eventually, failureOf, testBrokers, testKafka, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import { kafkaBroker } from '../src/index.ts';
import { describeDrivers, quietLogger, testBroker } from './test-broker.ts';

const TOPIC = 'florin.users';

/** Subscriptions of one test; `before` runs in each batch and may wait or reject. */
function subscriber(broker: () => Broker) {
  const subscriptions: Subscription[] = [];
  const subscribe = async (options: Partial<SubscribeOptions> & { before?(batch: MessageBatch): Promise<void> | void } = {}) => {
    const consumed: string[] = [];
    const crashes: Error[] = [];
    const subscription = await broker().subscribe({
      group: newId(),
      topics: [TOPIC],
      batchSize: 500,
      onCrash: (error) => crashes.push(error),
      onBatch: async (batch) => {
        await options.before?.(batch);
        consumed.push(...batch.messages.map(({ value }) => String(value)));
      },
      ...options,
    });
    subscriptions.push(subscription);
    return { consumed, crashes, subscription };
  };
  const stopAll = () => Promise.all(subscriptions.splice(0).map((subscription) => subscription.stop()));
  return { subscribe, stopAll };
}

function message(value: string = newId()) {
  return { topic: TOPIC, key: newId(), value, headers: {} };
}

/** Cuts every connection of this process to the broker. */
function cutConnections(): number {
  const ports = testBrokers().map((address) => Number(address.split(':').at(-1)));
  const { _getActiveHandles: handles } = process as unknown as { _getActiveHandles(): unknown[] };
  const sockets = handles
    .call(process)
    .filter((handle) => handle instanceof Socket && ports.includes(handle.remotePort ?? 0)) as Socket[];
  for (const socket of sockets) socket.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
  return sockets.length;
}

describeDrivers('a consumer', (driver) => {
  const prefix = uniquePrefix('consumer');
  let broker: Broker;
  const { subscribe, stopAll } = subscriber(() => broker);
  before(async () => {
    broker = testBroker(prefix, { driver });
    await broker.createTopics([TOPIC], { partitions: 2, replicationFactor: 1 });
  });
  afterEach(stopAll);
  after(() => broker.disconnect());

  it('continues after its connections were cut, and so does a publisher', async () => {
    const { consumed, crashes } = await subscribe();
    const first = message();
    await broker.publish([first]);
    await eventually(() => expect(consumed).to.include(first.value));
    expect(cutConnections()).to.be.above(0);
    const second = message();
    await eventually(() => broker.publish([second]), { timeoutMs: 60_000 });
    await eventually(() => expect(consumed).to.include(second.value), { timeoutMs: 60_000 });
    expect(crashes).to.deep.equal([]);
  });

  it('delivers nothing of a paused topic, and all of it after the pause', async () => {
    await broker.createTopics(['florin.payments'], { partitions: 1, replicationFactor: 1 });
    const { consumed, subscription } = await subscribe({ topics: [TOPIC, 'florin.payments'], paused: [TOPIC] });
    const [held, free] = [message(), { ...message(), topic: 'florin.payments' }];
    await broker.publish([held]);
    await broker.publish([free]);
    await eventually(() => expect(consumed).to.include(free.value));
    expect(consumed).to.not.include(held.value);
    subscription.setPaused([]);
    await eventually(() => expect(consumed).to.include(held.value));
  });

  it('cannot have the offsets of its group set while it is a member', async () => {
    const group = newId();
    const { subscription } = await subscribe({ group });
    const reset = () => broker.resetOffsets(group, [{ topic: TOPIC, partition: 0, offset: '0' }]);
    expect(await failureOf(reset())).to.be.instanceOf(Error);
    await subscription.stop();
    await eventually(reset);
  });

  it('finds the first message of a time, and the end if there is none', async () => {
    const before = await broker.bounds([TOPIC]);
    const ends = before.map(({ topic, partition, high }) => ({ topic, partition, offset: high }));
    expect(await broker.offsetsAt(TOPIC, new Date(Date.now() + 3_600_000))).to.have.deep.members(ends);
    const all = await broker.offsetsAt(TOPIC, new Date(0));
    expect(all.map(({ offset }) => offset)).to.deep.equal(before.map(({ low }) => low));
  });
});

describe('the group of a platformatic consumer', () => {
  const prefix = uniquePrefix('group');
  let broker: Broker;
  let first: Broker;
  const { subscribe, stopAll } = subscriber(() => broker);
  before(async () => {
    const options = { ...testKafka(), driver: 'platformatic', prefix, sessionTimeoutMs: 12_000, logger: quietLogger } as const;
    broker = kafkaBroker({ ...options, clientId: 'b' });
    first = kafkaBroker({ ...options, clientId: 'a' });
    await broker.createTopics([TOPIC], { partitions: 1, replicationFactor: 1 });
  });
  afterEach(stopAll);
  after(() => Promise.all([broker.disconnect(), first.disconnect()]));

  it('gives a partition away only after its batch has been handled and its offset committed', async () => {
    const group = newId();
    const steps: string[] = [];
    const hold = async ({ isStale }: MessageBatch): Promise<void> => {
      steps.push('begins');
      await eventually(() => expect(isStale()).to.equal(true));
      // Enough for the other member to begin, if nothing kept it from that.
      await sleep(1_000);
      steps.push('has ended');
    };
    await subscribe({ group, before: hold });
    await broker.publish([message('1')]);
    await eventually(() => expect(steps).to.deep.equal(['begins']));
    // The first in the order of their ids gets the only partition.
    const other = subscriber(() => first);
    const { consumed } = await other.subscribe({ group });
    await broker.publish([message('2')]);
    await eventually(() => expect(consumed).to.include('2'));
    expect(steps).to.deep.equal(['begins', 'has ended']);
    expect(consumed).to.deep.equal(['2']);
    await other.stopAll();
  });

  it('hears of a consumer while it handles a batch, so that a long one does not cost it its partitions', async () => {
    let heartbeats = 0;
    const heard = (): void => void heartbeats++;
    channel('tracing:plt:kafka:consumer:heartbeat:start').subscribe(heard);
    const { consumed } = await subscribe({
      before: async () => {
        const before = heartbeats;
        await eventually(() => expect(heartbeats).to.be.at.least(before + 2));
      },
    });
    const sent = message();
    await broker.publish([sent]);
    await eventually(() => expect(consumed).to.include(sent.value), { timeoutMs: 60_000 });
    channel('tracing:plt:kafka:consumer:heartbeat:start').unsubscribe(heard);
  });
});

describe('a group of members with two drivers', () => {
  const prefix = uniquePrefix('mixed');
  const brokers: Record<KafkaDriver, Broker> = {
    kafkajs: testBroker(prefix, { driver: 'kafkajs' }),
    platformatic: testBroker(prefix, { driver: 'platformatic' }),
  };
  const subscribers: Record<KafkaDriver, ReturnType<typeof subscriber>> = {
    kafkajs: subscriber(() => brokers.kafkajs),
    platformatic: subscriber(() => brokers.platformatic),
  };
  before(() => brokers.kafkajs.createTopics([TOPIC], { partitions: 2, replicationFactor: 1 }));
  afterEach(() => Promise.all(kafkaDrivers.map((driver) => subscribers[driver].stopAll())));
  after(() => Promise.all(kafkaDrivers.map((driver) => brokers[driver].disconnect())));

  for (const [first, second] of [
    ['kafkajs', 'platformatic'],
    ['platformatic', 'kafkajs'],
  ] as const)
    it(`is refused: ${second} joins ${first} only after it has left, and continues at its offset`, async () => {
      const group = newId();
      const { consumed } = await subscribers[first].subscribe({ group });
      const sent = message();
      await brokers[first].publish([sent]);
      await eventually(() => expect(consumed).to.include(sent.value));
      const refusal = await failureOf(subscribers[second].subscribe({ group }));
      expect((refusal as Error).message).to.include('start them with the same KAFKA_DRIVER');
      await subscribers[first].stopAll();
      const later = message();
      await brokers[second].publish([later]);
      const { consumed: consumedLater } = await subscribers[second].subscribe({ group });
      await eventually(() => expect(consumedLater).to.include(later.value));
      expect(consumedLater).to.not.include(sent.value);
    });
});
