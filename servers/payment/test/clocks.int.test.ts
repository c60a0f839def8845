import { idBytes, newId, runTransaction } from '@florin/database';
import { eventually, type ShiftedClock, shiftClock } from '@florin/testing';
import { expect } from 'chai';
import { expireHolds } from '../src/holds/expire-holds.ts';
import { readHold } from '../src/holds/lock-hold.ts';
import { beginTopUp } from '../src/top-ups/begin-top-up.ts';
import { claimUnfinished } from '../src/top-ups/claim-unfinished.ts';
import { openWalletOf } from './open-wallet-of.ts';
import { postIn } from './post-at.ts';
import { walletOfUser } from './read-ledger.ts';
import { type RunningPayment, startPayment } from './start-payment.ts';

const DAY_MS = 86_400_000;
type Held = { id: string; createdAt: string; expiresAt: string };

describe('payment, when its clock is wrong', () => {
  let payment: RunningPayment;
  let alice: { id: string };
  let clock: ShiftedClock;
  const staff = { id: newId(), roles: ['buyer', 'staff'] };
  before(async () => {
    payment = await startPayment({ WALLET_SWEEP_MS: '3600000' });
  });
  after(() => payment.stop());
  beforeEach(async () => {
    await expire();
    alice = await openWalletOf(payment.db);
    clock = shiftClock();
  });
  afterEach(() => clock.restore());

  const hold = async (ttlSeconds: number): Promise<Held> => {
    const path = `/v1/wallets/${alice.id}/holds`;
    const body = { amountMinor: 100, ttlSeconds };
    return (await payment.send('POST', path, { bearer: staff, body, key: newId() })).body.data as Held;
  };
  const capture = async (id: string) => (await payment.send('POST', `/v1/holds/${id}/capture`, { bearer: staff })).status;
  const expire = () => runTransaction(payment.db, (trx) => expireHolds(trx, { limit: 100 }));

  for (const [shiftMs, how] of [
    [2 * 3_600_000, 'ahead of'],
    [-60_000, 'behind'],
  ] as const) {
    it(`${shiftMs / 1000} s off, is not ready, says why and shows a metric`, async () => {
      const ready = async () => {
        const { status, body } = await payment.get('/health/ready');
        return { status, ...(body as unknown as { checks: { database: string; kafka: string } }).checks };
      };
      const metric = async (to: string) => {
        const { text } = await payment.read('/metrics', staff);
        const line = text
          .split('\n')
          .find((one) => one.startsWith('florin_clock_difference_seconds') && one.includes(`to="${to}"`));
        return Number(line?.split(' ').at(-1));
      };
      // The broker's clock is read in the background.
      await eventually(async () => expect(await metric('broker')).to.be.within(-5, 5));
      await eventually(async () => expect(await ready()).to.deep.include({ status: 200 }));
      clock.set(shiftMs);
      const { status, database, kafka } = await ready();
      expect(status).to.equal(503);
      expect(database).to.match(
        new RegExp(`^The clock of this instance is [0-9.]+ s ${how} the database's; at most 10 s are allowed.$`),
      );
      expect(kafka).to.match(new RegExp(`^The clock of this instance is [0-9.]+ s ${how} Kafka's; at most 10 s are allowed.$`));
      for (const to of ['database', 'broker']) expect(await metric(to)).to.be.within(shiftMs / 1000 - 5, shiftMs / 1000 + 5);
      clock.set(0);
      expect(await ready()).to.deep.include({ status: 200, database: 'ok', kafka: 'ok' });
    });
  }

  for (const shiftMs of [2 * DAY_MS, -60 * DAY_MS]) {
    it(`${shiftMs / DAY_MS} days off, publishes its events`, async () => {
      clock.set(shiftMs);
      await openWalletOf(payment.db);
      await eventually(async () => expect(await payment.db('outbox').select()).to.have.length(0));
    });
  }

  for (const shiftMs of [2 * DAY_MS, -2 * DAY_MS]) {
    describe(`${shiftMs / DAY_MS} days off`, () => {
      it('a hold expires on time', async () => {
        const before = await hold(3600);
        clock.set(shiftMs);
        const during = await hold(3600);
        expect(Math.abs(Date.parse(during.createdAt) - Date.parse(before.createdAt))).to.be.below(60_000);
        expect(Date.parse(during.expiresAt) - Date.parse(during.createdAt)).to.equal(3_600_000);
        expect(await expire()).to.equal(0);
        expect(await postIn(payment.db, 3_600_000 - shiftMs, (trx) => expireHolds(trx, { limit: 100 }))).to.equal(2);
        for (const { id } of [before, during]) expect((await readHold(payment.db, id)).status).to.equal('expired');
      });

      it('a hold can be captured until it expires, and not after', async () => {
        const [living, over] = [await hold(3600), await hold(3600)];
        clock.set(shiftMs);
        expect(await capture(living.id)).to.equal(200);
        await payment.db.raw('UPDATE holds SET expires_at = NOW(3) - INTERVAL 1 SECOND WHERE id = ?', [idBytes(over.id)]);
        expect(await capture(over.id)).to.equal(409);
        expect(await walletOfUser(payment.db, alice.id)).to.include({ balanceMinor: 900, heldMinor: 100 });
      });

      it('a pending top-up is retried on time', async () => {
        clock.set(shiftMs);
        const request = { userId: alice.id, currency: 'EUR', idempotencyKey: newId(), amountMinor: 500 };
        const topUp = await payment.db.transaction((trx) => beginTopUp(trx, request, { provider: 'test', leaseMs: 3_000 }));
        const claim = (inMs: number) =>
          postIn(payment.db, inMs - shiftMs, (trx) => claimUnfinished(trx, { limit: 50, maxPauseS: 60 }));
        expect((await claim(0)).map(({ id }) => id)).to.not.include(topUp.id);
        expect((await claim(5_000)).map(({ id }) => id)).to.include(topUp.id);
      });
    });
  }

  it('a pending top-up that was scheduled by a clock that was ahead is retried at once', async () => {
    const request = { userId: alice.id, currency: 'EUR', idempotencyKey: newId(), amountMinor: 500 };
    const topUp = await postIn(payment.db, 2 * DAY_MS, (trx) => beginTopUp(trx, request, { provider: 'test', leaseMs: 3_000 }));
    const claimed = await payment.db.transaction((trx) => claimUnfinished(trx, { limit: 50, maxPauseS: 3_600 }));
    expect(claimed.map(({ id }) => id)).to.include(topUp.id);
  });
});
