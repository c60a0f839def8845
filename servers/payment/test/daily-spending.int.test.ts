import { idBytes, newId } from '@florin/database';
import { type ShiftedClock, shiftClock } from '@florin/testing';
import { expect } from 'chai';
import { invariants } from '../src/invariants.ts';
import { auditLedger } from '../src/ledger/audit-ledger.ts';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { refundPurchases } from '../src/payments/refund-purchases.ts';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { cancelled, registered, requested } from './make-events.ts';
import { postAt } from './post-at.ts';
import { paymentFor, walletOfUser } from './read-ledger.ts';
import { type RunningPayment, startPayment } from './start-payment.ts';

const DAY_MS = 86_400_000;
const terms = { currency: 'EUR', openingCreditMinor: 100_000, spendLimitMinor: 100_000 };

/** Noon plus `days`, by the database's clock. */
const noon = (days: number): string => new Date(Date.parse('2031-05-06T12:00:00Z') + days * DAY_MS).toISOString();

describe("the count of a day's purchases", () => {
  let payment: RunningPayment;
  let alice: { id: string };
  const admin = { id: newId(), roles: ['buyer', 'admin'] };
  before(async () => {
    payment = await startPayment();
  });
  after(() => payment.stop());
  beforeEach(async () => {
    alice = { id: newId() };
    await postAt(payment.db, '2024-01-01T00:00:00Z', (trx) => openWallets(trx, [registered(alice.id)], terms));
    await change({ daily_limit_minor: 1000 });
  });

  const change = (columns: Record<string, unknown>) => payment.db('wallets').where('user_id', idBytes(alice.id)).update(columns);
  const stored = async () => {
    const { spentOn, spentMinor } = await walletOfUser(payment.db, alice.id);
    return [spentOn, spentMinor];
  };
  /** Buys at a time of the database's clock. */
  const buy = async (time: string, totalMinor: number) => {
    const request = requested({ userId: alice.id, totalMinor });
    await postAt(payment.db, time, (trx) => payPurchases(trx, [request]));
    const decided = await paymentFor(payment.db, request.data.purchaseId);
    const outcome = decided?.status === 'declined' ? decided.declineReason : decided?.status;
    return { ...request.data, outcome, facts: decided?.facts };
  };
  const outcomes = async (...purchases: (readonly [time: string, totalMinor: number])[]) => {
    const decided: unknown[] = [];
    for (const [time, totalMinor] of purchases) decided.push((await buy(time, totalMinor)).outcome);
    return decided;
  };
  const refund = (time: string, purchase: { purchaseId: string; userId: string }) =>
    postAt(payment.db, time, (trx) => refundPurchases(trx, [cancelled(purchase)], terms));
  const audit = async () => (await auditLedger(payment.db, { invariants, userId: alice.id })).mismatches;

  it('starts again with each day', async () => {
    const decided = await outcomes([noon(0), 1000], [noon(0), 1], [noon(1), 1000], [noon(1), 1], [noon(2), 400]);
    expect(decided).to.deep.equal(['charged', 'DAILY_LIMIT_EXCEEDED', 'charged', 'DAILY_LIMIT_EXCEEDED', 'charged']);
    expect(await stored()).to.deep.equal(['2031-05-08', 400]);
    expect(await audit()).to.deep.equal([]);
  });

  it('is not restarted by clocks that are two seconds apart at midnight', async () => {
    const [early, late] = ['2031-05-06T23:59:59.000Z', '2031-05-07T00:00:01.000Z'];
    const decided = await outcomes([early, 900], [late, 600], [early, 300], [late, 100], [early, 1], [late, 1]);
    expect(decided).to.deep.equal(['charged', 'charged', 'charged', 'charged', 'DAILY_LIMIT_EXCEEDED', 'DAILY_LIMIT_EXCEEDED']);
    expect(await stored()).to.deep.equal(['2031-05-07', 1000]);
    expect(await audit()).to.deep.equal([]);
  });

  it('continues if an instance of the release before, minutes ahead, already counts to tomorrow', async () => {
    await buy('2031-05-06T23:20:00Z', 700);
    await buy('2031-05-07T00:10:00Z', 600);
    expect(await outcomes(['2031-05-06T23:20:01Z', 401], ['2031-05-06T23:20:02Z', 400])).to.deep.equal([
      'DAILY_LIMIT_EXCEEDED',
      'charged',
    ]);
    expect(await stored()).to.deep.equal(['2031-05-07', 1000]);
  });

  describe('after a clock that was two days ahead', () => {
    it('is right today, on the next day, and on the day that the clock showed', async () => {
      expect(await outcomes([noon(0), 300], [noon(2), 1000], [noon(2), 1])).to.deep.equal([
        'charged',
        'charged',
        'DAILY_LIMIT_EXCEEDED',
      ]);
      expect(await audit()).to.deep.equal([]);
      const today = await outcomes([noon(0), 701], [noon(0), 200], [noon(0), 501], [noon(0), 500]);
      expect(today).to.deep.equal(['DAILY_LIMIT_EXCEEDED', 'charged', 'DAILY_LIMIT_EXCEEDED', 'charged']);
      expect(await stored()).to.deep.equal(['2031-05-06', 1000]);
      for (const day of [1, 2, 3]) {
        expect(await outcomes([noon(day), 1001], [noon(day), 1000])).to.deep.equal(['DAILY_LIMIT_EXCEEDED', 'charged']);
        expect(await audit()).to.deep.equal([]);
      }
    });

    it('is right on the next day without a purchase in between', async () => {
      expect(await outcomes([noon(2), 1000], [noon(1), 1000], [noon(1), 1])).to.deep.equal([
        'charged',
        'charged',
        'DAILY_LIMIT_EXCEEDED',
      ]);
      expect(await audit()).to.deep.equal([]);
    });

    it('is among the facts of a decision', async () => {
      await buy(noon(0), 300);
      await buy(noon(2), 1000);
      const { outcome, facts } = await buy(noon(0), 701);
      expect(outcome).to.equal('DAILY_LIMIT_EXCEEDED');
      expect(facts).to.include({ on: '2031-05-06', spentMinor: 300 });
    });

    for (const [when, day] of [
      ['at once', 0],
      ['the next day', 1],
      ['on the day that the clock told', 2],
      ['later', 3],
    ] as const) {
      it(`loses nothing to refunds ${when}`, async () => {
        const dated = [await buy(noon(2), 400), await buy(noon(2), 600)] as const;
        await refund(noon(0), dated[0]);
        await refund(noon(0), await buy(noon(0), 10));
        expect(await audit()).to.deep.equal([]);
        const kept = await buy(noon(day), 250);
        await refund(noon(day), dated[1]);
        expect(await stored()).to.deep.equal([noon(day).slice(0, 10), 250]);
        await refund(noon(day), kept);
        expect(await stored()).to.deep.equal([noon(day).slice(0, 10), 0]);
        expect(await audit()).to.deep.equal([]);
      });
    }

    it('is shown by the API before and after the next purchase', async () => {
      const now = new Date().toISOString();
      await buy(now, 300);
      await buy(new Date(Date.now() + 2 * DAY_MS).toISOString(), 700);
      const shown = async () => {
        const own = await payment.get('/v1/wallet', alice);
        const staffs = await payment.get(`/v1/wallets?userId=${alice.id}`, admin);
        const set = await payment.send('PUT', `/v1/wallets/${alice.id}/limits`, { bearer: admin, body: {} });
        const frozen = await payment.send('POST', `/v1/wallets/${alice.id}/unfreeze`, { bearer: admin });
        return [own.body.data, (staffs.body.data as unknown[])[0], set.body.data, frozen.body.data].map(
          (wallet) => (wallet as { spentTodayMinor: number }).spentTodayMinor,
        );
      };
      expect(await shown()).to.deep.equal([300, 300, 300, 300]);
      expect((await buy(now, 250)).outcome).to.equal('charged');
      expect(await shown()).to.deep.equal([550, 550, 550, 550]);
    });
  });

  it('is rebuilt if the release before left the count of a future day', async () => {
    await buy(noon(0), 300);
    await change({ spent_on: '2031-07-01', spent_minor: 1000, spent_from: null });
    const { outcome, facts } = await buy(noon(0), 700);
    expect([outcome, facts?.on, facts?.spentMinor]).to.deep.equal(['charged', '2031-05-06', 300]);
    expect(await stored()).to.deep.equal(['2031-05-06', 1000]);
    expect(await audit()).to.deep.equal([]);
  });

  it('is rebuilt for several wallets in one transaction, and charges each once', async () => {
    const others = [newId(), newId(), newId()];
    await postAt(payment.db, '2024-01-01T00:00:00Z', (trx) => openWallets(trx, others.map(registered), terms));
    const all = [alice.id, ...others];
    const requests = all.map((userId) => requested({ userId, totalMinor: 10 }));
    await postAt(payment.db, noon(0), (trx) => payPurchases(trx, requests));
    await payment.db('wallets').whereIn('user_id', others.map(idBytes)).update({ spent_on: '2032-01-01', spent_minor: 99 });
    await postAt(payment.db, noon(0), (trx) =>
      payPurchases(trx, [...requests, ...all.map((userId) => requested({ userId, totalMinor: 5 }))]),
    );
    for (const userId of all) {
      const { spentOn, spentMinor } = await walletOfUser(payment.db, userId);
      expect([spentOn, spentMinor]).to.deep.equal(['2031-05-06', 15]);
    }
  });

  describe('and the clock of the instance', () => {
    let clock: ShiftedClock;
    beforeEach(() => {
      clock = shiftClock();
    });
    afterEach(() => clock.restore());

    for (const shiftMs of [2 * DAY_MS, -2 * DAY_MS, 400 * DAY_MS]) {
      it(`have nothing to do with each other, ${shiftMs / DAY_MS} days off`, async () => {
        expect(await outcomes([noon(0), 600])).to.deep.equal(['charged']);
        clock.set(shiftMs);
        const off = await outcomes([noon(0), 401], [noon(0), 400]);
        expect(off).to.deep.equal(['DAILY_LIMIT_EXCEEDED', 'charged']);
        clock.set(0);
        expect(await outcomes([noon(0), 1], [noon(1), 1000])).to.deep.equal(['DAILY_LIMIT_EXCEEDED', 'charged']);
        expect(await audit()).to.deep.equal([]);
      });
    }
  });
});
