import { failureOf } from '@florin/testing';
import { expect } from 'chai';
import sinon from 'sinon';
import { FlorinNetworkError, FlorinProblem } from '../src/index.ts';
import { clientOf, fakeClock, finishOn, type Played, problem } from './played-server.ts';

const purchase = { body: { items: [{ productId: '0192c000-0000-7000-8000-000000000002', quantity: 1 }] } };
const accepted: Played = { status: 202, body: { data: { id: 'p1', status: 'requested' } } };
const unavailable = problem(503, 'UNAVAILABLE', { 'retry-after': '2' });

describe('repetitions of the client', () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = fakeClock();
  });
  afterEach(() => {
    sinon.restore();
    clock.restore();
  });

  const finish = <T>(work: Promise<T>): Promise<T> => finishOn(clock, work);

  it('wait for Retry-After and a random time more', async () => {
    sinon.stub(Math, 'random').returns(0.5);
    const answers = [unavailable, unavailable, { body: { data: [], page: { limit: 20, nextCursor: null } } }];
    const { florin, received } = clientOf(() => answers.shift() ?? 'no answer');
    await finish(florin.get('/v1/categories'));
    expect(received.map(({ at }) => at - 1_000_000)).to.deep.equal([0, 2_100, 4_300]);
  });

  it('spread clients that were refused together', async () => {
    const { florin, received } = clientOf(() => problem(503, 'UNAVAILABLE'), { retry: { maxAttempts: 2, baseDelayMs: 1_000 } });
    await finish(Promise.all(Array.from({ length: 50 }, () => failureOf(florin.get('/v1/categories')))));
    const seconds = received.slice(50).map(({ at }) => at - 1_000_000);
    expect(new Set(seconds).size).to.be.above(30);
    expect(Math.max(...seconds) - Math.min(...seconds)).to.be.above(500);
  });

  it('end after the maximum of attempts in a storm of 503', async () => {
    const { florin, received } = clientOf(() => problem(503, 'UNAVAILABLE', { 'retry-after': '0' }));
    const error = await finish(failureOf(florin.get('/v1/categories')));
    expect(error).to.be.instanceOf(FlorinProblem).and.include({ code: 'UNAVAILABLE', status: 503 });
    expect(received).to.have.length(5);
  });

  it('end after the maximum of time in a storm of 503', async () => {
    const { florin, received } = clientOf(() => problem(503, 'UNAVAILABLE', { 'retry-after': '9' }), {
      retry: { maxAttempts: 1_000 },
    });
    await finish(failureOf(florin.get('/v1/categories')));
    expect(received).to.have.length.within(3, 4);
    expect(Date.now() - 1_000_000).to.be.at.most(30_000);
  });

  it('are not made if Retry-After leads beyond the maximum of time', async () => {
    const { florin, received } = clientOf(() => problem(429, 'RATE_LIMITED', { 'retry-after': '3600' }));
    const error = await finish(failureOf(florin.get('/v1/categories')));
    expect(error).to.include({ code: 'RATE_LIMITED', retryAfterMs: 3_600_000 });
    expect(received).to.have.length(1);
  });

  it('keep the idempotency key of a write', async () => {
    const answers = ['no answer' as const, unavailable, accepted, accepted];
    const { florin, received } = clientOf(() => answers.shift() ?? 'no answer');
    await finish(florin.post('/v1/purchases', purchase));
    await finish(florin.post('/v1/purchases', purchase));
    const keys = received.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys[0]).to.match(/^[0-9a-f]{32}$/);
    expect(keys.slice(0, 3)).to.deep.equal([keys[0], keys[0], keys[0]]);
    expect(keys[3])
      .to.match(/^[0-9a-f]{32}$/)
      .and.not.equal(keys[0]);
  });

  it('tell the key of a write that got no answer', async () => {
    const { florin, received } = clientOf(() => 'no answer');
    const error = (await finish(failureOf(florin.post('/v1/purchases', purchase)))) as FlorinNetworkError;
    expect(error).to.be.instanceOf(FlorinNetworkError).and.include({ isTimeout: false });
    expect(error.request.idempotencyKey).to.equal(received[0]?.headers.get('idempotency-key'));
    expect(received).to.have.length(5);
  });

  it('are never made of a write without a key', async () => {
    for (const answer of ['no answer', unavailable] as const) {
      const { florin, received } = clientOf(() => answer);
      await finish(failureOf(florin.post('/v1/purchases/{id}/cancel', { params: { path: { id: 'p1' } }, body: {} })));
      await finish(failureOf(florin.session.signIn({ email: 'a@florin.example', password: 'correct horse battery' })));
      await finish(failureOf(florin.patch('/v1/users/me', { body: { name: 'Ada' } })));
      expect(received).to.have.length(3);
    }
  });

  it('are not made after a refusal that does not pass', async () => {
    for (const [status, code] of [
      [409, 'PRODUCT_OUT_OF_STOCK'],
      [422, 'VALIDATION_FAILED'],
      [500, 'INTERNAL_ERROR'],
    ] as const) {
      const { florin, received } = clientOf(() => problem(status, code));
      expect(await finish(failureOf(florin.post('/v1/purchases', purchase)))).to.include({ code });
      expect(received).to.have.length(1);
    }
  });

  it('wait for the wallet of a new account', async () => {
    const answers = [problem(409, 'WALLET_NOT_READY', { 'retry-after': '1' }), accepted];
    const { florin } = clientOf(() => answers.shift() ?? 'no answer');
    expect((await finish(florin.post('/v1/purchases', purchase))).data.id).to.equal('p1');
  });

  it('are switched off by retry: false', async () => {
    const { florin, received } = clientOf(() => unavailable);
    await finish(failureOf(florin.get('/v1/categories', { retry: false })));
    expect(received).to.have.length(1);
  });

  it('end when the signal is aborted, while waiting and while sending', async () => {
    const [waiting, sending] = [new AbortController(), new AbortController()];
    const { florin, received } = clientOf(() => unavailable);
    const first = failureOf(florin.get('/v1/categories', { signal: waiting.signal }));
    await clock.tickAsync(1_000);
    waiting.abort(new Error('no longer needed'));
    expect(await first).to.include({ message: 'no longer needed' });
    expect(received).to.have.length(1);
    const { florin: slow, received: sent } = clientOf(() => new Promise(() => {}));
    const second = failureOf(slow.get('/v1/categories', { signal: sending.signal }));
    await clock.tickAsync(1_000);
    sending.abort(new Error('no longer needed'));
    expect(await second).to.include({ message: 'no longer needed' });
    expect(sent).to.have.length(1);
  });
});

describe('a time-out of the client', () => {
  it('is a network error of its own', async () => {
    const { florin } = clientOf(() => new Promise(() => {}), { timeoutMs: 5, retry: false });
    expect(await failureOf(florin.get('/v1/categories')))
      .to.be.instanceOf(FlorinNetworkError)
      .and.include({ isTimeout: true });
  });
});
