import { newId, runTransaction } from '@florin/database';
import { type Event, makeEvent, newTraceparent, type OutgoingEvent, readTraceparent } from '@florin/events';
import { noFailpoints, runInContext } from '@florin/runtime';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { replayDeadLetter } from '../src/dead-letters.ts';
import { appendEvents, type Subscriptions } from '../src/index.ts';
import { CONSUMER, feedConsumer } from './feed-consumer.ts';
import { messagesOf } from './hand-fed-broker.ts';
import { migrations, quietLogger, registered, signatures } from './test-service.ts';

const PLACE = { topic: 'florin.purchases', partition: 0 };

/** A traceparent as another release, or another program, may send it. */
function requested(userId: string, traceparent: unknown): OutgoingEvent {
  const item = { productId: newId(), name: 'Tea', quantity: 1, unitPriceMinor: 1 };
  const data = { purchaseId: newId(), userId, items: [item], totalMinor: 1, currency: 'EUR' };
  const outgoing = makeEvent('purchase-requested', { sequence: 1, data });
  return { ...outgoing, event: { ...outgoing.event, traceparent } as Event };
}

function paid({ data }: Event<'purchase-requested'>): OutgoingEvent {
  const { purchaseId, userId } = data;
  return makeEvent('purchase-paid', { sequence: 1, data: { purchaseId, userId, amountMinor: 1, transferId: newId() } });
}

describe('the trace of an event', () => {
  let database: TestDatabase;
  let isBroken: boolean;

  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());
  beforeEach(async () => {
    isBroken = false;
    for (const table of ['outbox', 'inbox', 'dead_letters', 'quarantined']) await database.db(table).delete();
  });

  /** Answers every request, and publishes an event about each of its users. */
  const answer = async (trx: Knex.Transaction, events: readonly Event<'purchase-requested'>[]): Promise<void> => {
    if (isBroken) await trx.raw('INSERT INTO effects (event_id, user_id, type) VALUES (?, NULL, NULL)', ['x'.repeat(500)]);
    const users = [...new Set(events.map(({ data }) => data.userId))];
    await appendEvents(trx, [...events.map(paid), ...users.map((userId) => registered(userId))]);
  };
  const subscriptions: Subscriptions = { 'purchase-requested': answer };
  const append = (...events: OutgoingEvent[]) => runTransaction(database.db, (trx) => appendEvents(trx, events));

  /** The traces of the events in the outbox, by subject. */
  async function traces(): Promise<Map<string, string>> {
    const rows: { payload: string }[] = await database.db('outbox').orderBy('id').select('payload');
    const events = rows.map(({ payload }) => JSON.parse(payload) as Event);
    return new Map(events.map(({ subject, traceparent = 'none' }) => [subject, traceparent]));
  }

  it('is that of its request, for all events appended in it', async () => {
    const traceparent = newTraceparent();
    const [alice, bob] = [newId(), newId()];
    await runInContext({ requestId: 'r', traceparent }, () => append(registered(alice), registered(bob)));
    expect([...(await traces()).values()]).to.deep.equal([traceparent, traceparent]);
  });

  it('is one new trace if the request has none', async () => {
    const [alice, bob] = [newId(), newId()];
    await runInContext({ requestId: 'r' }, async () => {
      await append(registered(alice));
      await append(registered(bob));
    });
    const [first = '', second] = (await traces()).values();
    expect(readTraceparent(first)).to.equal(first);
    expect(second).to.equal(first);
  });

  it('is new for each event of a periodic job or a command', async () => {
    await append(...Array.from({ length: 5 }, () => registered()));
    const made = [...(await traces()).values()];
    expect(new Set(made)).to.have.property('size', 5);
    for (const one of made) expect(readTraceparent(one)).to.equal(one);
  });

  it('is its own if it has one', async () => {
    const { event, ...rest } = registered();
    const traceparent = newTraceparent();
    await runInContext({ requestId: 'r' }, () => append({ ...rest, event: { ...event, traceparent } }));
    expect([...(await traces()).values()]).to.deep.equal([traceparent]);
  });

  it('is that of the consumed event about the same subject, or else about the same user', async () => {
    const [alice, bob] = [newId(), newId()];
    const events = [alice, alice, bob].map((userId) => requested(userId, newTraceparent()));
    const { broker } = await feedConsumer(database.db, subscriptions);
    await broker.deliver(PLACE, messagesOf(events));
    const [first, second, ofBob] = events.map(({ event }) => event.traceparent);
    const found = await traces();
    expect(events.map(({ event }) => found.get(event.subject))).to.deep.equal([first, second, ofBob]);
    expect([found.get(alice), found.get(bob)]).to.deep.equal([second, ofBob]);
  });

  it('is new if the consumed event has none or an invalid one, which is no reason to dead-letter the event', async () => {
    const invalid = [undefined, '', 'x', 7, null, `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`];
    const events = invalid.map((traceparent) => requested(newId(), traceparent));
    const { broker } = await feedConsumer(database.db, subscriptions);
    await broker.deliver(PLACE, messagesOf(events));
    const found = await traces();
    const made = events.map(({ event }) => found.get(event.subject));
    expect(new Set(made)).to.have.property('size', invalid.length);
    for (const one of made) expect(readTraceparent(one)).to.equal(one);
    expect(events.map(({ key }) => found.get(key))).to.deep.equal(made);
  });

  it('is that of the consumed event if an admin replays it, too', async () => {
    const traceparent = newTraceparent();
    const request = requested(newId(), traceparent);
    const { broker } = await feedConsumer(database.db, subscriptions);
    isBroken = true;
    await broker.deliver(PLACE, messagesOf([request]));
    isBroken = false;
    const [letter] = (await database.db('dead_letters').select('id')) as { id: Buffer }[];
    const handling = { ...noEffects, db: database.db, subscriptions };
    const order = { id: letter?.id.toString('hex') ?? '', actorId: null };
    await runInContext({ requestId: 'r', traceparent: newTraceparent() }, () => replayDeadLetter(handling, order));
    expect((await traces()).get(request.event.subject)).to.equal(traceparent);
  });
});

const noEffects = { logger: quietLogger, consumer: CONSUMER, signatures, reachFailpoint: noFailpoints, onCommitted: () => {} };
