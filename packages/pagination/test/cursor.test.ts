import { AppError } from '@florin/app-response';
import { expect } from 'chai';
import fc from 'fast-check';
import { type CursorValues, decodeCursor, encodeCursor } from '../src/index.ts';

const values = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger()), { minLength: 1, maxLength: 4 });

describe('a cursor', () => {
  it('returns what was encoded', () => {
    fc.assert(
      fc.property(fc.string(), values, (sort, key) => {
        expect(decodeCursor(sort, key.length, encodeCursor(sort, key))).to.deep.equal(
          key.map((value) => (value === 0 ? 0 : value)),
        );
      }),
    );
  });

  it('needs no escaping in a URL', () => {
    fc.assert(fc.property(values, (key) => /^[\w-]*$/.test(encodeCursor('newest', key))));
  });

  const good = encodeCursor('price', [100, 'id']);
  const raw = (json: string): string => Buffer.from(json).toString('base64url');
  const bad: Record<string, string> = {
    'of another sort': encodeCursor('name', [100, 'id']),
    'with a missing value': encodeCursor('price', [100]),
    'with an extra value': encodeCursor('price', [100, 'id', 1]),
    truncated: good.slice(0, -3),
    empty: '',
    'not base64url': '%%%',
    'not JSON': raw('price,100'),
    'not a list': raw('{"0":"price","1":100,"2":"id","length":3}'),
    'just text': raw('"price"'),
    null: raw('null'),
    'with a fraction': raw('["price",1.5,"id"]'),
    'with a number that is not safe': raw('["price",9007199254740993,"id"]'),
    'with an infinite number': raw('["price",1e400,"id"]'),
    'with NULL': raw('["price",null,"id"]'),
    'with a boolean': raw('["price",true,"id"]'),
    'with a list': raw('["price",[100],"id"]'),
    'with an object': raw('["price",{"toString":"x"},"id"]'),
    huge: raw(JSON.stringify(['price', ...Array.from({ length: 100_000 }, () => 1)])),
    'deeply nested': raw('['.repeat(100_000)),
  };
  for (const [name, cursor] of Object.entries(bad)) {
    it(`is rejected when it is ${name}`, () => {
      expect(() => decodeCursor('price', 2, cursor))
        .to.throw(AppError)
        .that.deep.include({ code: 'VALIDATION_FAILED', status: 422 })
        .and.has.nested.property('errors[0].path', 'cursor');
    });
  }

  it('is either parsed or rejected, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json().map(raw)), (cursor) => {
        let read: CursorValues = ['', 0];
        try {
          read = decodeCursor('price', 2, cursor);
        } catch (error) {
          expect(error).to.be.instanceOf(AppError);
        }
        expect(read).to.have.length(2);
      }),
    );
  });
});
