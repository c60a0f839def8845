import { newId } from '@florin/database';
import { type Broker, MessagesRefused, type OutgoingMessage, PublishFailed } from '@florin/messaging';
import { configureTopic, eventually, failureOf, limitTopic, PROBE, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import { describeDrivers, testBroker } from './test-broker.ts';

const TOPIC = 'florin.users';

describeDrivers('publishing', (driver) => {
  let prefix: string;
  let broker: Broker;
  beforeEach(async () => {
    prefix = uniquePrefix('publish');
    broker = testBroker(prefix, { driver });
    await broker.createTopics([TOPIC], { partitions: 3, replicationFactor: 1 });
  });
  afterEach(() => broker.disconnect());

  const messageOf = (key: string, bytes: number): OutgoingMessage => ({
    topic: TOPIC,
    key,
    value: newId().padEnd(bytes, 'x'),
    headers: { 'content-type': 'text/plain' },
  });

  it('reports the maximum number of bytes of a topic', async () => {
    expect(await broker.maxBatchBytes(TOPIC), "Kafka's default").to.equal(1_048_588);
    await limitTopic(prefix + TOPIC, 20_000);
    await eventually(async () => expect(await broker.maxBatchBytes(TOPIC)).to.equal(20_000));
    expect(await failureOf(broker.maxBatchBytes('florin.nothing'))).to.be.instanceOf(Error);
  });

  it('reports which messages the broker acknowledged when it refuses others for their size', async () => {
    await limitTopic(prefix + TOPIC, 20_000);
    // Compared as a set: messages are published again if the leader of a new topic was not ready.
    const consumed = new Set<string>();
    const subscription = await broker.subscribe({
      group: 'reader',
      topics: [TOPIC],
      batchSize: 100,
      onBatch: async ({ messages }) => {
        for (const { key, value } of messages) if (String(key) !== PROBE) consumed.add(String(value));
      },
      onCrash: () => {},
    });
    const small = Array.from({ length: 30 }, (_, n) => messageOf(`user-${n}`, 100));
    const refused = messageOf('user-30', 20_000);
    const failure = (await failureOf(broker.publish([...small, refused]))) as MessagesRefused;
    expect(failure).to.be.instanceOf(MessagesRefused).with.property('message', 'MESSAGE_TOO_LARGE');
    expect(failure.acknowledged).to.have.length.within(1, 29);
    await eventually(() => expect([...consumed]).to.have.members(failure.acknowledged.map(({ value }) => value)));

    const left = small.filter((message) => !failure.acknowledged.includes(message));
    await broker.publish(left);
    await eventually(() => expect([...consumed]).to.have.members(small.map(({ value }) => value)));
    await subscription.stop();
  });

  it('reports which messages the broker acknowledged when another topic cannot be written to', async () => {
    await broker.createTopics(['florin.payments'], { partitions: 1, replicationFactor: 1 });
    // Makes every message too old for the topic.
    await configureTopic(`${prefix}florin.payments`, { 'message.timestamp.before.max.ms': '0' });
    const [taken, kept] = [messageOf('alice', 100), { ...messageOf('alice', 100), topic: 'florin.payments' }];
    await eventually(async () => {
      const failure = (await failureOf(broker.publish([taken, kept]))) as PublishFailed;
      expect(failure).to.be.instanceOf(PublishFailed).and.not.instanceOf(MessagesRefused);
      expect(failure.acknowledged).to.deep.equal([taken]);
    });
  });

  it('reports an invalid record as refused', async () => {
    await configureTopic(prefix + TOPIC, { 'cleanup.policy': 'compact' });
    const withoutKey = { ...messageOf('', 100), key: null as unknown as string };
    await eventually(async () =>
      expect(await failureOf(broker.publish([withoutKey])))
        .to.be.instanceOf(MessagesRefused)
        .with.property('message', 'INVALID_RECORD'),
    );
  });

  it('does not report transient errors as refused: a wrong clock, a missing topic', async () => {
    expect(await failureOf(broker.publish([{ ...messageOf('alice', 100), topic: 'florin.nothing' }])))
      .to.be.instanceOf(Error)
      .and.not.instanceOf(MessagesRefused);
    // Makes every message too old for the topic.
    await configureTopic(prefix + TOPIC, { 'message.timestamp.before.max.ms': '0' });
    await eventually(async () => {
      const failure = await failureOf(broker.publish([messageOf('alice', 100)]));
      expect(failure).to.be.instanceOf(Error).and.not.instanceOf(MessagesRefused);
      expect((failure as Error).message).to.match(/timestamp/i);
    });
  });
});
