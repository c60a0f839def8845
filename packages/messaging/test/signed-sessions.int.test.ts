import { randomBytes } from 'node:crypto';
import { newId } from '@florin/database';
import { makeEvent, parseSigningKeys, signEvent } from '@florin/events';
import { createTestDatabase, eventually, type TestDatabase, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import { type Broker, followSessions, readSignatureStarts, type SessionFollower, storeSignatureStarts } from '../src/index.ts';
import { messageOf, migrations, quietLogger, testBroker } from './test-service.ts';

const TOPIC = 'florin.sessions';
const newKey = (): string => randomBytes(32).toString('base64');

describe('the follower of sessions', () => {
  const keys = parseSigningKeys(`current:${newKey()}`);
  let database: TestDatabase;
  let broker: Broker;
  const running: SessionFollower[] = [];

  before(async () => {
    database = await createTestDatabase(migrations);
    broker = testBroker(uniquePrefix('sessions'));
    await broker.createTopics([TOPIC], { partitions: 2, replicationFactor: 1 });
  });
  after(async () => {
    await Promise.all(running.map((follower) => follower.stop()));
    await broker.disconnect();
    await database.drop();
  });

  const follow = async (ring = keys) => {
    const applied: string[] = [];
    const seen = { applied, forged: 0 };
    const follower = followSessions({
      broker,
      logger: quietLogger,
      service: 'test',
      tokenLifeMs: 900_000,
      signatures: { keys: ring },
      readStarts: () => readSignatureStarts(database.db),
      onForged: (messages) => {
        seen.forged += messages;
      },
      applyRevocation: ({ data }) => applied.push(data.userId),
    });
    running.push(follower);
    await follower.start();
    return { follower, seen };
  };
  const revoked = (userId: string) => {
    const { topic, key, event } = makeEvent('tokens-invalidated', {
      sequence: 1,
      data: { userId, issuedBefore: new Date().toISOString() },
    });
    return { unsigned: messageOf({ topic, key, event }), topic, key, json: JSON.stringify(event) };
  };
  const genuine = (userId: string, [key] = keys) => {
    const { topic, key: address, json } = revoked(userId);
    return messageOf({ topic, key: address, event: signEvent(json, { topic, key: address }, key) });
  };

  it('applies genuine revocations only, once signatures are required, and is ready', async () => {
    const [early, alice, bob] = [newId(), newId(), newId()];
    await broker.publish([revoked(early).unsigned]);
    const ends = await broker.bounds([TOPIC]);
    await storeSignatureStarts(
      database.db,
      ends.map(({ topic, partition, high }) => ({ topic, partition, offset: high })),
    );
    const { follower, seen } = await follow();
    const moved = { ...genuine(bob), key: alice };
    await broker.publish([revoked(bob).unsigned, moved, genuine(alice)]);
    await eventually(() => {
      expect(seen.applied).to.have.members([early, alice]);
      expect(seen.forged).to.equal(2);
    });
    await eventually(() => follower.check());
  });

  it('is not ready while it lacks the key of a message, and reads it with the key', async () => {
    const other = parseSigningKeys(`other:${newKey()}`);
    const alice = newId();
    await broker.publish([genuine(alice, other)]);
    const { follower, seen } = await follow();
    await eventually(() => expect(() => follower.check()).to.throw('EVENT_SIGNING_KEYS has no key other'));
    expect(seen.applied).to.not.include(alice);
    const { follower: another, seen: seenByAnother } = await follow([keys[0], other[0]]);
    await eventually(() => another.check());
    expect(seenByAnother.applied).to.include(alice);
  });
});
