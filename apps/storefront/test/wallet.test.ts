import { FlorinNetworkError, FlorinProblem } from '@florin/client';
import { expect } from 'chai';
import { amountFault } from '../src/wallet/amount-fault.ts';
import { dailyRoom } from '../src/wallet/daily-room.ts';
import { entryLink, entryText } from '../src/wallet/entry-source.ts';
import { boundsOf, isMonth, isOpenMonth, monthsSince } from '../src/wallet/months.ts';
import { pollAfterMs } from '../src/wallet/poll-after-ms.ts';
import { forgetAttempt, keepAttempt, keptAttempt, mayBeDone } from '../src/wallet/top-up-attempt.ts';

const now = new Date('2026-03-01T00:30:00Z');

describe('the months of statements', () => {
  it('go back to the month of the account, the newest first', () => {
    expect(monthsSince('2025-12-31T23:59:59Z', now)).to.deep.equal(['2026-03', '2026-02', '2026-01', '2025-12']);
  });

  it('are at most ten years', () => {
    expect(monthsSince('1970-01-01T00:00:00Z', now)).to.have.length(120);
  });

  it('begin and end at midnight UTC', () => {
    expect(boundsOf('2026-02')).to.deep.equal({ from: '2026-02-01T00:00:00.000Z', to: '2026-03-01T00:00:00.000Z' });
    expect(boundsOf('2026-12').to).to.equal('2027-01-01T00:00:00.000Z');
  });

  it('are open until they end', () => {
    expect(isOpenMonth('2026-03', now)).to.equal(true);
    expect(isOpenMonth('2026-02', now)).to.equal(false);
  });

  for (const text of ['2026-13', '2026-00', '26-01', '2026-1', '2026-01-01', '', '2026-04', '1969-12'])
    it(`are none for ${JSON.stringify(text)}`, () => {
      expect(isMonth(text, now)).to.equal(false);
    });
});

describe('the daily limit', () => {
  it('leaves what is not spent, until midnight UTC', () => {
    expect(dailyRoom({ dailyLimitMinor: 1000, spentTodayMinor: 400 }, now)).to.deep.equal({
      limitMinor: 1000,
      spentMinor: 400,
      leftMinor: 600,
      endsAt: '2026-03-02T00:00:00.000Z',
    });
  });

  it('leaves nothing if it was lowered below what is spent', () => {
    expect(dailyRoom({ dailyLimitMinor: 100, spentTodayMinor: 400 }, now)?.leftMinor).to.equal(0);
  });

  it('may be absent', () => {
    expect(dailyRoom({ dailyLimitMinor: null, spentTodayMinor: 400 }, now)).to.equal(undefined);
  });
});

describe('an entry of the wallet', () => {
  it('leads to the order or the top-up that it is about', () => {
    expect(entryLink({ source: { type: 'purchase', id: 'p' } })).to.equal('/orders/p');
    expect(entryLink({ purchaseId: 'p', source: { type: 'refund', id: 'r' } })).to.equal('/orders/p');
    expect(entryLink({ source: { type: 'top-up', id: 't' } })).to.equal('/wallet/top-up?id=t');
    expect(entryLink({ source: { type: 'adjustment', id: 'a' } })).to.equal(undefined);
  });

  it('has a name also if its type is new', () => {
    expect(entryText('top-up')).to.equal('wallet.entry.top-up');
    expect(entryText('loyalty-bonus')).to.equal('wallet.entry.other');
  });
});

describe('a top-up', () => {
  const attempt = { userId: 'u', key: 'k', amountMinor: 2500 };
  const storageOf = (kept: Map<string, string>) => ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  const problem = (status: number, code: string) =>
    new FlorinProblem({ method: 'POST', path: '/v1/wallet/top-ups' }, new Response(null, { status }), { code });

  it('keeps its key and amount over a reload, for its user only', () => {
    const storage = storageOf(new Map());
    keepAttempt(storage, attempt);
    expect(keptAttempt(storage, 'u')).to.deep.equal(attempt);
    expect(keptAttempt(storage, 'somebody-else')).to.equal(undefined);
    forgetAttempt(storage);
    expect(keptAttempt(storage, 'u')).to.equal(undefined);
  });

  for (const text of ['', 'null', '{', '{"userId":"u"}', '{"userId":"u","key":"k","amountMinor":1.5}'])
    it(`ignores ${JSON.stringify(text)} in the storage`, () => {
      expect(keptAttempt(storageOf(new Map([['florin.top-up', text]])), 'u')).to.equal(undefined);
    });

  it('may be done after no answer and after a fault of the server', () => {
    expect(mayBeDone(new FlorinNetworkError({ method: 'POST', path: '/v1' }, new Error('offline')), false)).to.equal(true);
    expect(mayBeDone(problem(500, 'INTERNAL_ERROR'), false)).to.equal(true);
    expect(mayBeDone(problem(503, 'UNAVAILABLE'), false)).to.equal(true);
  });

  for (const [status, code] of [
    [401, 'UNAUTHENTICATED'],
    [408, 'REQUEST_TIMEOUT'],
    [429, 'RATE_LIMITED'],
  ] as const)
    it(`may be done after ${status}, which comes before the key is looked up`, () => {
      expect(mayBeDone(problem(status, code), false)).to.equal(true);
    });

  it('may be done when a repeated request is refused because top-ups are stopped', () => {
    expect(mayBeDone(problem(503, 'TOP_UPS_UNAVAILABLE'), true)).to.equal(true);
  });

  it('is not done after a refusal', () => {
    expect(mayBeDone(problem(409, 'WALLET_FROZEN'), false)).to.equal(false);
    expect(mayBeDone(problem(422, 'VALIDATION_FAILED'), false)).to.equal(false);
    expect(mayBeDone(problem(503, 'TOP_UPS_UNAVAILABLE'), false)).to.equal(false);
  });

  it('needs an amount above zero', () => {
    expect([100, 0, 'empty', 'tooManyDecimals'].map((amount) => amountFault(amount as number))).to.deep.equal([
      undefined,
      'wallet.amount.zero',
      'wallet.amount.empty',
      'wallet.amount.tooManyDecimals',
    ]);
  });

  it('is asked for every 2 s in the first minute, then every 30 s', () => {
    expect([0, 29, 30, 1000].map(pollAfterMs)).to.deep.equal([2000, 2000, 30_000, 30_000]);
  });
});
