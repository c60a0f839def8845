import { failureOf } from '@florin/testing';
import { expect } from 'chai';
import { clientOf, credentials, type Played, problem, signedIn } from './played-server.ts';

const pages = [['a', 'b'], ['c', 'd'], ['e']];

/** Serves pages by their number as the cursor. */
function page(path: string): Played {
  const n = Number(new URL(path, 'http://florin.test').searchParams.get('cursor') ?? 0);
  const nextCursor = n + 1 < pages.length ? String(n + 1) : null;
  return { body: { data: pages[n]?.map((id) => ({ id })), page: { limit: 2, nextCursor } } };
}

describe('lists of the client', () => {
  it('give all items, with the filters in every request', async () => {
    const { florin, received } = clientOf(({ path }) => page(path));
    const ids: string[] = [];
    for await (const { id } of florin.list('/v1/products', { params: { query: { inStock: true, limit: 2 } } })) ids.push(id);
    expect(ids).to.deep.equal(['a', 'b', 'c', 'd', 'e']);
    expect(received.map(({ path }) => path.replace('/v1/products?', ''))).to.deep.equal([
      'inStock=true&limit=2',
      'inStock=true&limit=2&cursor=1',
      'inStock=true&limit=2&cursor=2',
    ]);
  });

  it('ask for no page that the loop does not reach', async () => {
    const { florin, received } = clientOf(({ path }) => page(path));
    for await (const { id } of florin.list('/v1/products')) if (id === 'b') break;
    expect(received).to.have.length(1);
  });

  it('go on when the token expires in the middle', async () => {
    let n = 0;
    const { florin, received } = clientOf(({ path, headers }) => {
      if (path.startsWith('/v1/auth/')) return signedIn(++n);
      if (headers.get('authorization') !== `Bearer access-${n}`) return problem(401, 'UNAUTHENTICATED');
      if (path.includes('cursor=1')) n += n === 1 ? 1 : 0;
      return headers.get('authorization') === `Bearer access-${n}` ? page(path) : problem(401, 'UNAUTHENTICATED');
    });
    await florin.session.signIn(credentials);
    const ids: string[] = [];
    for await (const { id } of florin.list('/v1/purchases')) ids.push(id);
    expect(ids).to.deep.equal(['a', 'b', 'c', 'd', 'e']);
    expect(received.filter(({ path }) => path === '/v1/auth/refresh')).to.have.length(1);
  });

  it('end at a server that repeats a cursor', async () => {
    const { florin, received } = clientOf(() => ({ body: { data: [], page: { limit: 2, nextCursor: 'again' } } }));
    const drain = async () => {
      for await (const _ of florin.list('/v1/products'));
    };
    expect(String(await failureOf(drain()))).to.include('the cursor that it was asked for');
    expect(received).to.have.length(2);
  });

  it('give whole pages too', async () => {
    const { florin } = clientOf(({ path }) => page(path));
    const sizes: number[] = [];
    for await (const { data } of florin.pages('/v1/products')) sizes.push(data.length);
    expect(sizes).to.deep.equal([2, 2, 1]);
  });

  it('stop by the signal', async () => {
    const controller = new AbortController();
    const { florin } = clientOf(({ path }) => page(path));
    const drain = async () => {
      for await (const { id } of florin.list('/v1/products', { signal: controller.signal }))
        if (id === 'b') controller.abort(new Error('enough'));
    };
    expect(await failureOf(drain())).to.include({ message: 'enough' });
  });
});
