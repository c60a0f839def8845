import { newId } from '@florin/database';
import type { Event } from '@florin/events';
import { makeEvent, newTraceparent, type OutgoingEvent } from '@florin/events';
import { traceStatement } from '@florin/runtime';
import {
  createTestDatabase,
  eventually,
  type ReceivedSpan,
  startTestCollector,
  type TestCollector,
  type TestDatabase,
} from '@florin/testing';
import { openTracing, type Tracing } from '@florin/tracing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import type { Subscriptions } from '../src/index.ts';
import { feedConsumer } from './feed-consumer.ts';
import { messagesOf } from './hand-fed-broker.ts';
import { migrations } from './test-service.ts';

const PLACE = { topic: 'florin.purchases', partition: 0 };
const STATEMENT = 3;

describe('the spans of a batch', () => {
  let database: TestDatabase;
  let collector: TestCollector;
  let tracing: Tracing;
  let poison: string | undefined;
  let transientFailures: number;

  before(async () => {
    database = await createTestDatabase(migrations);
    collector = await startTestCollector();
  });
  after(async () => {
    await collector.stop();
    await database.drop();
  });
  beforeEach(async () => {
    [poison, transientFailures] = [undefined, 0];
    collector.spans.length = 0;
    for (const table of ['outbox', 'inbox', 'dead_letters', 'quarantined']) await database.db(table).delete();
    const quiet = { info() {}, warn() {} } as never;
    tracing = openTracing({
      ...{ service: 'books', endpoint: collector.endpoint, headers: {}, resourceAttributes: {}, logger: quiet },
      ...{ sampler: 'parentbased_always_off', ratio: 0, onDropped: () => {} },
    });
  });
  afterEach(() => tracing.stop());

  const answer = async (trx: Knex.Transaction, events: readonly Event<'purchase-requested'>[]): Promise<void> => {
    // As a pool's connection calls it.
    traceStatement('SELECT 1')?.(null);
    if (transientFailures-- > 0) throw Object.assign(new Error('gone'), { code: 'PROTOCOL_CONNECTION_LOST' });
    if (events.some(({ id }) => id === poison))
      await trx.raw('INSERT INTO effects (event_id, user_id, type) VALUES (?, NULL, NULL)', ['x'.repeat(500)]);
  };
  const subscriptions: Subscriptions = { 'purchase-requested': answer };
  const deliver = async (events: readonly OutgoingEvent[]): Promise<void> => {
    const { broker } = await feedConsumer(database.db, subscriptions, { tracer: tracing.tracer });
    await broker.deliver(PLACE, messagesOf(events));
  };
  const sent = async (): Promise<ReceivedSpan[]> => {
    await tracing.stop();
    return collector.spans;
  };
  const named = (spans: readonly ReceivedSpan[], name: string): ReceivedSpan[] => spans.filter((span) => span.name === name);

  it('are one per event in its own trace, linked to that of the batch, which has the statements', async () => {
    const events = [requested('01'), requested('00'), requested('01')];
    await deliver(events);
    const spans = await sent();
    const [batch, ...more] = named(spans, 'batch florin.test');
    expect(more).to.have.length(0);
    const processed = named(spans, 'process purchase-requested');
    const traces = events.filter(isSampledEvent).map(({ event }) => event.traceparent?.split('-').slice(1, 3));
    expect(processed.map(({ traceId, parentSpanId }) => [traceId, parentSpanId])).to.have.deep.members(traces);
    for (const { links } of processed) expect(links).to.deep.equal([{ traceId: batch?.traceId, spanId: batch?.spanId }]);
    const statements = spans.filter(({ kind }) => kind === STATEMENT);
    expect(statements.map(({ parentSpanId }) => parentSpanId)).to.deep.equal([batch?.spanId]);
    expect(batch?.attributes['messaging.batch.message_count']).to.equal(3);
  });

  it('do not exist if no event is sampled', async () => {
    await deliver([requested('00'), requested('00')]);
    expect(await sent()).to.deep.equal([]);
  });

  it('are kept of the attempt that succeeds; a failed attempt leaves only that of its batch', async () => {
    transientFailures = 1;
    const event = requested('01');
    await eventually(() => deliver([event]));
    const spans = await sent();
    expect(named(spans, 'batch florin.test').map(({ isFailed }) => isFailed)).to.deep.equal([true, false]);
    expect(named(spans, 'process purchase-requested').map(({ isFailed }) => isFailed)).to.deep.equal([false]);
  });

  it('show the error of a poison event in its own trace, by its code', async () => {
    const events = [requested('01'), requested('01')];
    poison = events[1]?.event.id;
    await deliver(events);
    const spans = named(await sent(), 'process purchase-requested');
    const failed = spans.filter(({ isFailed }) => isFailed);
    expect(failed.map(({ attributes }) => attributes['cloudevents.event_id'])).to.deep.equal([poison]);
    expect(failed[0]?.attributes['error.type']).to.match(/^ER_/);
    expect(spans).to.have.length(2);
  });
});

function requested(flags: '00' | '01'): OutgoingEvent {
  const item = { productId: newId(), name: 'Tea', quantity: 1, unitPriceMinor: 1 };
  const data = { purchaseId: newId(), userId: newId(), items: [item], totalMinor: 1, currency: 'EUR' };
  return makeEvent('purchase-requested', { sequence: 1, data, traceparent: newTraceparent().replace(/..$/, flags) });
}

function isSampledEvent({ event }: OutgoingEvent): boolean {
  return event.traceparent?.endsWith('01') === true;
}
