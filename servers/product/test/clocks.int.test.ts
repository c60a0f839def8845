import { newId, runTransaction } from '@florin/database';
import { type EventData, makeEvent } from '@florin/events';
import { eventually, type ShiftedClock, shiftClock } from '@florin/testing';
import { expect } from 'chai';
import { timeOutPurchases } from '../src/purchases/time-out-purchases.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Shown = { id: string; userId: string; totalMinor: number; createdAt: string };

describe('product with a wrong clock', () => {
  let platform: ProductPlatform;
  let clock: ShiftedClock;
  let alice: Person;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct({ PURCHASE_TIMEOUT_S: '3600' });
    alice = await platform.buyer();
  });
  after(() => platform.stop());
  beforeEach(() => {
    clock = shiftClock();
  });
  afterEach(() => clock.restore());

  const timeOut = () => runTransaction(platform.database.db, (trx) => timeOutPurchases(trx, { timeoutS: 3600, limit: 100 }));
  const buy = async (productId: string): Promise<Shown> => {
    const { status, body } = await platform.buy(platform.renewed(alice), [{ productId, quantity: 1 }]);
    expect(status).to.equal(202);
    return body.data;
  };
  const get = async (path: string, who: Person) => {
    const { status, body } = await platform.call('GET', path, { token: who.token });
    expect(status).to.equal(200);
    return body.data;
  };
  /** A period of one millisecond: that of the purchase. */
  const around = ({ createdAt }: Shown): string => `from=${createdAt}&to=${new Date(Date.parse(createdAt) + 1).toISOString()}`;

  for (const shiftMs of [0, -6_000, -50_000, -HOUR_MS, -2 * DAY_MS, HOUR_MS, 2 * DAY_MS]) {
    it(`lists and counts purchases by time while its clock is ${shiftMs / 1000} s off, and afterwards`, async () => {
      const { id: productId } = await platform.product({ stock: 10 });
      const taken: Shown[] = [await buy(productId)];
      clock.set(shiftMs);
      taken.push(await buy(productId));
      clock.set(0);
      taken.push(await buy(productId));
      const staff = platform.renewed(platform.staff, ['buyer', 'staff']);
      const owner = platform.renewed(alice);
      for (const purchase of taken) {
        const period = around(purchase);
        for (const [who, query] of [
          [owner, period],
          [staff, period],
          [staff, `status=requested&${period}`],
          [staff, `userId=${alice.id}&${period}`],
          [staff, `productId=${productId}&${period}`],
          [staff, `productId=${productId}&status=requested&${period}`],
          [staff, `minTotalMinor=1&${period}`],
        ] as const) {
          const listed: Shown[] = await get(`/v1/purchases?${query}`, who);
          expect(listed.map(({ id }) => id)).to.include(purchase.id, query);
        }
        expect((await get(`/v1/purchases/summary?${period}`, owner)).counts.requested).to.be.at.least(1);
        expect((await get(`/v1/purchases/summary?${period}`, staff)).counts.requested).to.be.at.least(1);
      }
      const of = await get(`/v1/purchases?productId=${productId}`, staff);
      expect(of.map(({ id }: Shown) => id)).to.deep.equal(taken.map(({ id }) => id).reverse());
    });
  }

  it('times out no purchase early, with the clock ahead or behind', async () => {
    const { id: productId } = await platform.product({ stock: 10 });
    clock.set(-2 * DAY_MS);
    const { id } = await buy(productId);
    clock.set(2 * DAY_MS);
    expect(await timeOut()).to.equal(0);
    clock.set(0);
    expect(await timeOut()).to.equal(0);
    expect(await platform.purchase(platform.renewed(alice), id)).to.include({ status: 'requested' });
  });

  it('times out overdue purchases, with the clock ahead or behind', async () => {
    const { id: productId } = await platform.product({ stock: 10 });
    for (const shiftMs of [-2 * DAY_MS, 2 * DAY_MS]) {
      const { id } = await buy(productId);
      await platform.database.db.raw(
        "UPDATE purchases SET created_at = created_at - INTERVAL 3601 SECOND WHERE id = UNHEX(REPLACE(?, '-', ''))",
        [id],
      );
      clock.set(shiftMs);
      expect(await timeOut()).to.equal(1);
      clock.set(0);
      expect(await platform.purchase(platform.renewed(alice), id)).to.include({ status: 'cancelled' });
    }
  });

  /** An outcome event from payment, whose clock is ten seconds behind product's. */
  const answerLate = async <Type extends 'purchase-paid' | 'purchase-refunded'>(type: Type, data: EventData<Type>) => {
    await platform.publish(makeEvent(type, { sequence: 1, data, time: new Date(Date.now() - 10_000) }));
  };

  for (const shiftMs of [-HOUR_MS, -50_000, HOUR_MS]) {
    it(`keeps timelines in order while its clock is ${shiftMs / 1000} s off and payment's clock is behind`, async () => {
      const { id: productId } = await platform.product({ stock: 10 });
      const { id, userId, totalMinor: amountMinor } = await buy(productId);
      await answerLate('purchase-paid', { purchaseId: id, userId, amountMinor, transferId: newId() });
      await platform.becomes(platform.renewed(alice), id, { status: 'paid' });
      clock.set(shiftMs);
      const { token } = platform.renewed(alice);
      expect((await platform.call('POST', `/v1/purchases/${id}/cancel`, { token })).status).to.equal(202);
      clock.set(0);
      await answerLate('purchase-refunded', { purchaseId: id, userId, amountMinor, transferId: newId() });
      await eventually(async () => {
        const steps = await get(`/v1/purchases/${id}/timeline`, platform.renewed(alice));
        expect(steps.map(({ type }: { type: string }) => type)).to.deep.equal([
          'purchase-requested',
          'purchase-paid',
          'purchase-cancelled',
          'purchase-refunded',
        ]);
      });
    });
  }

  it('replays a key after any change of the clock', async () => {
    const { id: productId } = await platform.product({ stock: 10 });
    const key = newId();
    const items = [{ productId, quantity: 1 }];
    const first = await platform.buy(platform.renewed(alice), items, key);
    clock.set(-DAY_MS);
    const second = await platform.buy(platform.renewed(alice), items, key);
    expect([first.status, second.status, second.body.data.id]).to.deep.equal([202, 200, first.body.data.id]);
  });
});
