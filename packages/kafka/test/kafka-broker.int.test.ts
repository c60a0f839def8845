import { createHook } from 'node:async_hooks';
import { newId } from '@florin/database';
import type { Broker, MessageBatch, OutgoingMessage, SubscribeOptions, Subscription } from '@florin/messaging';
import { type Logger, sleep } from '@florin/runtime';
import { eventually, failureOf, testKafka, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import { kafkaBroker } from '../src/index.ts';
import { describeDrivers, testBroker } from './test-broker.ts';

const TOPIC = 'florin.users';

type Consumed = { partition: number; offset: string; key: string; value: string };

describeDrivers('the broker port', (driver) => {
  let prefix: string;
  let broker: Broker;
  const subscriptions: Subscription[] = [];

  before(async () => {
    prefix = uniquePrefix('driver');
    broker = testBroker(prefix, { driver });
    await broker.createTopics([TOPIC, 'florin.payments'], { partitions: 3, replicationFactor: 1 });
  });
  afterEach(async () => {
    await Promise.all(subscriptions.splice(0).map((subscription) => subscription.stop()));
  });
  after(() => broker.disconnect());

  /** Subscribes to the topic, by default in a new group; `before` may reject a batch. */
  const consume = async (
    options: Partial<SubscribeOptions> & { before?(batch: MessageBatch): Promise<void> | void } = {},
  ): Promise<{ consumed: Consumed[]; crashes: Error[]; subscription: Subscription }> => {
    const consumed: Consumed[] = [];
    const crashes: Error[] = [];
    const subscription = await broker.subscribe({
      group: newId(),
      topics: [TOPIC],
      batchSize: 500,
      onCrash: (error) => crashes.push(error),
      onBatch: async (batch) => {
        await options.before?.(batch);
        const { partition, messages } = batch;
        consumed.push(
          ...messages.map(({ offset, key, value }) => ({ partition, offset, key: String(key), value: String(value) })),
        );
      },
      ...options,
    });
    subscriptions.push(subscription);
    return { consumed, crashes, subscription };
  };
  /** Messages of this test only, identified by their values. */
  const send = async (keys: readonly string[]): Promise<OutgoingMessage[]> => {
    const messages = keys.map((key) => ({ topic: TOPIC, key, value: newId(), headers: {} }));
    await broker.publish(messages);
    return messages;
  };
  const mine = (consumed: readonly Consumed[], sent: readonly OutgoingMessage[]): Consumed[] =>
    consumed.filter(({ value }) => sent.some((message) => message.value === value));
  const valuesOf = (messages: readonly { value: string }[]): string[] => messages.map(({ value }) => value);
  const keys = Array.from({ length: 30 }, (_, n) => `user-${n}`);

  it('carries key, value and headers, and names topics without the prefix', async () => {
    const batches: MessageBatch[] = [];
    await consume({ topics: ['florin.payments'], before: (batch) => void batches.push(batch) });
    await broker.publish([
      { topic: 'florin.payments', key: 'alice', value: 'ünïcödé', headers: { 'content-type': 'text/plain' } },
    ]);
    await eventually(() => expect(batches).to.have.length(1));
    const [{ topic, messages }] = batches as [MessageBatch];
    expect(topic).to.equal('florin.payments');
    expect(messages[0]).to.deep.include({
      key: Buffer.from('alice'),
      value: Buffer.from('ünïcödé'),
      headers: { 'content-type': 'text/plain' },
    });
  });

  it('keeps the order of each key, and each key on one partition', async () => {
    const { consumed } = await consume();
    const sent = [...(await send(keys)), ...(await send(keys)), ...(await send(keys))];
    await eventually(() => expect(mine(consumed, sent)).to.have.length(90));
    expect(new Set(consumed.map(({ partition }) => partition)).size).to.equal(3);
    for (const key of keys) {
      const ofKey = mine(consumed, sent).filter((message) => message.key === key);
      expect(new Set(ofKey.map(({ partition }) => partition)).size).to.equal(1);
      expect(valuesOf(ofKey)).to.deep.equal(valuesOf(sent.filter((message) => message.key === key)));
    }
  });

  it('starts at the earliest message, and delivers at most the batch size at once', async () => {
    const sent = await send(Array.from({ length: 25 }, () => 'alice'));
    const sizes: number[] = [];
    const { consumed } = await consume({ batchSize: 10, before: ({ messages }) => void sizes.push(messages.length) });
    await eventually(() => expect(mine(consumed, sent)).to.have.length(25));
    expect(Math.max(...sizes)).to.equal(10);
  });

  it('delivers a failed batch again, whole and in order, without affecting other partitions', async () => {
    const all = await consume();
    const sent = await send(keys);
    await eventually(() => expect(mine(all.consumed, sent)).to.have.length(30));
    const stuck = mine(all.consumed, sent)[0]?.partition ?? -1;
    const elsewhere = mine(all.consumed, sent).filter(({ partition }) => partition !== stuck);

    let isBroken = true;
    const failed: string[] = [];
    const { consumed, crashes } = await consume({
      batchSize: 3,
      before: ({ partition, messages }) => {
        if (!isBroken || partition !== stuck) return;
        failed.push(messages[0]?.offset ?? '');
        throw new Error('poison');
      },
    });
    await eventually(() => {
      expect(valuesOf(mine(consumed, sent))).to.have.members(valuesOf(elsewhere));
      expect(failed).to.have.length.of.at.least(3);
    });
    const more = await send(keys);
    await eventually(() => expect(mine(consumed, more).length).to.be.above(0));
    expect(consumed.some(({ partition }) => partition === stuck)).to.equal(false);
    expect(new Set(failed), 'always from the same offset').to.have.property('size', 1);

    isBroken = false;
    await eventually(() => expect(mine(consumed, [...sent, ...more])).to.have.length(60));
    const offsets = consumed.filter(({ partition }) => partition === stuck).map(({ offset }) => Number(offset));
    expect(offsets).to.deep.equal(offsets.map((_, n) => n));
    expect(crashes).to.deep.equal([]);
  });

  it('finishes the running batch when it is stopped, and commits its offset', async () => {
    const group = newId();
    let letGo: () => void = () => {};
    const released = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let isWorking = false;
    const first = await consume({
      group,
      before: async () => {
        isWorking = true;
        await released;
      },
    });
    const sent = await send(['alice']);
    await eventually(() => expect(isWorking).to.equal(true));
    const stopping = first.subscription.stop();
    letGo();
    await stopping;
    const done = valuesOf(first.consumed);
    expect(done).to.have.length.above(0);

    const more = await send(['alice']);
    const second = await consume({ group });
    await eventually(() => expect(mine([...first.consumed, ...second.consumed], [...sent, ...more])).to.have.length(2));
    expect(
      valuesOf(second.consumed).filter((value) => done.includes(value)),
      'consumed again',
    ).to.deep.equal([]);
  });

  it('shares the partitions of a group, and takes over those of a member that leaves', async () => {
    const group = newId();
    const [one, other] = [await consume({ group }), await consume({ group })];
    const sent = await send(keys);
    await eventually(() => expect(mine([...one.consumed, ...other.consumed], sent)).to.have.length(30));
    await one.subscription.stop();
    const more = await send(keys);
    await eventually(() => expect(mine(other.consumed, more)).to.have.length(30));
  });

  it('accepts topics that exist when it creates topics', async () => {
    await broker.createTopics([TOPIC], { partitions: 3, replicationFactor: 1 });
  });

  it('publishes nothing if a topic is missing', async () => {
    const before = await send(['alice']);
    const messages = ['florin.nothing', TOPIC].map((topic) => ({ topic, key: 'alice', value: newId(), headers: {} }));
    expect(await failureOf(broker.publish(messages))).to.be.instanceOf(Error);
    const after = await send(['alice']);
    const { consumed } = await consume();
    await eventually(() => expect(mine(consumed, [...before, ...after])).to.have.length(2));
  });

  it('answers a check', async () => {
    await broker.check();
  });

  it('logs a failed connection', async () => {
    const lines: string[] = [];
    const note = (...line: unknown[]): void => void lines.push(line.map((part) => JSON.stringify(part)).join());
    const logger = { warn: note, log: note } as unknown as Logger;
    const away = kafkaBroker({
      ...testKafka(),
      driver,
      brokers: ['127.0.0.1:1'],
      clientId: 'test',
      prefix,
      sessionTimeoutMs: 6_000,
      logger,
    });
    expect(await failureOf(away.check())).to.be.instanceOf(Error);
    await away.disconnect();
    expect(lines.join()).to.match(/kafka: connection error.*127\.0\.0\.1:1/i);
  });

  it('reports an error if the messages after its offset are gone', async () => {
    const group = newId();
    const sent = await send(['alice']);
    const offsets = [0, 1, 2].map((partition) => ({ topic: TOPIC, partition, offset: '1000000' }));
    await broker.resetOffsets(group, offsets);
    const { crashes } = await consume({ group });
    await eventually(() => expect(crashes[0]?.message).to.match(/offset out of range/i));
    expect(sent).to.have.length(1);
  });

  it('leaves no connection behind when a topic is missing', async () => {
    const connections = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    await failureOf(consume({ topics: ['florin.nothing'] }));
    const before = connections();
    expect(await failureOf(consume({ topics: ['florin.nothing'] }))).to.be.instanceOf(Error);
    await eventually(() => expect(connections()).to.be.at.most(before));
  });

  it('does not wake up while it is idle', async () => {
    await broker.connect();
    await consume();
    await send(keys);
    let wakeUps = 0;
    const timers = new Set<number>();
    const hook = createHook({
      init: (id, type) => type === 'Timeout' && timers.add(id),
      before: (id) => {
        if (timers.has(id)) wakeUps++;
      },
    }).enable();
    // A fixed time: the test shows that nothing happens during it.
    await sleep(1_500);
    hook.disable();
    expect(timers.size, 'timers set').to.be.below(100);
    expect(wakeUps, 'timers run').to.be.below(100);
  });
});
