import { failureOf } from '@florin/testing';
import { expect } from 'chai';
import type sinon from 'sinon';
import { FlorinWaitTimeout } from '../src/index.ts';
import { clientOf, fakeClock, finishOn, type Played } from './played-server.ts';

const items = [{ productId: '0192c000-0000-7000-8000-000000000002', quantity: 1 }];
const purchase = (status: string): Played => ({ body: { data: { id: 'p1', status } } });

describe('a purchase by the client', () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = fakeClock();
  });
  afterEach(() => clock.restore());

  const finish = <T>(work: Promise<T>): Promise<T> => finishOn(clock, work);

  it('is one request if the server waits for the decision', async () => {
    const { florin, received } = clientOf(() => purchase('paid'));
    expect(await finish(florin.buy(items))).to.deep.equal({ id: 'p1', status: 'paid' });
    expect(received.map(({ headers }) => headers.get('prefer'))).to.deep.equal(['wait=20']);
  });

  it('is read again until it is decided', async () => {
    const answers = ['requested', 'requested', 'requested', 'declined'];
    const { florin, received } = clientOf(() => purchase(answers.shift() ?? ''));
    expect(await finish(florin.buy(items))).to.include({ status: 'declined' });
    expect(received.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([
      'POST /v1/purchases',
      ...Array(3).fill('GET /v1/purchases/p1'),
    ]);
  });

  it('counts as decided with a status of a newer server', async () => {
    const { florin } = clientOf(() => purchase('reserved'));
    expect(await finish(florin.buy(items))).to.include({ status: 'reserved' });
  });

  it('is waited for within a bound, and goes on', async () => {
    const { florin, received } = clientOf(() => purchase('requested'));
    const error = (await finish(failureOf(florin.buy(items, { timeoutMs: 10_000 })))) as FlorinWaitTimeout;
    expect(error).to.be.instanceOf(FlorinWaitTimeout);
    expect(error.purchase).to.include({ id: 'p1' });
    expect(received[0]?.headers.get('prefer')).to.equal('wait=10');
    expect(received).to.have.length.within(5, 25);
  });

  it('can be waited for until something else', async () => {
    const answers = ['none', 'pending', 'done'];
    const { florin } = clientOf(() => ({ body: { data: { id: 'p1', status: 'cancelled', refund: answers.shift() } } }));
    const done = await finish(florin.waitForPurchase('p1', { until: ({ refund }) => refund === 'done' }));
    expect(done).to.include({ refund: 'done' });
  });

  it('is no longer waited for when the signal is aborted', async () => {
    const controller = new AbortController();
    const { florin } = clientOf(() => purchase('requested'));
    const failure = failureOf(florin.buy(items, { signal: controller.signal }));
    await clock.tickAsync(1_000);
    controller.abort(new Error('closed'));
    expect(await failure).to.include({ message: 'closed' });
  });

  it('repeats an earlier one under its key', async () => {
    const { florin, received } = clientOf(() => purchase('paid'));
    await finish(florin.buy(items, { idempotencyKey: 'order-17' }));
    expect(received[0]?.headers.get('idempotency-key')).to.equal('order-17');
  });
});
