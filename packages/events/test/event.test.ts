import { expect } from 'chai';
import fc from 'fast-check';
import { v7 } from 'uuid';
import {
  createEventVerifier,
  definitionOf,
  type EventData,
  type EventType,
  eventTypes,
  makeEvent,
  type OutgoingEvent,
  type ParsedMessage,
  parseEvent,
  topics,
} from '../src/index.ts';
import { sampleData } from './sample-data.ts';

const alice = v7();
const purchaseId = v7();
const paid: EventData<'purchase-paid'> = { purchaseId, userId: alice, amountMinor: 500, transferId: v7() };

const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
/** Parses a value without a look at its signature. */
const parse = (value: Buffer | null): ParsedMessage =>
  parseEvent({ topic: 'florin.payments', partition: 0, offset: '0', key: null, value }, createEventVerifier({ mode: 'off' }));
const makeSample = (type: EventType): fc.Arbitrary<OutgoingEvent> =>
  fc
    .tuple(sampleData[type] as fc.Arbitrary<EventData<EventType>>, fc.maxSafeNat())
    .map(([data, sequence]) => makeEvent(type, { data, sequence }));

describe('makeEvent', () => {
  it('makes a CloudEvent with all attributes', () => {
    const time = new Date('2026-01-02T03:04:05.678Z');
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const { topic, key, event } = makeEvent('purchase-paid', { sequence: 42, data: paid, time, traceparent });
    expect({ topic, key }).to.deep.equal({ topic: 'florin.payments', key: alice });
    const { id, ...attributes } = event;
    expect(id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(attributes).to.deep.equal({
      specversion: '1.0',
      source: '/payment',
      type: 'purchase-paid',
      subject: purchaseId,
      time: '2026-01-02T03:04:05.678Z',
      datacontenttype: 'application/json',
      dataschema: 'urn:florin:event:purchase-paid:1',
      sequence: '00000000000000000042',
      traceparent,
      data: paid,
    });
  });

  it('leaves the trace out if there is none', () => {
    for (const traceparent of [undefined, '', 'x', `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`])
      expect(makeEvent('purchase-paid', { sequence: 1, data: paid, traceparent }).event).to.not.have.property('traceparent');
  });

  it('gives each event an id of its own', () => {
    const ids = Array.from(
      { length: 100 },
      () => makeEvent('user-registered', { sequence: 1, data: { userId: alice } }).event.id,
    );
    expect(new Set(ids).size).to.equal(100);
  });

  it('writes sequences so that text sorts as numbers do', () => {
    const sequenceOf = (sequence: number) => makeEvent('user-registered', { sequence, data: { userId: alice } }).event.sequence;
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.maxSafeNat(),
        (a, b) => sequenceOf(a) < sequenceOf(b) === a < b && sequenceOf(a).length === 20,
      ),
    );
  });

  for (const sequence of [-1, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1, '1' as unknown as number]) {
    it(`rejects the sequence ${JSON.stringify(sequence)}, which no consumer could read`, () => {
      expect(() => makeEvent('user-registered', { sequence, data: { userId: alice } })).to.throw('sequence');
    });
  }

  const keyFields: Partial<Record<EventType, string>> = { 'product-changed': 'productId', 'image-stored': 'imageId' };
  for (const type of eventTypes) {
    it(`gives ${type} its key, its aggregate's subject, and what parseEvent reads`, () => {
      fc.assert(
        fc.property(makeSample(type), ({ topic, key, event }) => {
          const definition = definitionOf(type);
          const data = event.data as Record<string, unknown>;
          expect(topic).to.equal(definition.topic);
          expect(key).to.equal(data[keyFields[type] ?? 'userId']);
          expect(event).to.include({ source: definition.source, subject: data[`${definition.aggregate}Id`] });
          expect(parse(bytes(event))).to.deep.equal({ kind: 'event', event });
        }),
        { numRuns: 20 },
      );
    });
  }

  const malformed: Record<string, object> = {
    'a missing field': { ...paid, transferId: undefined },
    'an unknown field': { ...paid, colour: 'red' },
    'a number as text': { ...paid, amountMinor: '500' },
    'a fraction': { ...paid, amountMinor: 1.5 },
    'a negative amount': { ...paid, amountMinor: -1 },
    'an unsafe amount': { ...paid, amountMinor: Number.MAX_SAFE_INTEGER + 1 },
    'an invalid id': { ...paid, userId: 'alice' },
    'an id in capitals': { ...paid, userId: alice.toUpperCase() },
    'an id in braces': { ...paid, userId: `{${alice}}` },
    'an id without hyphens': { ...paid, userId: alice.replaceAll('-', '') },
  };
  for (const [name, data] of Object.entries(malformed)) {
    it(`throws at ${name}`, () => {
      expect(() => makeEvent('purchase-paid', { sequence: 1, data: data as EventData<'purchase-paid'> })).to.throw(
        /^purchase-paid is malformed: /,
      );
    });
  }
});

