import { expect } from 'chai';
import { type SentRequest, sentHash } from '../src/index.ts';

const PATH = '/v1/wallets/:userId/holds';
const ID = '01890A5D-AC96-774B-BCCE-B302099A8057';

function hash(sent: Partial<SentRequest>, unordered: readonly string[] = []): string | undefined {
  return sentHash(PATH, { params: {}, query: {}, body: {}, ...sent }, { unordered })?.toString('hex');
}

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

describe('sentHash', () => {
  const same: [what: string, Partial<SentRequest>, Partial<SentRequest>][] = [
    ['the order of fields', { body: { a: 1, b: { c: 2, d: 3 } } }, { body: { b: { d: 3, c: 2 }, a: 1 } }],
    ['the order of parameters', { query: { currency: 'EUR', x: '1' } }, { query: { x: '1', currency: 'EUR' } }],
    ['the case of ids in the path', { params: { userId: ID } }, { params: { userId: ID.toLowerCase() } }],
    ['the case of ids in the body', { body: { productId: ID } }, { body: { productId: ID.toLowerCase() } }],
    ['the case of the query', { query: { currency: 'eur' } }, { query: { currency: 'EUR' } }],
    ['a field that is undefined', { body: { a: null } }, { body: { a: undefined } }],
  ];
  for (const [what, one, other] of same) {
    it(`does not depend on ${what}`, () => {
      expect(hash(one)).to.be.a('string').and.equal(hash(other));
    });
  }

  const different: [what: string, Partial<SentRequest>, Partial<SentRequest>][] = [
    ['an omitted value', { body: {} }, { body: { ttlSeconds: 604_800 } }],
    ['an omitted parameter', { query: {} }, { query: { currency: 'EUR' } }],
    ['a number and its text', { body: { amountMinor: 5 } }, { body: { amountMinor: '5' } }],
    ['the case of text', { body: { reason: 'Gift' } }, { body: { reason: 'gift' } }],
    ['the body and the query', { body: { currency: 'EUR' } }, { query: { currency: 'EUR' } }],
    ['the order of a list', { body: { list: [1, 2] } }, { body: { list: [2, 1] } }],
    ['half of a surrogate pair and its stored form', { body: { reason: '\ud800' } }, { body: { reason: '\ufffd' } }],
    ['a list and its length', { body: { list: [[], []] } }, { body: { list: [[[]]] } }],
  ];
  for (const [what, one, other] of different) {
    it(`distinguishes ${what}`, () => {
      expect(hash(one)).to.be.a('string').and.not.equal(hash(other));
    });
  }

  it('does not depend on the order of a list whose order does not matter', () => {
    const [a, b] = [
      { productId: ID, quantity: 1 },
      { productId: ID, quantity: 2 },
    ];
    expect(hash({ body: { items: [a, b] } }, ['items'])).to.equal(hash({ body: { items: [b, a] } }, ['items']));
    expect(hash({ body: { items: [a, a] } }, ['items'])).not.to.equal(hash({ body: { items: [a, b] } }, ['items']));
    expect(hash({ body: { items: [a] } }, ['items'])).not.to.equal(hash({ body: { items: [JSON.stringify(a)] } }, ['items']));
    expect(hash({ body: { items: 'none' } }, ['items'])).to.be.a('string');
  });

  it('depends on the endpoint', () => {
    const sent = { params: {}, query: {}, body: {} };
    expect(sentHash('/v1/purchases', sent)).not.to.deep.equal(sentHash('/v1/checkout', sent));
  });

  it('returns undefined for a body nested deeper than that of any endpoint', () => {
    expect(hash({ body: { list: nested(10) } })).to.be.a('string');
    expect(hash({ body: { list: nested(1_000) } })).to.equal(undefined);
    const deep = JSON.parse(`{"items":${'['.repeat(40_000)}${']'.repeat(40_000)}}`) as SentRequest['body'];
    expect(hash({ body: deep })).to.equal(undefined);
    expect(hash({ body: deep }, ['items'])).to.equal(undefined);
  });
});
