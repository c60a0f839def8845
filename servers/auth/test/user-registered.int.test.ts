import { createEventVerifier, DEVELOPMENT_SIGNING_KEYS, parseEvent, parseSigningKeys, topics } from '@florin/events';
import { kafkaBroker } from '@florin/kafka';
import type { Message } from '@florin/messaging';
import { createLogger } from '@florin/runtime';
import { eventually, testBrokers, testKafka, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import { type RunningAuth, signUp, startAuth, stopAll } from './start-auth.ts';

describe('user-registered', () => {
  const prefix = uniquePrefix('auth');
  const logger = createLogger({ service: 'test', level: 'error' });
  const broker = kafkaBroker({ ...testKafka(), clientId: 'test', prefix, sessionTimeoutMs: 6_000, logger });
  const received: Message[] = [];
  let auth: RunningAuth;

  before(async () => {
    await broker.createTopics(topics, { partitions: 3, replicationFactor: 1 });
    auth = await startAuth({ KAFKA_BROKERS: testBrokers().join(','), KAFKA_PREFIX: prefix });
  });

  after(async () => {
    await stopAll();
    await auth.database.drop();
    await broker.disconnect();
  });

  const verify = createEventVerifier({ mode: 'require', keys: parseSigningKeys(DEVELOPMENT_SIGNING_KEYS) });

  it('is published once for each account, with the user as key, and leaves the outbox', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => signUp(auth)));
    const subscription = await broker.subscribe({
      group: 'listener',
      topics: ['florin.users'],
      batchSize: 100,
      onBatch: async ({ messages }) => void received.push(...messages),
      onCrash: (error) => logger.error(error.message),
    });
    await eventually(() => expect(received.length).to.be.at.least(6));
    await subscription.stop();
    const told = received.map(({ key, value, offset }) => ({
      key: key?.toString(),
      parsed: parseEvent({ topic: 'florin.users', partition: 0, offset, key, value }, verify),
    }));
    for (const { key, parsed } of told)
      expect(parsed).to.have.nested.include({ 'event.type': 'user-registered', 'event.subject': key });
    const ids = told.map(({ key }) => key);
    expect(ids, 'five people and the first admin, each once').to.have.length(6);
    expect(ids).to.include.members(people.map(({ user }) => user.id));
    expect(received.map(({ value }) => String(value)).join()).to.not.include('@florin.example');
  });

  it('makes the service ready', async () => {
    const answer = await eventually(async () => {
      const { status, body } = await auth.call('GET', '/health/ready');
      expect(status, JSON.stringify(body)).to.equal(200);
      return body;
    });
    expect(answer).to.have.property('checks').that.includes({ database: 'ok', keys: 'ok', kafka: 'ok', consumer: 'ok' });
  });
});
