import assert from 'node:assert/strict';
import { idText, newId } from '@florin/database';
import { type Event, keyOf } from '@florin/events';
import { noFailpoints } from '@florin/runtime';
import { createTestDatabase, eventually, failureOf, type TestDatabase, untilWaiting } from '@florin/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Knex } from 'knex';
import type { Message } from '../src/broker.ts';
import { createConsumer } from '../src/consumer.ts';
import { DeadLettersFull, requireDeadLetterRoom } from '../src/dead-letter-limit.ts';
import { deadLetterMessage } from '../src/dead-letter-message.ts';
import { dropDeadLetter, listDeadLetters, type Order, replayDeadLetter } from '../src/dead-letters.ts';
import { type HandleOptions, handleBatch } from '../src/handle-batch.ts';
import { lockQuarantined, parkMessages } from '../src/park-messages.ts';
import { handFedBroker, messagesOf } from './hand-fed-broker.ts';
import { erased, migrations, quietLogger, registered, signatures } from './test-service.ts';

const USERS = { topic: 'florin.users', partition: 0 };
const CONSUMER = 'florin.test';

const ADMIN = newId();
const by = (id: string): Order => ({ id, actorId: ADMIN });

type Sent = ReturnType<typeof registered | typeof erased>;

describe('poison is parked by key', () => {
  let database: TestDatabase;
  let handling: HandleOptions;
  let committed: string[];
  /** Users whose events fail for now. */
  const cursed = new Set<string>();

  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());
  beforeEach(async () => {
    cursed.clear();
    committed = [];
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
      onCommitted: (events) => committed.push(...events.map(({ id }) => id)),
    };
  });

  const effects = (): Promise<string[]> => database.db('effects').orderBy('number').pluck('event_id');
  const idsOf = (events: readonly Sent[]): string[] => events.map(({ event }) => event.id);
  const deliver = (events: readonly Sent[], first = 0) =>
    handleBatch(handling, { ...USERS, messages: messagesOf(events, first) });
  const letters = async (): Promise<{ id: string; status: string; reason: string | null; event: string }[]> => {
    const { rows } = await listDeadLetters(database.db, CONSUMER, { limit: 100 });
    return rows.map(({ id, status, reason, value }) => {
      const text = id.toString('hex');
      const uuid = `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
      return { id: uuid, status, reason, event: (JSON.parse(value?.toString() ?? '{}') as { id: string }).id };
    });
  };

  it('dead-letters the poison message, parks later messages of its key, and applies the rest of the batch in order', async () => {
    const [alice, bob] = [newId(), newId()];
    const [poison, follows] = [registered(alice), erased(alice)];
    const others = [registered(bob), registered(), erased(bob), registered()];
    cursed.add(alice);
    await deliver([others[0], poison, others[1], follows, others[2], others[3]] as Sent[]);
    expect(await effects()).to.deep.equal(idsOf(others as Sent[]));
    expect(committed).to.have.members(idsOf(others as Sent[]));
    const kept = await letters();
    expect(kept.map(({ status, event }) => [status, event])).to.deep.equal([
      ['dead', poison.event.id],
      ['parked', follows.event.id],
    ]);
    expect(kept[0]?.reason).to.include('is cursed');
    const [offset] = await database.db('consumer_offsets');
    expect(Number(offset.next_offset)).to.equal(6);
  });

  it('continues to park in later batches, on other topics and after a restart', async () => {
    const alice = newId();
    cursed.add(alice);
    const [poison, later, elsewhere] = [registered(alice), erased(alice, 2), erased(alice, 3)];
    await deliver([poison]);
    cursed.clear();
    await deliver([later], 1);
    await handleBatch(handling, { topic: 'florin.payments', partition: 2, messages: messagesOf([elsewhere]) });
    expect(await effects()).to.deep.equal([]);
    expect((await letters()).map(({ event }) => event)).to.deep.equal(idsOf([poison, later, elsewhere]));
  });

  it('stores a message once if it is delivered twice, and applies a parked event once if it is published twice', async () => {
    const alice = newId();
    cursed.add(alice);
    const [poison, follows] = [registered(alice), erased(alice)];
    await deliver([poison, follows]);
    await deliver([poison, follows]);
    await deliver([follows], 2);
    const [first] = await letters();
    expect(await letters()).to.have.length(3);
    cursed.clear();
    expect(await replayDeadLetter(handling, by(first?.id ?? ''))).to.equal(3);
    expect(await effects()).to.deep.equal(idsOf([poison, follows]));
  });

  describe('at the maximum of dead letters', () => {
    const deliverAt = (max: number, events: readonly Sent[], first = 0) =>
      handleBatch({ ...handling, maxDeadLetters: max }, { ...USERS, messages: messagesOf(events, first) });
    const nextOffset = async (): Promise<number> => {
      const [offset]: number[] = await database.db('consumer_offsets').pluck('next_offset');
      return offset ?? 0;
    };

    it('lets the partition wait before one that would be parked, and drops nothing', async () => {
      const [alice, bob] = [newId(), newId()];
      cursed.add(alice);
      const events = [registered(alice), erased(alice), erased(alice, 3), registered(bob)];
      await deliverAt(2, events.slice(0, 2));
      for (let attempt = 1; attempt <= 2; attempt++)
        expect(await failureOf(deliverAt(2, events.slice(2), 2))).to.be.instanceOf(DeadLettersFull);
      expect(await letters()).to.have.length(2);
      expect(await effects()).to.deep.equal([]);
      expect(await nextOffset()).to.equal(2);

      cursed.clear();
      await replayDeadLetter(handling, by((await letters())[0]?.id ?? ''));
      await deliverAt(2, events.slice(2), 2);
      expect(await effects()).to.deep.equal(idsOf(events));
      expect(await letters()).to.deep.equal([]);
    });

    it('lets the partition wait before a message that would be dead-lettered', async () => {
      const [alice, bob] = [newId(), newId()];
      for (const user of [alice, bob]) cursed.add(user);
      await deliverAt(1, [registered(alice)]);
      expect(await failureOf(deliverAt(1, [registered(bob)], 1))).to.be.instanceOf(DeadLettersFull);
      expect(await letters()).to.have.length(1);
      expect(await nextOffset()).to.equal(1);
    });

    it('waits for a transaction that is writing one at the same time, so that both together keep to it', async () => {
      const [alice, bob] = [newId(), newId()];
      cursed.add(bob);
      const [message] = messagesOf([registered(alice)]) as [Message];
      const first = await database.db.transaction();
      await deadLetterMessage(first, CONSUMER, { ...USERS, message, error: new Error('cursed') });
      await requireDeadLetterRoom(first, CONSUMER, 1);

      const batch = { ...USERS, partition: 1, messages: messagesOf([registered(bob)]) };
      const second = failureOf(handleBatch({ ...handling, maxDeadLetters: 1 }, batch));
      await untilWaiting(database.db, 1);
      await first.commit();
      expect(await second).to.be.instanceOf(DeadLettersFull);
      expect(await letters()).to.have.length(1);
      expect(await database.db('consumer_offsets').pluck('partition_id')).to.deep.equal([0]);
    });

    it('continues with messages that are neither dead-lettered nor parked', async () => {
      const [alice, bob] = [newId(), newId()];
      cursed.add(alice);
      const events = [registered(alice), registered(bob)];
      await deliverAt(1, events);
      expect(await effects()).to.deep.equal(idsOf(events.slice(1)));
    });
  });

  it('records in the audit log who replayed or dropped which message, with the result', async () => {
    const [alice, bob] = [newId(), newId()];
    for (const user of [alice, bob]) cursed.add(user);
    await deliver([registered(alice), erased(alice), registered(bob)]);
    const [poison, follows, given] = await letters();
    const noted = async (): Promise<unknown[]> => {
      const rows = await database
        .db('audit_log')
        .whereIn('subject', [poison?.id, follows?.id, given?.id].map(String))
        .orderBy('id');
      for (const row of rows) expect(idText(row.actor_id)).to.equal(ADMIN);
      return rows.map((row) => [row.action, row.subject, JSON.parse(row.state_after)]);
    };
    await failureOf(replayDeadLetter(handling, by(poison?.id ?? '')));
    const [failed] = (await noted()) as [[string, string, { reason: string }]];
    expect(failed.slice(0, 2)).to.deep.equal(['dead-letter.replay', poison?.id]);
    expect(failed[2].reason).to.include('is cursed');
    cursed.clear();
    await replayDeadLetter(handling, by(poison?.id ?? ''));
    await database.db.transaction((trx) => dropDeadLetter(trx, CONSUMER, by(given?.id ?? '')));
    expect((await noted()).slice(1)).to.deep.equal([
      ['dead-letter.replay', poison?.id, null],
      ['dead-letter.replay', follows?.id, null],
      ['dead-letter.drop', given?.id, null],
    ]);
  });

  it('replays a key in the order of arrival, whichever message is named, and then ends the quarantine', async () => {
    const alice = newId();
    cursed.add(alice);
    const events = [registered(alice), erased(alice, 2), erased(alice, 3), erased(alice, 4)];
    await deliver(events);
    const last = (await letters()).at(-1);
    cursed.clear();
    expect(await replayDeadLetter(handling, by(last?.id ?? ''))).to.equal(4);
    expect(await effects()).to.deep.equal(idsOf(events));
    expect(committed).to.deep.equal(idsOf(events));
    expect(await letters()).to.deep.equal([]);
    expect(await database.db('quarantined')).to.deep.equal([]);
    const next = erased(alice, 5);
    await deliver([next], 4);
    expect(await effects()).to.include(next.event.id);
    expect(await failureOf(replayDeadLetter(handling, by(last?.id ?? '')))).to.include({ code: 'NOT_FOUND' });
  });

  it('stops a replay at the message that still fails, which stays first', async () => {
    const alice = newId();
    cursed.add(alice);
    const events = [registered(alice), erased(alice)];
    await deliver(events);
    const [dead] = await letters();
    expect(await failureOf(replayDeadLetter(handling, by(dead?.id ?? '')))).to.include({
      code: 'DEAD_LETTER_STILL_FAILS',
      status: 409,
    });
    expect(await effects()).to.deep.equal([]);
    expect((await letters()).map(({ event }) => event)).to.deep.equal(idsOf(events));
    const [row] = await database.db('dead_letters').orderBy('arrival');
    expect(row.attempts).to.equal(2);
  });

  it('drops a message; messages behind it stay, and the quarantine ends with the last one', async () => {
    const alice = newId();
    cursed.add(alice);
    const events = [registered(alice), erased(alice)];
    await deliver(events);
    const [dead, parked] = await letters();
    await database.db.transaction((trx) => dropDeadLetter(trx, CONSUMER, by(dead?.id ?? '')));
    expect((await letters()).map(({ event }) => event)).to.deep.equal(idsOf([events[1] as Sent]));
    expect(await database.db('quarantined')).to.have.length(1);
    await database.db.transaction((trx) => dropDeadLetter(trx, CONSUMER, { ...by(parked?.id ?? ''), isForced: true }));
    expect(await database.db('quarantined')).to.have.length(0);
    expect(await effects()).to.deep.equal([]);
  });

  it('has no entry in the audit log if the drop fails, and the message stays', async () => {
    const alice = newId();
    cursed.add(alice);
    await deliver([registered(alice)]);
    const [dead] = await letters();
    const subject = dead?.id ?? '';
    const drop = () => database.db.transaction((trx) => dropDeadLetter(trx, CONSUMER, by(subject)));
    await database.db.raw("CREATE TRIGGER quarantine_stays BEFORE DELETE ON quarantined FOR EACH ROW SIGNAL SQLSTATE '45000'");
    expect(await failureOf(drop())).to.be.instanceOf(Error);
    await database.db.raw('DROP TRIGGER quarantine_stays');
    expect(await letters()).to.have.length(1);
    expect(await database.db('audit_log').where({ subject })).to.deep.equal([]);
    await drop();
    expect(await database.db('audit_log').where({ subject })).to.have.length(1);
  });

  it('drops a parked message only with force, and records that it was parked', async () => {
    const alice = newId();
    cursed.add(alice);
    await deliver([registered(alice), erased(alice)]);
    const [, parked] = await letters();
    const subject = parked?.id ?? '';
    const refused = await failureOf(database.db.transaction((trx) => dropDeadLetter(trx, CONSUMER, by(subject))));
    expect(refused).to.include({ status: 409, code: 'DEAD_LETTER_PARKED' });
    expect(await letters()).to.have.length(2);
    expect(await database.db('audit_log').where({ subject })).to.deep.equal([]);
    await database.db.transaction((trx) => dropDeadLetter(trx, CONSUMER, { ...by(subject), isForced: true }));
    expect(await letters()).to.have.length(1);
    const [entry, ...others] = await database.db('audit_log').where({ subject });
    expect(others).to.deep.equal([]);
    expect(idText(entry.actor_id)).to.equal(ADMIN);
    expect(entry).to.include({ action: 'dead-letter.drop' });
    expect(JSON.parse(entry.state_before)).to.include({ status: 'parked', key: alice, topic: 'florin.users', offset: '1' });
  });

  it('replays twice at the same time with one effect each', async () => {
    const alice = newId();
    cursed.add(alice);
    const events = [registered(alice), erased(alice, 2), erased(alice, 3)];
    await deliver(events);
    cursed.clear();
    const [dead] = await letters();
    const replays = await Promise.allSettled([
      replayDeadLetter(handling, by(dead?.id ?? '')),
      replayDeadLetter(handling, by(dead?.id ?? '')),
    ]);
    expect(replays.map(({ status }) => status)).to.include('fulfilled');
    expect(await effects()).to.deep.equal(idsOf(events));
    expect(await letters()).to.deep.equal([]);
  });

  it('makes a consumer wait for a replay that is ending the quarantine, and then apply its event', async () => {
    const alice = newId();
    cursed.add(alice);
    await deliver([registered(alice)]);
    cursed.clear();
    await waitersForALock(database, 0);
    const ending = await database.db.transaction();
    await lockQuarantined(ending, CONSUMER, [Buffer.from(alice)]);
    await ending('dead_letters').delete();
    await ending('quarantined').delete();
    const next = erased(alice);
    const delivered = deliver([next], 1);
    await waitersForALock(database, 1);
    await ending.commit();
    await delivered;
    expect(await effects()).to.deep.equal([next.event.id]);
    expect(await letters()).to.deep.equal([]);
  });

  it('makes a replay wait for a consumer that is parking a message, and then replay that message too', async () => {
    const alice = newId();
    cursed.add(alice);
    const poison = registered(alice);
    await deliver([poison]);
    cursed.clear();
    const [dead] = await letters();
    await waitersForALock(database, 0);
    const parking = await database.db.transaction();
    await lockQuarantined(parking, CONSUMER, [Buffer.from(alice)]);
    const next = erased(alice);
    const [message] = messagesOf([next], 1);
    await parkMessages(parking, CONSUMER, message ? [{ ...USERS, message }] : []);
    const replayed = replayDeadLetter(handling, by(dead?.id ?? ''));
    await waitersForALock(database, 1);
    await parking.commit();
    expect(await replayed).to.equal(2);
    expect(await effects()).to.deep.equal(idsOf([poison, next]));
    expect(await database.db('quarantined')).to.deep.equal([]);
  });

  it('lets no event overtake a running replay', async () => {
    const alice = newId();
    cursed.add(alice);
    const parked = Array.from({ length: 10 }, (_, index) => erased(alice, index + 1));
    await deliver(parked);
    cursed.clear();
    const [dead] = await letters();
    const arriving = Array.from({ length: 10 }, (_, index) => erased(alice, index + 11));
    const consume = async (): Promise<void> => {
      for (const [index, event] of arriving.entries()) await deliver([event], 10 + index);
    };
    await Promise.all([replayDeadLetter(handling, by(dead?.id ?? '')), consume()]);
    for (const { id } of (await letters()).slice(0, 1)) await replayDeadLetter(handling, by(id));
    expect(await effects()).to.deep.equal(idsOf([...parked, ...arriving]));
  });

  it('keeps every key in order, whichever events are poison meanwhile', async () => {
    const people = [newId(), newId(), newId()];
    const person = fc.integer({ min: 0, max: 2 });
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ kind: fc.constant('deliver' as const), people: fc.array(person, { minLength: 1, maxLength: 8 }) }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('curse' as const), who: person }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('bless' as const), who: person }) },
    );
    let offset = 0;
    let sequence = 0;
    const replayAll = async (): Promise<void> => {
      for (let left = await letters(); left.length > 0; left = await letters()) {
        const before = left.length;
        for (const { id } of left) await failureOf(replayDeadLetter(handling, by(id)));
        if ((await letters()).length === before) return;
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        await database.db('effects').delete();
        // Each run has its own minute, so that it stays below the maximum of dead letters of one cause.
        await database.db('dead_letters').delete();
        const sent: Sent[] = [];
        for (const each of steps) {
          if (each.kind === 'curse') cursed.add(people[each.who] ?? '');
          if (each.kind === 'bless') {
            cursed.delete(people[each.who] ?? '');
            await replayAll();
          }
          if (each.kind === 'deliver') {
            const events = each.people.map((who) => erased(people[who] ?? '', ++sequence));
            sent.push(...events);
            await deliver(events, offset);
            offset += events.length;
          }
        }
        cursed.clear();
        await replayAll();
        expect(await letters()).to.deep.equal([]);
        const done: { event_id: string; user_id: string }[] = await database.db('effects').orderBy('number');
        for (const user of people) {
          const inOrder = sent.filter(({ key }) => key === user);
          expect(done.filter(({ user_id }) => user_id === user).map(({ event_id }) => event_id)).to.deep.equal(idsOf(inOrder));
        }
      }),
      { numRuns: 25 },
    );
  }).timeout(60_000);

  it('stops the consumer when more than ten messages fail for one cause within a minute, and skips none', async () => {
    const broker = handFedBroker();
    const consumer = createConsumer({ ...handling, broker, batchSize: 500, onFatal: () => {} });
    await consumer.start();
    const events = Array.from({ length: 14 }, () => registered());
    for (const { key } of events) cursed.add(key);
    const fine = registered();
    expect(await failureOf(broker.deliver(USERS, messagesOf([...events, fine])))).to.include({ name: 'TooManyDeadLetters' });
    expect(await letters()).to.have.length(10);
    expect(() => consumer.check()).to.throw(/stopped: 10 dead letters of one cause/);
    await failureOf(broker.deliver({ ...USERS, partition: 1 }, messagesOf([fine])));
    expect(await effects()).to.deep.equal([]);
    const [offset] = await database.db('consumer_offsets');
    expect(Number(offset.next_offset)).to.equal(10);
  });

  it('does not count messages with a future time, which a fast clock wrote', async () => {
    const broker = handFedBroker();
    const consumer = createConsumer({ ...handling, broker, batchSize: 500, onFatal: () => {} });
    await consumer.start();
    const events = Array.from({ length: 14 }, () => registered());
    for (const { key } of events) cursed.add(key);
    await broker.deliver(USERS, messagesOf(events.slice(0, 10)));
    await database.db('dead_letters').update({ created_at: database.db.raw('NOW(3) + INTERVAL 2 DAY') });
    await broker.deliver(USERS, messagesOf(events.slice(10), 10));
    expect(await letters()).to.have.length(14);
    consumer.check();
  });
});

/**
 * Waits until this number of the database's statements wait for row locks. The server refreshes its list of them only if nobody
 * has read it for 100 ms.
 */
function waitersForALock({ db, url }: TestDatabase, count: number): Promise<void> {
  const look = async (): Promise<void> => {
    const [rows] = await db.raw(
      `SELECT 1 FROM information_schema.innodb_trx AS trx JOIN information_schema.processlist AS process ON process.id = trx.trx_mysql_thread_id
       WHERE trx.trx_state = 'LOCK WAIT' AND process.db = ?`,
      [new URL(url).pathname.slice(1)],
    );
    expect(rows).to.have.length(count);
  };
  return eventually(look, { everyMs: 130 + Math.random() * 200 });
}