describe('parseEvent', () => {
  const { event } = makeEvent('purchase-paid', { sequence: 1, data: paid });

  it('drops data fields that a newer release added', () => {
    const newer = { ...event, data: { ...paid, loyaltyPoints: 5 } };
    expect(parse(bytes(newer))).to.deep.equal({ kind: 'event', event });
  });

  it('drops them in lists too', () => {
    const item = { productId: v7(), name: 'tea', quantity: 1, unitPriceMinor: 5 };
    const requested = makeEvent('purchase-requested', {
      sequence: 1,
      data: { purchaseId, userId: alice, items: [item], totalMinor: 5, currency: 'EUR' },
    }).event;
    const newer = { ...requested, data: { ...requested.data, items: [{ ...item, colour: 'green' }] } };
    expect(parse(bytes(newer))).to.deep.equal({ kind: 'event', event: requested });
  });

  it('parses an event whose envelope has unknown attributes', () => {
    expect(parse(bytes({ ...event, partitionkey: 'x' }))).to.have.property('kind', 'event');
  });

  for (const type of ['purchase-gifted', '__proto__', 'constructor', 'toString']) {
    it(`reports ${type} as a type of another release`, () => {
      expect(parse(bytes({ ...event, type }))).to.deep.equal({ kind: 'unknown-type', type });
    });
  }

  it('says what is wrong with a Florin event whose data does not match its schema', () => {
    expect(parse(bytes({ ...event, data: { ...paid, amountMinor: '500' } }))).to.deep.equal({
      kind: 'malformed',
      id: event.id,
      type: 'purchase-paid',
      reason: '"amountMinor" must be a number',
    });
  });

  const { subject: _, ...withoutSubject } = event;
  const unreadable: Record<string, Buffer | null> = {
    'no value': null,
    'an empty value': Buffer.alloc(0),
    'no JSON': Buffer.from('hello'),
    'JSON cut short': bytes(event).subarray(0, -5),
    'invalid UTF-8': Buffer.from([0xff, 0xfe, 0x00]),
    null: bytes(null),
    'a list': bytes([event]),
    'a missing required attribute': bytes(withoutSubject),
    'another version': bytes({ ...event, specversion: '0.3' }),
    'an invalid id': bytes({ ...event, id: '7' }),
    'an id in capitals, which the inbox would take for another': bytes({ ...event, id: event.id.toUpperCase() }),
    'a sequence that is not padded': bytes({ ...event, sequence: '1' }),
    'a sequence that is a number': bytes({ ...event, sequence: 1 }),
    'an invalid time': bytes({ ...event, time: 'yesterday' }),
    'data that is not an object': bytes({ ...event, data: 'paid' }),
    'deeply nested JSON': Buffer.from('['.repeat(1_000_000)),
  };
  for (const [name, value] of Object.entries(unreadable)) {
    it(`reports as unreadable a message with ${name}`, () => {
      const parsed = parse(value);
      expect(parsed).to.have.property('kind', 'unreadable');
      expect(parsed).to.have.property('reason').that.is.a('string').and.match(/./);
    });
  }

  it('returns the type that an unreadable event claims to have, if it is a Florin type', () => {
    expect(parse(bytes({ ...event, id: '7' }))).to.include({ kind: 'unreadable', type: 'purchase-paid' });
    for (const value of [bytes({ ...event, id: '7', type: 'purchase-gifted' }), bytes([event]), bytes({ type: {} }), null])
      expect(parse(value)).to.include({ kind: 'unreadable' }).and.not.have.property('type');
  });

  it('never throws', () => {
    const attribute = fc.constantFrom(...Object.keys(event));
    const spoilt = fc.tuple(attribute, fc.jsonValue()).map(([name, value]) => bytes({ ...event, [name]: value }));
    const spoiltData = fc.jsonValue().map((data) => bytes({ ...event, data }));
    const anything = fc.uint8Array().map((data) => Buffer.from(data));
    const kinds = ['event', 'unknown-type', 'malformed', 'unreadable'];
    fc.assert(
      fc.property(fc.oneof(anything, fc.json().map(Buffer.from), spoilt, spoiltData), (value) =>
        kinds.includes(parse(value).kind),
      ),
      { numRuns: 1000 },
    );
  });
});

describe('topics', () => {
  it('are the documented ones', () => {
    expect(topics).to.have.members([
      'florin.users',
      'florin.sessions',
      'florin.purchases',
      'florin.payments',
      'florin.products',
      'florin.contacts',
      'florin.images',
    ]);
  });
});
