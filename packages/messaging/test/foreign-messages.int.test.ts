import assert from 'node:assert/strict';
import { idText, newId } from '@florin/database';
import { type Event, keyOf } from '@florin/events';
import { noFailpoints } from '@florin/runtime';
import { createTestDatabase, failureOf, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { createConsumer } from '../src/consumer.ts';
import { dropDeadLetter, replayDeadLetter } from '../src/dead-letters.ts';
import { type HandleOptions, handleBatch } from '../src/handle-batch.ts';
import type { Message } from '../src/index.ts';
import { handFedBroker, messagesOf } from './hand-fed-broker.ts';
import { erased, migrations, quietLogger, registered, signatures } from './test-service.ts';

const USERS = { topic: 'florin.users', partition: 0 };
const CONSUMER = 'florin.test';
const MAX_LETTERS = 100;

describe('messages that no Florin producer made', () => {
  let database: TestDatabase;
  let handling: HandleOptions;
  let offset = 0;
  const cursed = new Set<string>();
  const counted: [string, number][] = [];

  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());
  beforeEach(async () => {
    cursed.clear();
    counted.length = 0;
    for (const table of ['effects', 'inbox', 'dead_letters', 'quarantined', 'consumer_offsets'])
      await database.db(table).delete();
    const note = async (trx: Knex.Transaction, events: readonly Event[]): Promise<void> => {
      for (const event of events) {
        await trx('effects').insert({ event_id: event.id, user_id: keyOf(event), type: event.type });
        assert(!cursed.has(keyOf(event)), `user ${keyOf(event)} is cursed`);
      }
    };
    handling = {
      db: database.db,
      logger: quietLogger,
      consumer: CONSUMER,
      subscriptions: { 'user-registered': note, 'user-erased': note },
      signatures,
      reachFailpoint: noFailpoints,
      onCommitted: () => {},
      onForeign: (topic, messages) => void counted.push([topic, messages]),
    };
  });

  type Sent = { key: string; event: unknown };
  const deliver = async (events: readonly Sent[]): Promise<void> => {
    await handleBatch(handling, { ...USERS, messages: withoutValues(messagesOf(events, offset), events) });
    offset += events.length;
  };
  /** `null` is a tombstone. */
  const withoutValues = (messages: readonly Message[], events: readonly Sent[]): Message[] =>
    messages.map((message, index) => (events[index]?.event === null ? { ...message, value: null } : message));
  const effects = (): Promise<string[]> => database.db('effects').orderBy('number').pluck('event_id');
  const letters = (): Promise<{ id: Buffer; status: string; cause: string; reason: string; value: Buffer | null }[]> =>
    database.db('dead_letters').orderBy('arrival');
  const quarantined = (): Promise<object[]> => database.db('quarantined');

  const { event } = registered();
  const foreign: Record<string, unknown> = {
    'a tombstone': null,
    'an empty value': '',
    'text that is not JSON': 'hello',
    'invalid UTF-8': Buffer.from([0xff, 0x00, 0xfe]),
    'the JSON null': 'null',
    'a number': '7',
    'a list of our events': JSON.stringify([event]),
    'JSON that is not an event': '{"hello":"world"}',
    'JSON whose type is not text': JSON.stringify({ ...event, type: 7 }),
    'an incomplete event of another producer': JSON.stringify({ type: 'order.placed', data: {} }),
  };
  for (const [name, value] of Object.entries(foreign)) {
    it(`do not block their key, and are kept: ${name}`, async () => {
      const alice = newId();
      const later = [registered(alice), erased(alice)];
      await deliver([{ key: alice, event: value }, later[0] as Sent]);
      await deliver([later[1] as Sent]);
      expect(await effects()).to.deep.equal(later.map(({ event: { id } }) => id));
      expect(await quarantined()).to.deep.equal([]);
      expect((await letters()).map(({ status, cause }) => [status, cause])).to.deep.equal([['dead', 'ForeignMessage']]);
      expect(counted).to.deep.equal([['florin.users', 1]]);
    });
  }

  const spoilt: Record<string, object> = {
    'data that violates its schema': { ...event, data: { userId: 7 } },
    'a missing attribute': { ...event, subject: undefined },
    'an invalid id': { ...event, id: '7' },
    'only a type': { type: 'user-registered' },
  };
  for (const [name, value] of Object.entries(spoilt)) {
    it(`do not include a malformed Florin event, which parks its key: ${name}`, async () => {
      const alice = newId();
      await deliver([{ key: alice, event: value }, erased(alice), registered()]);
      expect(await effects()).to.have.length(1);
      expect((await letters()).map(({ status }) => status)).to.deep.equal(['dead', 'parked']);
      expect(await quarantined()).to.have.length(1);
      expect(counted).to.deep.equal([]);
    });
  }

  it('of an unknown type are skipped, because a newer release may have it', async () => {
    await deliver([{ key: newId(), event: { ...event, type: 'user-promoted' } }]);
    expect(await letters()).to.deep.equal([]);
    expect(counted).to.deep.equal([]);
  });

  it('do not stop the consumer, however many there are, and the table is bounded', async () => {
    const broker = handFedBroker();
    const consumer = createConsumer({ ...handling, broker, batchSize: 500, onFatal: () => {} });
    await consumer.start();
    const fine = Array.from({ length: 20 }, () => registered());
    for (const [index, one] of fine.entries()) {
      const flood = Array.from({ length: 100 }, (_, number) => ({ key: newId(), event: number % 2 === 0 ? 'hello' : '{}' }));
      await broker.deliver({ ...USERS, partition: index % 3 }, messagesOf([...flood, one], index * 200));
    }
    consumer.check();
    expect(await effects()).to.have.members(fine.map((one) => one.event.id));
    expect(await letters()).to.have.length(MAX_LETTERS);
    expect(counted.reduce((sum, [, messages]) => sum + messages, 0)).to.equal(2_000);
    await consumer.stop();
  });

  it('make room for others when an operator drops them', async () => {
    await deliver(Array.from({ length: MAX_LETTERS + 1 }, () => ({ key: newId(), event: 'hello' })));
    const [first] = await letters();
    await database.db.transaction((trx) => dropDeadLetter(trx, CONSUMER, { id: idText(first?.id as Buffer), actorId: null }));
    await deliver([{ key: newId(), event: 'goodbye' }]);
    const kept = await letters();
    expect(kept).to.have.length(MAX_LETTERS);
    expect(kept.at(-1)?.value?.toString()).to.equal('goodbye');
  });

  it('are kept with the beginning of a long value', async () => {
    await deliver([{ key: newId(), event: 'x'.repeat(1_000_000) }]);
    const [letter] = await letters();
    expect(letter?.value?.toString()).to.equal('x'.repeat(16 * 1024));
    expect(letter?.reason).to.equal('The value is not JSON. The first 16384 of its 1000000 bytes are kept.');
  });

  it('do not separate a dead letter of their key from the messages parked behind it', async () => {
    const alice = newId();
    cursed.add(alice);
    const events = [registered(alice), erased(alice)];
    await deliver([events[0] as Sent, { key: alice, event: null }, events[1] as Sent]);
    cursed.clear();
    const dead = (await letters()).find(({ cause }) => cause !== 'ForeignMessage' && cause !== null);
    expect(await replayDeadLetter(handling, { id: idText(dead?.id as Buffer), actorId: null })).to.equal(2);
    expect(await effects()).to.deep.equal(events.map((one) => one.event.id));
    expect(await quarantined()).to.deep.equal([]);
    expect((await letters()).map(({ cause }) => cause)).to.deep.equal(['ForeignMessage']);
  });

  it('cannot be replayed, and still block nothing after an attempt', async () => {
    const alice = newId();
    await deliver([{ key: alice, event: 'hello' }]);
    const [letter] = await letters();
    for (let attempt = 1; attempt <= 2; attempt++)
      expect(await failureOf(replayDeadLetter(handling, { id: idText(letter?.id as Buffer), actorId: null }))).to.include({
        code: 'DEAD_LETTER_STILL_FAILS',
      });
    expect((await letters()).map(({ cause }) => cause)).to.deep.equal(['ForeignMessage']);
    await deliver([registered(alice)]);
    expect(await effects()).to.have.length(1);
  });
});
