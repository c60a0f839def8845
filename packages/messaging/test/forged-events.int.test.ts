import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { idText, newId } from '@florin/database';
import { type Event, type EventSignatures, keyOf, type OutgoingEvent, parseSigningKeys, signEvent } from '@florin/events';
import { noFailpoints } from '@florin/runtime';
import { createTestDatabase, failureOf, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { type Consumer, createConsumer } from '../src/consumer.ts';
import { replayDeadLetter } from '../src/dead-letters.ts';
import type { HandleOptions } from '../src/handle-batch.ts';
import { storeSignatureStarts } from '../src/index.ts';
import { type HandFedBroker, handFedBroker, messagesOf } from './hand-fed-broker.ts';
import { erased, migrations, quietLogger, registered } from './test-service.ts';

const USERS = { topic: 'florin.users', partition: 0 };
const MAX_KEPT = 100;
const newKey = (): string => randomBytes(32).toString('base64');
const [secret, oldSecret] = [newKey(), newKey()];
const keys = parseSigningKeys(`current:${secret},old:${oldSecret}`);
const [current, old] = keys;

type Sent = { key: string; event: unknown };

describe('forged events', () => {
  let database: TestDatabase;
  let handling: HandleOptions;
  let consumer: Consumer;
  let broker: HandFedBroker;
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
    for (const table of ['effects', 'inbox', 'dead_letters', 'quarantined', 'consumer_offsets', 'signature_starts'])
      await database.db(table).delete();
    await consume({ mode: 'require', keys });
  });

  async function consume(signatures: EventSignatures): Promise<void> {
    const note = async (trx: Knex.Transaction, events: readonly Event[]): Promise<void> => {
      for (const event of events) {
        assert(!cursed.has(keyOf(event)), `user ${keyOf(event)} is cursed`);
        await trx('effects').insert({ event_id: event.id, user_id: keyOf(event), type: event.type });
      }
    };
    handling = {
      db: database.db,
      logger: quietLogger,
      consumer: 'florin.test',
      subscriptions: { 'user-registered': note, 'user-erased': note },
      signatures,
      reachFailpoint: noFailpoints,
      onCommitted: () => {},
      onForged: (topic, messages) => counted.push([topic, messages]),
    };
    broker = handFedBroker();
    consumer = createConsumer({ ...handling, broker, batchSize: 500, onFatal: () => {} });
    await consumer.start();
  }
  const signed = ({ topic, key, event }: OutgoingEvent, by = current): Sent => ({
    key,
    event: signEvent(JSON.stringify(event), { topic, key }, by),
  });
  const deliver = async (events: readonly Sent[], partition = 0): Promise<void> => {
    const first = offset;
    offset += events.length;
    await broker.deliver({ ...USERS, partition }, messagesOf(events, first));
  };
  const effects = (): Promise<string[]> => database.db('effects').orderBy('number').pluck('event_id');
  const letters = (): Promise<{ id: Buffer; status: string; cause: string | null; value: Buffer }[]> =>
    database.db('dead_letters').orderBy('arrival');
  const replay = async (): Promise<number> => {
    const [dead] = await letters();
    return replayDeadLetter(handling, { id: idText(dead?.id as Buffer), actorId: null });
  };

  it('are kept, and block neither their key nor their partition', async () => {
    const alice = newId();
    const [first, second] = [registered(alice), erased(alice)];
    await deliver([signed(first), erased(alice), { key: alice, event: 'hello' }, signed(second)]);
    expect(await effects()).to.deep.equal([first.event.id, second.event.id]);
    expect((await letters()).map(({ status, cause }) => [status, cause])).to.deep.equal([
      ['dead', 'ForgedEvent'],
      ['dead', 'ForgedEvent'],
    ]);
    expect(await database.db('quarantined')).to.deep.equal([]);
    expect(counted).to.deep.equal([['florin.users', 2]]);
    consumer.check();
  });

  it('never stop the consumer, however many there are, and the table is bounded', async () => {
    const genuine = Array.from({ length: 10 }, () => registered());
    for (const [index, one] of genuine.entries())
      await deliver([...Array.from({ length: 70 }, () => registered()), signed(one)], index % 3);
    consumer.check();
    expect(await effects()).to.have.members(genuine.map(({ event }) => event.id));
    expect(await letters()).to.have.length(MAX_KEPT);
    expect(counted.reduce((sum, [, messages]) => sum + messages, 0)).to.equal(700);
  });

  it('cannot be replayed, and still block nothing after an attempt', async () => {
    const alice = newId();
    await deliver([registered(alice)]);
    expect(await failureOf(replay())).to.include({ code: 'DEAD_LETTER_STILL_FAILS' });
    expect((await letters()).map(({ cause }) => cause)).to.deep.equal(['ForgedEvent']);
    await deliver([signed(registered(alice))]);
    expect(await effects()).to.have.length(1);
  });

  it('do not include events of a retired key', async () => {
    const event = registered();
    await deliver([signed(event, old)]);
    expect(await effects()).to.deep.equal([event.event.id]);
  });

  it('include unsigned events only from the stored offset on, without a restart', async () => {
    await consume({ keys });
    const [before, between, after] = [registered(), registered(), registered()];
    await deliver([before]);
    await storeSignatureStarts(database.db, [{ ...USERS, offset: String(offset + 1) }]);
    await deliver([between, after]);
    expect(await effects()).to.deep.equal([before.event.id, between.event.id]);
    expect(await letters()).to.have.length(1);
  });

  it('are all taken while signatures are off', async () => {
    await consume({ mode: 'off' });
    await deliver([registered()]);
    expect(await effects()).to.have.length(1);
  });

  describe('are not taken for events whose key is unknown, so that', () => {
    it('the partition waits, the instance is not ready, and nothing is skipped until the key is configured', async () => {
      const [event, later] = [registered(), registered()];
      const messages = messagesOf([signed(event), signed(later)]);
      await consume({ mode: 'require', keys: parseSigningKeys(`other:${newKey()}`) });
      expect(await failureOf(broker.deliver(USERS, messages))).to.have.property('name', 'UnknownSigningKey');
      expect(() => consumer.checkConsuming()).to.throw('florin.users/0 waits: EVENT_SIGNING_KEYS has no key current');
      expect(await letters()).to.deep.equal([]);
      expect(await database.db('consumer_offsets')).to.deep.equal([]);

      await consume({ mode: 'require', keys });
      await broker.deliver(USERS, messages);
      consumer.checkConsuming();
      expect(await effects()).to.deep.equal([event.event.id, later.event.id]);
    });

    it('other partitions continue', async () => {
      const [unknown] = parseSigningKeys(`unknown:${newKey()}`);
      const event = registered();
      const results = await Promise.allSettled([deliver([signed(registered(), unknown)], 1), deliver([signed(event)], 2)]);
      expect(results.map(({ status }) => status)).to.deep.equal(['rejected', 'fulfilled']);
      expect(await effects()).to.deep.equal([event.event.id]);
    });

    it('a dead letter stays until the key is configured', async () => {
      const alice = newId();
      cursed.add(alice);
      await deliver([signed(registered(alice))]);
      cursed.clear();
      const [{ cause } = { cause: null }] = await letters();
      await consume({ mode: 'require', keys: parseSigningKeys(`other:${newKey()}`) });
      expect(await failureOf(replay())).to.include({ code: 'UNAVAILABLE' });
      expect((await letters()).map((letter) => letter.cause)).to.deep.equal([cause]);
    });
  });

  describe('among dead letters', () => {
    it('a genuine event keeps its signature, and is replayed with those parked behind it', async () => {
      const alice = newId();
      cursed.add(alice);
      const [first, second] = [registered(alice), erased(alice)];
      await deliver([signed(first), signed(second)]);
      cursed.clear();
      expect((await letters()).map(({ value }) => String(value))).to.deep.equal([signed(first).event, signed(second).event]);
      expect(await replay()).to.equal(2);
      expect(await effects()).to.deep.equal([first.event.id, second.event.id]);
    });

    it('a changed one is refused, and still blocks its key', async () => {
      const alice = newId();
      cursed.add(alice);
      await deliver([signed(registered(alice)), signed(erased(alice))]);
      cursed.clear();
      const [dead] = await letters();
      const changed = String(dead?.value).replaceAll(alice, newId());
      await database.db('dead_letters').where({ id: dead?.id }).update({ value: changed });
      expect(await failureOf(replay())).to.include({ code: 'DEAD_LETTER_STILL_FAILS' });
      expect((await letters()).map(({ status, cause }) => [status, cause])).to.deep.equal([
        ['dead', 'InvalidSignature'],
        ['parked', null],
      ]);
      expect(await effects()).to.deep.equal([]);
      expect(await failureOf(replay()), 'again').to.include({ code: 'DEAD_LETTER_STILL_FAILS' });
      await deliver([signed(erased(alice))]);
      expect(await effects(), 'the key is still blocked').to.deep.equal([]);
    });

    it('an unsigned one from below the stored offset is replayed', async () => {
      await consume({ keys });
      const alice = newId();
      cursed.add(alice);
      const event = registered(alice);
      await deliver([event]);
      cursed.clear();
      await storeSignatureStarts(database.db, [{ ...USERS, offset: String(offset) }]);
      expect(await replay()).to.equal(1);
      expect(await effects()).to.deep.equal([event.event.id]);
    });
  });
});
