import { failureOf } from '@florin/testing';
import { expect } from 'chai';
import { FlorinNetworkError, FlorinProblem, UNEXPECTED_ANSWER } from '../src/index.ts';
import { retryAfterMsOf } from '../src/problem.ts';
import { clientOf } from './played-server.ts';

describe('FlorinProblem', () => {
  it('has the members of the problem details, and the others as extensions', async () => {
    const body = {
      type: '/docs/errors#PRODUCT_OUT_OF_STOCK',
      title: 'Not enough stock',
      status: 409,
      detail: 'Only 2 are left.',
      code: 'PRODUCT_OUT_OF_STOCK',
      requestId: 'r7',
      errors: [{ path: 'items.0.quantity', message: 'must be at most 2' }],
      available: 2,
    };
    const { florin } = clientOf(() => ({ status: 409, body }));
    const error = (await failureOf(florin.get('/v1/wallet'))) as FlorinProblem;
    const { available, ...members } = body;
    const { status, code, type, title, detail, requestId, errors } = error;
    expect(error).to.be.instanceOf(FlorinProblem);
    expect({ status, code, type, title, detail, requestId, errors }).to.deep.equal(members);
    expect(error.extensions).to.deep.equal({ available });
    expect(error.message).to.equal('GET /v1/wallet answered 409: PRODUCT_OUT_OF_STOCK, Only 2 are left.');
  });

  it('stands for the error page of a proxy too', async () => {
    const { florin } = clientOf(() => ({ status: 413, headers: { 'x-request-id': 'r8' }, body: '<html>' }));
    const error = await failureOf(florin.get('/v1/wallet'));
    expect(error).to.be.instanceOf(FlorinProblem).and.include({ code: UNEXPECTED_ANSWER, status: 413, requestId: 'r8' });
  });
});

describe('FlorinNetworkError', () => {
  it('stands for a successful answer that cannot be read', async () => {
    const { florin } = clientOf(() => 'no answer', {
      retry: false,
      fetch: () => Promise.resolve(new Response('<html>Log in to the network</html>')),
    });
    expect(await failureOf(florin.get('/v1/wallet'))).to.be.instanceOf(FlorinNetworkError);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-27T10:00:00Z');
  for (const [value, ms] of [
    ['3', 3_000],
    ['0', 0],
    ['Fri, 27 Nov 2026 10:00:05 GMT', 5_000],
    ['Fri, 27 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
  ] as const) {
    it(`${value} is ${ms} ms`, () => expect(retryAfterMsOf(new Headers({ 'retry-after': value }), now)).to.equal(ms));
  }
});

describe('answers of a newer server', () => {
  it('are passed through with values and fields that the client does not know', async () => {
    const data = { id: 'p1', status: 'reserved', reservedUntil: '2026-11-27T10:00:00Z' };
    const { florin } = clientOf(() => ({ body: { data } }));
    expect((await florin.get('/v1/purchases/{id}', { params: { path: { id: 'p1' } } })).data).to.deep.equal(data);
  });
});
