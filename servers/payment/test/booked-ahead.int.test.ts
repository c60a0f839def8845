import { newId } from '@florin/database';
import { createTestDatabase, eventually, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { migrations } from '../migrations/index.ts';
import { readBookedAheadS } from '../src/ledger/read-booked-ahead.ts';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { listWalletEntries } from '../src/wallets/list-wallet-entries.ts';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { readBalanceAt } from '../src/wallets/read-balance-at.ts';
import { readWallet } from '../src/wallets/read-wallet.ts';
import { registered, requested } from './make-events.ts';
import { postAt, postIn } from './post-at.ts';
import { type RunningPayment, startPayment } from './start-payment.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const terms = { currency: 'EUR', openingCreditMinor: 10_000, spendLimitMinor: 10_000 };

const iso = (inMs: number): string => new Date(Date.now() + inMs).toISOString();

describe('a wallet whose last entry is booked ahead of the clock', () => {
  let payment: RunningPayment;
  const alice = { id: newId() };
  const bob = { id: newId() };
  before(async () => {
    payment = await startPayment({ LEDGER_PERIOD_S: '1' });
    const buy = (inMs: number, totalMinor: number) =>
      postIn(payment.db, inMs, (trx) => payPurchases(trx, [requested({ userId: alice.id, totalMinor })]));
    await postIn(payment.db, -40 * DAY_MS, (trx) => openWallets(trx, [registered(alice.id), registered(bob.id)], terms));
    await buy(-HOUR_MS, 1);
    await buy(2 * DAY_MS, 10);
    await buy(0, 100);
  });
  after(() => payment.stop());

  const at = async (time: string, who = alice) => {
    const { status, body } = await payment.get(`/v1/wallet?at=${time}`, who);
    return status === 200 ? (body.data as { balanceMinor: number; sequence: number; isFinal: boolean }) : body.code;
  };

  it('has no final balance', async () => {
    expect(await at(iso(-2 * HOUR_MS))).to.include({ balanceMinor: 10_000, sequence: 1, isFinal: false });
    expect(await at(iso(-HOUR_MS / 2))).to.include({ balanceMinor: 9_999, sequence: 2, isFinal: false });
  });

  it('has the current balance now and at every later time', async () => {
    for (const inMs of [0, 60_000, DAY_MS, 3 * DAY_MS]) {
      expect(await at(iso(inMs)), iso(inMs)).to.include({ balanceMinor: 9_889, sequence: 4, isFinal: false });
    }
  });

  it('lists all entries up to now as not final', async () => {
    const list = async (query: string, who = alice) => {
      const { body } = await payment.get(`/v1/wallet/entries?${query}`, who);
      const page = body.page as { isFinal?: boolean };
      return [(body.data as { sequence: number }[]).map(({ sequence }) => sequence), page.isFinal];
    };
    expect(await list(`to=${iso(60_000)}`)).to.deep.equal([[4, 3, 2, 1], false]);
    expect(await list(`from=${iso(-2 * HOUR_MS)}`)).to.deep.equal([[4, 3, 2], false]);
    expect(await list(`to=${iso(-HOUR_MS / 2)}`)).to.deep.equal([[2, 1], false]);
    expect(await list('limit=2')).to.deep.equal([[4, 3], undefined]);
    expect(await list(`to=${iso(0)}`, bob)).to.deep.equal([[1], true]);
  });

  it('has no final statement', async () => {
    const month = iso(-40 * DAY_MS).slice(0, 7);
    const csv = await payment.read(`/v1/wallet/statements/${month}?format=csv`, alice);
    expect(csv.headers.get('florin-is-final')).to.equal('false');
    expect((await payment.read(`/v1/wallet/statements/${month}?format=html`, alice)).text).to.include('not final');
    const others = await payment.read(`/v1/wallet/statements/${month}?format=csv`, bob);
    expect(others.headers.get('florin-is-final')).to.equal('true');
    expect((await payment.read(`/v1/wallet/statements/${month}?format=html`, bob)).text).to.not.include('not final');
    const underWay = await payment.read(`/v1/wallet/statements/${iso(0).slice(0, 7)}?format=csv`, bob);
    expect(underWay.headers.get('florin-is-final')).to.equal('false');
  });

  it('has final balances again after the clock has caught up', async () => {
    const later = (inMs: number) =>
      postIn(payment.db, 3 * DAY_MS, (trx) => readBalanceAt(trx, { userId: alice.id, currency: 'EUR', at: new Date(iso(inMs)) }));
    expect(await later(-HOUR_MS / 2)).to.include({ balanceMinor: 9_999, sequence: 2, isFinal: true });
    expect(await later(2.5 * DAY_MS)).to.include({ balanceMinor: 9_889, sequence: 4, isFinal: true });
  });

  it('may be an empty wallet that was opened ahead of the clock', async () => {
    const carol = { id: newId() };
    await postIn(payment.db, 2 * DAY_MS, (trx) => openWallets(trx, [registered(carol.id)], { ...terms, openingCreditMinor: 0 }));
    expect(await at(iso(0), carol)).to.include({ balanceMinor: 0, sequence: 0, isFinal: false });
    expect(await at(iso(-HOUR_MS), carol)).to.equal('NOT_FOUND');
  });

  it('is shown in a metric', async () => {
    const metric = async () => {
      const { text } = await payment.read('/metrics', alice);
      return Number(
        text
          .split('\n')
          .find((line) => line.startsWith('florin_ledger_booked_ahead_seconds'))
          ?.split(' ')
          .at(-1),
      );
    };
    await eventually(async () => expect(await metric()).to.be.within(2 * 86_400 - 600, 2 * 86_400));
    expect(await postIn(payment.db, 3 * DAY_MS, readBookedAheadS)).to.equal(0);
  });

  it('differs from other wallets, which refuse future times', async () => {
    expect(await at(iso(-1_000), bob)).to.include({ balanceMinor: 10_000, isFinal: true });
    expect(await at(iso(5_000), bob)).to.equal('VALIDATION_FAILED');
  });
});

describe('a final answer about a time', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  const hours = fc.oneof(
    { weight: 6, arbitrary: fc.double({ min: 0, max: 3, noNaN: true }) },
    { weight: 2, arbitrary: fc.double({ min: 24, max: 72, noNaN: true }) },
    { weight: 2, arbitrary: fc.double({ min: -72, max: 0, noNaN: true }) },
  );
  const steps = fc.array(fc.record({ hours, buys: fc.nat(2), asks: fc.array(fc.double({ min: 0, max: 1, noNaN: true })) }), {
    minLength: 5,
    maxLength: 25,
  });

  it('stays the same, whatever the clock of the database does', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const userId = newId();
        const openedMs = Date.parse('2030-01-01T00:00:00Z');
        await postAt(database.db, new Date(openedMs), (trx) => openWallets(trx, [registered(userId)], terms));
        const said: { at: Date; balanceMinor: number; sequence: number }[] = [];
        let nowMs = openedMs;
        const ask = (at: Date) =>
          postAt(database.db, new Date(nowMs), async (trx) => {
            const of = { userId, currency: 'EUR' };
            const answer = await readBalanceAt(trx, { ...of, at });
            const wallet = await readWallet(trx, of);
            const { rows, isFinal } = await listWalletEntries(trx, wallet, { to: new Date(at.getTime() + 1), limit: 100 });
            expect([rows[0]?.sequence ?? 0, isFinal]).to.deep.equal([answer.sequence, answer.isFinal]);
            return answer;
          });
        for (const { hours: moved, buys, asks } of taken) {
          nowMs = Math.max(openedMs + 1, nowMs + Math.round(moved * HOUR_MS));
          const requests = Array.from({ length: buys }, () => requested({ userId, totalMinor: 1 }));
          if (buys > 0) await postAt(database.db, new Date(nowMs), (trx) => payPurchases(trx, requests));
          for (const share of asks) {
            const at = new Date(openedMs + Math.floor(share * (nowMs - openedMs - 1)));
            const { isFinal, balanceMinor, sequence } = await ask(at);
            if (isFinal) said.push({ at, balanceMinor, sequence });
          }
        }
        nowMs += 100 * DAY_MS;
        for (const { at, ...answer } of said) expect(await ask(at)).to.include({ ...answer, isFinal: true });
      }),
      { numRuns: 15 },
    );
  }).timeout(120_000);
});
