import { newId } from '@florin/database';
import { type Event, makeEvent } from '@florin/events';
import { createTestDatabase, failureOf, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import sinon from 'sinon';
import { feedConsumer } from './feed-consumer.ts';
import { messagesOf } from './hand-fed-broker.ts';
import { erased, migrations, registered } from './test-service.ts';

const USERS = { topic: 'florin.users', partition: 0 };

describe('the consumer', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase(migrations);
  });
  afterEach(() => database.drop());

  const effects = (): Promise<string[]> => database.db('effects').orderBy('number').pluck('event_id');
  const offsets = (): Promise<object[]> =>
    database.db('consumer_offsets').select('consumer', 'topic', 'partition_id', 'next_offset');
  const deadLetters = (): Promise<
    { message_key: Buffer | null; value: Buffer | null; reason: string; message_offset: number }[]
  > => database.db('dead_letters').orderBy('message_offset');
  const idsOf = (events: readonly { event: Event }[]): string[] => events.map(({ event }) => event.id);

  it("applies each key's events in order, in one set per type and ordered group", async () => {
    const { broker, calls, committed } = await feedConsumer(database.db);
    const users = Array.from({ length: 5 }, () => newId());
    const first = users.map((user) => registered(user, 1));
    const second = users.map((user) => erased(user, 2));
    const third = users.map((user) => registered(user, 3));
    // alice's three, then bob's three, and so on: grouped by type alone, the middle one would come last.
    const events = users.flatMap((_, n) => [first[n], second[n], third[n]]).filter((event) => event !== undefined);
    await broker.deliver(USERS, messagesOf(events));

    expect(calls).to.deep.equal([idsOf(first), idsOf(second), idsOf(third)]);
    expect(committed).to.have.members(idsOf(events));
    for (const user of users) {
      const types: string[] = await database.db('effects').where({ user_id: user }).orderBy('number').pluck('type');
      expect(types).to.deep.equal(['user-registered', 'user-erased', 'user-registered']);
    }
  });

  it('stores the next offset of each partition, and never a lower one', async () => {
    const { broker } = await feedConsumer(database.db);
    await broker.deliver(USERS, messagesOf([registered(), registered()], 41));
    await broker.deliver({ ...USERS, partition: 2 }, messagesOf([registered()], 7));
    await broker.deliver(USERS, messagesOf([registered()], 5));
    expect(await offsets()).to.have.deep.members([
      { consumer: 'florin.test', topic: 'florin.users', partition_id: 0, next_offset: 43 },
      { consumer: 'florin.test', topic: 'florin.users', partition_id: 2, next_offset: 8 },
    ]);
  });

  it('applies an event once if it is delivered twice, in one batch or two', async () => {
    const { broker, committed } = await feedConsumer(database.db);
    const event = registered();
    await broker.deliver(USERS, messagesOf([event, event]));
    await broker.deliver(USERS, messagesOf([event, registered()], 2));
    expect((await effects()).filter((id) => id === event.event.id)).to.have.length(1);
    expect(committed.filter((id) => id === event.event.id)).to.have.length(1);
    expect(await effects()).to.have.length(2);
  });

  it('applies an event once if two consumers get it at the same time', async () => {
    const [one, other] = [await feedConsumer(database.db), await feedConsumer(database.db)];
    const events = Array.from({ length: 50 }, () => registered());
    await Promise.all([one.broker.deliver(USERS, messagesOf(events)), other.broker.deliver(USERS, messagesOf(events))]);
    expect(await effects()).to.have.members(idsOf(events));
    expect([...one.committed, ...other.committed]).to.have.members(idsOf(events));
  });

  describe('continues after', () => {
    const unreadable: Record<string, string | Buffer> = {
      'text that is not JSON': 'hello',
      'JSON that is not an event': '{"hello":"world"}',
      'invalid UTF-8': Buffer.from([0xff, 0x00, 0xfe]),
      'an empty value': '',
    };
    for (const [name, value] of Object.entries(unreadable)) {
      it(`${name}, and keeps it as a dead letter`, async () => {
        const { broker, consumer } = await feedConsumer(database.db);
        const events = [registered(), { key: 'bob', event: value }, registered()];
        await broker.deliver(USERS, messagesOf(events, 10));
        expect(await effects()).to.have.length(2);
        const [letter, ...others] = await deadLetters();
        expect(others).to.deep.equal([]);
        expect(letter).to.deep.include({
          consumer: 'florin.test',
          topic: 'florin.users',
          partition_id: 0,
          message_offset: 11,
          message_key: Buffer.from('bob'),
          value: Buffer.from(value),
        });
        expect(letter?.reason).to.match(/^(The value is not JSON|Not a CloudEvent)/);
        expect(await database.db('quarantined')).to.deep.equal([]);
        expect(await offsets()).to.have.nested.property('[0].next_offset', 13);
        consumer.check();
      });
    }

    it('a message with neither key nor value', async () => {
      const { broker } = await feedConsumer(database.db);
      await broker.deliver(USERS, [{ offset: '0', key: null, value: null, headers: {} }]);
      expect((await deadLetters())[0]).to.include({ message_key: null, value: null });
    });

    it('a message whose key is longer than any Florin key', async () => {
      const { broker, consumer } = await feedConsumer(database.db);
      await broker.deliver(USERS, messagesOf([{ key: 'k'.repeat(10_000), event: 'hello' }, registered()]));
      expect((await deadLetters())[0]?.message_key?.toString()).to.match(/^sha256:[0-9a-f]{64}$/);
      expect(await effects()).to.have.length(1);
      consumer.check();
    });

    it('the same poison message delivered twice, which it stores once', async () => {
      const { broker } = await feedConsumer(database.db);
      await broker.deliver(USERS, messagesOf([{ key: 'bob', event: 'hello' }]));
      await broker.deliver(USERS, messagesOf([{ key: 'bob', event: 'hello' }]));
      expect(await deadLetters()).to.have.length(1);
    });

    it('types that it does not know or does not subscribe to, malformed or not', async () => {
      const { broker, consumer, calls } = await feedConsumer(database.db);
      const { key, event } = registered();
      const unheard = makeEvent('purchase-shipped', { sequence: 1, data: { purchaseId: newId(), userId: key } });
      await broker.deliver(
        USERS,
        messagesOf([
          { key, event: { ...event, type: 'user-promoted' } },
          unheard,
          { key, event: { ...unheard.event, data: {} } },
        ]),
      );
      expect(calls).to.deep.equal([]);
      expect(await deadLetters()).to.deep.equal([]);
      expect(await offsets()).to.have.nested.property('[0].next_offset', 3);
      consumer.check();
    });
  });

  it('retries a transient failure, and reports the partition only if it persists', async () => {
    const { broker, consumer } = await feedConsumer(database.db);
    const events = messagesOf([registered(), registered()]);
    await database.db.raw('RENAME TABLE effects TO effects_away');
    for (const isReady of [true, true, false, false]) {
      expect(await failureOf(broker.deliver(USERS, events))).to.have.property('code', 'ER_NO_SUCH_TABLE');
      if (isReady) consumer.check();
      else expect(() => consumer.check()).to.throw(/^florin\.users\/0 is blocked: .*effects/);
    }
    await database.db.raw('RENAME TABLE effects_away TO effects');
    await broker.deliver(USERS, events);
    consumer.check();
    expect(await effects()).to.have.length(2);
  });

  it('passes its check again when the blocked partition has moved to another instance', async () => {
    const { broker, consumer } = await feedConsumer(database.db);
    await database.db.raw('RENAME TABLE effects TO effects_away');
    for (let failures = 0; failures < 3; failures++) await failureOf(broker.deliver(USERS, messagesOf([registered()])));
    expect(() => consumer.check()).to.throw(/^florin\.users\/0 is blocked/);
    for (const passedMs of [300_000, -300_000]) {
      const clock = sinon.useFakeTimers({ now: Date.now() + passedMs, toFake: ['Date'] });
      try {
        consumer.check();
      } finally {
        clock.restore();
      }
    }
  });
});
