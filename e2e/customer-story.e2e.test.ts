import type { components, FlorinClient } from '@florin/client';
import { newId } from '@florin/database';
import { eventually, failureOf } from '@florin/testing';
import { expect } from 'chai';
import { openPlatform } from './open-platform.ts';
import { PASSWORD, type Person, signIn, signUp, signUpBuyer } from './sign-up.ts';
import { admin, type TestPlatform } from './start-test-platform.ts';

type Schemas = components['schemas'];

const ADDRESS = { name: 'Ada Byron', line1: 'Ringstrasse 1', postalCode: '1010', city: 'Vienna', country: 'AT' };
const WAIT = { params: { header: { Prefer: 'wait=20' } } };

/** Whole stories, each with the client alone. The wallet of a new buyer has 1,000,000 minor units. */
describe("a customer's story", function () {
  this.timeout(180_000);
  let platform: TestPlatform;
  let staff: FlorinClient;
  let categoryId: string;
  let methodId: string;
  before(async () => {
    platform = await openPlatform();
    ({ florin: staff } = await signIn(platform, admin));
    categoryId = (await staff.post('/v1/categories', { body: { name: `Coats ${newId()}` } })).data.id;
    const method = { name: 'Parcel', priceMinor: 490, countries: ['AT'], minDays: 1, maxDays: 3 };
    methodId = (await staff.post('/v1/delivery-methods', { body: method })).data.id;
  });
  after(() => platform.stop());

  const newProduct = async (fields: Partial<Schemas['NewProduct']>) =>
    (await staff.post('/v1/products', { body: { name: 'A coat', priceMinor: 300_000, categoryId, ...fields } })).data;

  /** Another member of staff. */
  async function colleague(): Promise<FlorinClient> {
    const { id, email } = await signUp(platform);
    await staff.put('/v1/users/{id}/roles', { params: { path: { id } }, body: { roles: ['staff'] } });
    return (await signIn(platform, { email, password: PASSWORD })).florin;
  }

  const balanceOf = async ({ florin }: Person): Promise<number> => (await florin.get('/v1/wallet')).data.balanceMinor;

  const report = (id: string, status: Schemas['DeliveryStatus'], minutesAgo: number) =>
    staff.post('/v1/purchases/{id}/delivery/events', {
      params: { path: { id } },
      body: { status, at: new Date(Date.now() - minutesAgo * 60_000).toISOString() },
    });

  async function expectSoundLedger(): Promise<void> {
    const { data } = await staff.get('/v1/ledger/audit');
    expect(data).to.deep.include({ ok: true, sumMinor: 0, mismatches: [] });
  }

  it('goes from the search to a parcel that comes back, with a top-up in between', async () => {
    const word = `anorak${newId().slice(-6)}`;
    const coat = await newProduct({
      name: `Warm ${word}`,
      options: ['Size'],
      variants: [
        { optionValues: { Size: 'M' }, stock: 5 },
        { optionValues: { Size: 'L' }, stock: 0 },
      ],
    });
    const lamp = await newProduct({ name: 'A lamp', priceMinor: 600_000, stock: 1 });
    const code = `WARM-${newId().slice(-8)}`.toUpperCase();
    await staff.post('/v1/coupons', { body: { code, kind: 'percent', percent: 10, maxPerUser: 1 } });
    const alice = await signUpBuyer(platform);
    const { florin } = alice;
    expect((await florin.buy([{ productId: lamp.id, quantity: 1 }])).status).to.equal('paid');

    const variantId = await eventually(async () => {
      const { data } = await florin.get('/v1/products', { params: { query: { q: word.slice(0, -2), inStock: true } } });
      expect(data.map(({ id }) => id)).to.deep.equal([coat.id]);
      return data[0]?.variantId ?? '';
    });
    await florin.post('/v1/cart/items', { body: { productId: variantId, quantity: 2 } });
    await florin.put('/v1/cart/coupon', { body: { code: code.toLowerCase() } });
    const body = { cart: true, delivery: { methodId, country: 'AT' } } as const;
    const quoted = async () => (await florin.post('/v1/purchases/quote', { body })).data;
    const price = { subtotalMinor: 600_000, discountMinor: 60_000, deliveryMinor: 490, totalMinor: 540_490 };
    await eventually(async () =>
      expect(await quoted()).to.include({ ...price, wouldBePaid: false, declineCode: 'INSUFFICIENT_FUNDS' }),
    );

    const checkout = { expectedTotalMinor: price.totalMinor, delivery: { methodId, address: ADDRESS } };
    // Product refuses what its copy of the wallet does not cover, but lets one such purchase per second through to payment.
    const refused = await florin.post('/v1/cart/checkout', { body: checkout, ...WAIT }).catch((error: unknown) => error);
    if (refused instanceof Error) expect(refused).to.include({ code: 'INSUFFICIENT_FUNDS', status: 409 });
    else {
      const { data: declined } = refused as { data: Schemas['Purchase'] };
      expect(await florin.waitForPurchase(declined.id)).to.include({ status: 'declined', declineReason: 'INSUFFICIENT_FUNDS' });
      await florin.post('/v1/purchases/{id}/reorder', { params: { path: { id: declined.id } } });
      await florin.put('/v1/cart/coupon', { body: { code } });
    }
    await florin.post('/v1/wallet/top-ups', { body: { amountMinor: 200_000 } });
    await eventually(async () => expect(await quoted()).to.include({ ...price, wouldBePaid: true }));
    const { data: bought } = await florin.post('/v1/cart/checkout', { body: checkout, ...WAIT });
    const { id } = bought;
    expect(await florin.waitForPurchase(id)).to.include({ status: 'paid', ...price });
    expect(bought.items[0]).to.deep.include({ optionValues: { Size: 'M' }, quantity: 2, discountMinor: 60_000 });
    expect(await balanceOf(alice)).to.equal(1_000_000 - 600_000 + 200_000 - 540_490);
    expect((await florin.get('/v1/cart')).data.items).to.deep.equal([]);

    for (const [index, status] of (['packed', 'out-for-delivery', 'failed', 'returned'] as const).entries())
      await report(id, status, 40 - 10 * index);
    const returned = await florin.waitForPurchase(id, { until: ({ refund }) => refund === 'done' });
    expect(returned).to.include({ status: 'cancelled', refund: 'done' });
    expect(await balanceOf(alice)).to.equal(600_000);
    const { data: variant } = await florin.get('/v1/products/{id}', { params: { path: { id: variantId } } });
    expect(variant.stock).to.equal(5);
    // The returned purchase no longer counts for the coupon.
    await florin.post('/v1/cart/items', { body: { productId: variantId, quantity: 1 } });
    await florin.put('/v1/cart/coupon', { body: { code } });
    expect(await quoted()).to.include({ discountMinor: 30_000 });
    await expectSoundLedger();
  });

  it('goes from the delivery to a claim that is refunded in part, and to another one for the rest', async () => {
    const coat = await newProduct({ priceMinor: 30_000, stock: 3 });
    const alice = await signUpBuyer(platform);
    const { florin } = alice;
    const { id } = await florin.buy([{ productId: coat.id, quantity: 3 }]);
    await report(id, 'delivered', 0);
    const path = { id };
    const claim = async (quantity: number, reason: 'damaged' | 'changed-mind') =>
      (
        await florin.post('/v1/purchases/{id}/claims', {
          params: { path },
          body: { items: [{ productId: coat.id, quantity }], reason },
        })
      ).data.id;
    const approve = (claimId: string, refundMinor: number, restock: boolean) =>
      staff.post('/v1/claims/{id}/approve', {
        params: { path: { id: claimId } },
        body: { refundMinor, restock, returnRequired: false },
      });
    const refunded = (amountMinor: number) =>
      eventually(async () => {
        const { data } = await florin.get('/v1/purchases/{id}', { params: { path } });
        expect(data).to.include({ status: 'delivered', refundedMinor: amountMinor });
        expect(await balanceOf(alice)).to.equal(1_000_000 - 90_000 + amountMinor);
      });

    const first = await claim(1, 'damaged');
    await florin.post('/v1/claims/{id}/messages', { params: { path: { id: first } }, body: { text: 'A sleeve is torn.' } });
    expect(await failureOf(approve(first, 90_001, false))).to.include({ code: 'REFUND_EXCEEDS_CHARGE', status: 409 });
    await approve(first, 10_000, false);
    await refunded(10_000);

    expect(await failureOf(claim(3, 'changed-mind'))).to.include({ code: 'CLAIM_EXCEEDS_PURCHASE', status: 409 });
    const second = await claim(2, 'changed-mind');
    // The amount is above REFUND_REVIEW_ABOVE_MINOR.
    await approve(second, 80_000, true);
    const { data: reviews } = await staff.get('/v1/refunds', { params: { query: { status: 'review' } } });
    const review = { params: { path: { id: reviews.find(({ purchaseId }) => purchaseId === id)?.id ?? '' } } };
    expect(await failureOf(staff.post('/v1/refunds/{id}/approve', review))).to.include({
      code: 'REFUND_REQUESTED_BY_YOU',
      status: 403,
    });
    await (await colleague()).post('/v1/refunds/{id}/approve', review);
    await refunded(90_000);
    expect((await staff.get('/v1/products/{id}', { params: { path: { id: coat.id } } })).data.stock).to.equal(2);
    const { data: claims } = await florin.get('/v1/claims', { params: { query: { purchaseId: id } } });
    expect(claims.map(({ id: one, status }) => [one, status])).to.deep.equal([
      [second, 'approved'],
      [first, 'approved'],
    ]);
    await expectSoundLedger();
  });
});
