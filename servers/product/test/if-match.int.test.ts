import { newId } from '@florin/database';
import { expect } from 'chai';
import { type ProductPlatform, startProduct } from './product-platform.ts';

/** Headers, with the answer for a subject of version 1. */
const outcomes: [ifMatch: string | undefined, outcome: 'done' | number][] = [
  ['"1"', 'done'],
  ['W/"1"', 'done'],
  ['"7", W/"1"', 'done'],
  ['*', 'done'],
  ['"2"', 412],
  ['W/"2"', 412],
  ['"2", "3"', 412],
  ['1', 400],
  ['"1', 400],
  ['*, "1"', 400],
  ['', 400],
  [undefined, 428],
];

describe('If-Match of products and categories', () => {
  let platform: ProductPlatform;
  before(async () => {
    platform = await startProduct();
  });
  after(() => platform.stop());

  const makers: Record<string, () => Promise<string>> = {
    '/v1/products': async () => (await platform.product()).id,
    '/v1/categories': async () => {
      const answer = await platform.call('POST', '/v1/categories', {
        token: platform.staff.token,
        body: { name: `Seeds ${newId()}` },
      });
      return String(answer.body.data.id);
    },
  };

  for (const [collection, make] of Object.entries(makers))
    for (const [method, body, doneStatus] of [
      ['PATCH', { description: 'Kite' }, 200],
      ['DELETE', undefined, 204],
    ] as const) {
      it(`is read by ${method} ${collection}/:id`, async () => {
        for (const [ifMatch, outcome] of outcomes) {
          const path = `${collection}/${await make()}`;
          const headers = ifMatch === undefined ? {} : { 'if-match': ifMatch };
          const options = { token: platform.staff.token, headers, ...(body && { body }) };
          const { status } = await platform.call(method, path, options);
          expect(status, ifMatch).to.equal(outcome === 'done' ? doneStatus : outcome);
          const { body: after } = await platform.call('GET', path, { token: platform.staff.token });
          if (outcome !== 'done') expect(after.data.version, ifMatch).to.equal(1);
        }
      });
    }

  it('is rejected with the reason if it is invalid', async () => {
    const options = { token: platform.staff.token, headers: { 'if-match': '1' }, body: { name: 'Kite' } };
    const { body } = await platform.call('PATCH', `/v1/products/${await makers['/v1/products']?.()}`, options);
    expect(body).to.include({ status: 400, code: 'IF_MATCH_MALFORMED' });
  });

  it('accepts one of two concurrent edits of the same version', async () => {
    const path = `/v1/products/${await makers['/v1/products']?.()}`;
    const edit = (name: string) =>
      platform.call('PATCH', path, { token: platform.staff.token, headers: { 'if-match': 'W/"1"' }, body: { name } });
    const statuses = (await Promise.all([edit('Kite'), edit('Kites')])).map(({ status }) => status);
    expect(statuses).to.have.members([200, 412]);
  });
});
