import { AppError } from '@florin/app-response';
import { expect } from 'chai';
import fc from 'fast-check';
import { createCursorSeal, encodeCursor } from '../src/index.ts';

const seal = createCursorSeal('the key of this service');
const list = { path: '/v1/books', query: { sort: 'title', author: 'Ada', limit: 20 } };
const cursor = encodeCursor('title', ['Tea', 7]);

describe('a sealed cursor', () => {
  it('opens to what was sealed, and needs no escaping in a URL', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.maxSafeInteger())), (values) => {
        const sealed = seal.seal(encodeCursor('title', values), list);
        expect(sealed).to.match(/^[\w.-]+$/);
        expect(seal.open(sealed, list)).to.equal(encodeCursor('title', values));
      }),
    );
  });

  it('belongs to the list, whatever the order of its parameters and the size of its pages', () => {
    const same = { path: '/v1/books', query: { limit: 5, cursor: 'x', author: 'Ada', sort: 'title', year: undefined } };
    expect(seal.open(seal.seal(cursor, list), same)).to.equal(cursor);
  });

  const others: Record<string, Parameters<typeof seal.open>[1]> = {
    'of another path': { ...list, path: '/v1/pens' },
    'in another order': { ...list, query: { ...list.query, sort: 'newest' } },
    'with another filter': { ...list, query: { ...list.query, author: 'Eve' } },
    'with one more filter': { ...list, query: { ...list.query, year: 1999 } },
    'with one filter fewer': { ...list, query: { sort: 'title' } },
    'with a filter of another type': { ...list, query: { ...list.query, author: ['Ada'] } },
  };
  for (const [name, other] of Object.entries(others)) {
    it(`is rejected by a list ${name}`, () => {
      expect(() => seal.open(seal.seal(cursor, other), list))
        .to.throw(AppError)
        .with.property('code', 'VALIDATION_FAILED');
    });
  }

  it('is rejected if another key sealed it', () => {
    expect(() => seal.open(createCursorSeal('another').seal(cursor, list), list)).to.throw(AppError);
  });

  it('is rejected after any change', () => {
    const sealed = seal.seal(cursor, list);
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom('A', 'a', '0', '_', '-', '.'), (at, character) => {
        const changed = sealed.slice(0, at) + character + sealed.slice(at + 1);
        fc.pre(changed !== sealed);
        expect(() => seal.open(changed, list)).to.throw(AppError);
      }),
      { numRuns: 500 },
    );
  });

  it('is rejected without a seal', () => {
    for (const text of [cursor, `${cursor}.`, '.', '', `${seal.seal(cursor, list)}.`, `${seal.seal(cursor, list)}=`])
      expect(() => seal.open(text, list), text).to.throw(AppError);
    fc.assert(fc.property(fc.string(), (text) => void expect(() => seal.open(text, list)).to.throw(AppError)));
  });
});
