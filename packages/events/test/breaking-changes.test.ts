import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { breakingChanges, catalogueSchemas, describeCatalogue, type JsonSchema } from '../src/index.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const update = 'run `npm run docs` and commit the result';

describe('the catalogue', () => {
  it('has changed since its snapshot only in compatible ways', () => {
    const snapshot = JSON.parse(read('../catalogue.snapshot.json')) as Record<string, JsonSchema>;
    expect(Object.keys(snapshot)).to.have.length.above(0);
    expect(breakingChanges(snapshot, catalogueSchemas())).to.deep.equal([]);
  });

  it('matches docs/events.md', () => {
    expect(read('../../../docs/events.md') === describeCatalogue(), update).to.equal(true);
  });

  it('matches the snapshot', () => {
    expect(JSON.parse(read('../catalogue.snapshot.json')), update).to.deep.equal(catalogueSchemas());
  });
});

const item: JsonSchema = {
  type: 'object',
  properties: { id: { type: 'string' }, quantity: { type: 'integer', minimum: 1 } },
  required: ['id', 'quantity'],
};
const order: JsonSchema = {
  type: 'object',
  properties: {
    id: { type: 'string', description: 'which' },
    items: { type: 'array', items: item },
    by: { type: 'string', enum: ['a'] },
  },
  required: ['id', 'items'],
};
const withField = (name: string, field: JsonSchema): JsonSchema => ({
  ...order,
  properties: { ...order.properties, [name]: field },
});

describe('breakingChanges', () => {
  const harmless: Record<string, Record<string, JsonSchema>> = {
    nothing: { order },
    'a new type': { order, refund: order },
    'a new optional field': { order: withField('note', { type: 'string' }) },
    'a new optional field of a list': {
      order: withField('items', {
        type: 'array',
        items: { ...item, properties: { ...item.properties, note: { type: 'string' } } },
      }),
    },
    'other words': { order: withField('id', { type: 'string', description: 'which one' }) },
  };
  for (const [name, today] of Object.entries(harmless)) {
    it(`accepts ${name}`, () => expect(breakingChanges({ order }, today)).to.deep.equal([]));
  }

  const breaking: Record<string, [Record<string, JsonSchema>, string[]]> = {
    'a removed type': [{}, ['order is gone']],
    'a removed field': [
      { order: { ...order, properties: { id: { type: 'string' } }, required: ['id', 'items'] } },
      ['order.items is gone', 'order.by is gone'],
    ],
    'a field newly required': [{ order: { ...order, required: ['id', 'items', 'by'] } }, ['order.by is newly required']],
    'a new field that is required': [
      { order: { ...withField('note', { type: 'string' }), required: ['id', 'items', 'note'] } },
      ['order.note is newly required'],
    ],
    'a field no longer required, which older consumers need': [
      { order: { ...order, required: ['id'] } },
      ['order.items is no longer required'],
    ],
    'another type': [{ order: withField('id', { type: 'integer' }) }, ['order.id takes other values']],
    'fewer values': [{ order: withField('id', { type: 'string', maxLength: 5 }) }, ['order.id takes other values']],
    'more values, which older consumers reject': [
      { order: withField('by', { type: 'string', enum: ['a', 'b'] }) },
      ['order.by takes other values'],
    ],
    'a narrowed field of a list': [
      {
        order: withField('items', {
          type: 'array',
          items: { ...item, properties: { ...item.properties, quantity: { type: 'integer', minimum: 2 } } },
        }),
      },
      ['order.items[].quantity takes other values'],
    ],
  };
  for (const [name, [today, changes]] of Object.entries(breaking)) {
    it(`reports ${name}`, () => expect(breakingChanges({ order }, today)).to.have.members(changes));
  }
});
