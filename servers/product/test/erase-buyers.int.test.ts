import { newId, runTransaction } from '@florin/database';
import { type Event, makeEvent } from '@florin/events';
import { eventually, untilWaiting } from '@florin/testing';
import { expect } from 'chai';
import { eraseBuyers } from '../src/purchases/erase-buyers.ts';
import { lockPurchases } from '../src/purchases/index.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

describe('an erased buyer', function () {
  this.timeout(90_000);
  let platform: ProductPlatform;
  before(async () => {
    platform = await startProduct();
  });
  after(() => platform.stop());

  const cancelled = async (buyer: Person, by: Person = buyer): Promise<string> => {
    const { id } = await platform.product();
    const { body } = await platform.buy(buyer, [{ productId: id, quantity: 1 }]);
    const reason = 'my mother in Linz is ill';
    await platform.call('POST', `/v1/purchases/${body.data.id}/cancel`, { token: by.token, body: { reason } });
    return body.data.id;
  };
  /** The cancel in the timeline, read by staff. */
  const cancelOf = async (id: string): Promise<Record<string, unknown>> => {
    const { body } = await platform.call('GET', `/v1/purchases/${id}/timeline`, { token: platform.staff.token });
    return body.data.find(({ type }: { type: string }) => type === 'purchase-cancelled').detail;
  };

  it('loses all reasons, while the purchases and the reasons of other buyers stay', async () => {
    const [alice, bob] = [await platform.buyer(), await platform.buyer()];
    const ids = [await cancelled(alice), await cancelled(alice, platform.staff)];
    const others = await cancelled(bob);
    const { body: open } = await platform.buy(alice, [{ productId: (await platform.product()).id, quantity: 1 }]);
    await platform.say('user-erased', { userId: alice.id });
    const [own, byStaff] = ids as [string, string];
    await eventually(async () => expect(await cancelOf(own)).to.deep.equal({ by: 'buyer' }));
    expect(await cancelOf(byStaff)).to.deep.equal({ by: 'staff' });
    expect(await cancelOf(others)).to.deep.equal({ by: 'buyer', reason: 'my mother in Linz is ill' });
    for (const id of ids)
      expect(await platform.purchase(platform.staff, id)).to.include({ userId: alice.id, status: 'cancelled' });
    expect(await platform.purchase(platform.staff, open.data.id)).to.include({ status: 'requested' });
  });

  it('may have no purchases, or be unknown', async () => {
    await platform.say('user-erased', { userId: newId() });
    const alice = await platform.buyer();
    const id = await cancelled(alice);
    await platform.say('user-erased', { userId: alice.id });
    await eventually(async () => expect(await cancelOf(id)).to.deep.equal({ by: 'buyer' }));
    expect((await platform.call('GET', '/v1/product/dead-letters', { token: admin() })).body.data).to.deep.equal([]);
  });

  it('gets no reason and no tracking code afterwards', async () => {
    const [alice, bob] = [await platform.buyer(), await platform.buyer()];
    const { id: productId } = await platform.product();
    const bought = async (buyer: Person): Promise<string> =>
      (await platform.buy(buyer, [{ productId, quantity: 1 }])).body.data.id;
    const [own, byStaff, sent, others] = [await bought(alice), await bought(alice), await bought(alice), await bought(bob)];
    await platform.say('purchase-paid', { purchaseId: sent, userId: alice.id, amountMinor: 100, transferId: newId() });
    await platform.becomes(platform.staff, sent, { status: 'paid' });
    const first = await cancelled(alice);
    await platform.say('user-erased', { userId: alice.id });
    await eventually(async () => expect(await cancelOf(first)).to.deep.equal({ by: 'buyer' }));
    // An access token may stay valid for a short time after the erasure.
    const late = await bought(alice);
    const words: [id: string, by: Person, detail: object][] = [
      [own, alice, { by: 'buyer' }],
      [late, alice, { by: 'buyer' }],
      [byStaff, platform.staff, { by: 'staff' }],
      [others, bob, { by: 'buyer', reason: 'my mother in Linz is ill' }],
    ];
    for (const [id, { token }, detail] of words) {
      const body = { reason: 'my mother in Linz is ill' };
      expect((await platform.call('POST', `/v1/purchases/${id}/cancel`, { token, body })).status).to.equal(202);
      expect(await cancelOf(id)).to.deep.equal(detail);
    }
    for (const verb of ['ship', 'deliver']) {
      const { token } = platform.staff;
      const answer = await platform.call('POST', `/v1/purchases/${sent}/${verb}`, { token, body: { trackingCode: 'F 99' } });
      expect(answer.status).to.equal(200);
    }
    const timeline = await platform.call('GET', `/v1/purchases/${sent}/timeline`, { token: platform.staff.token });
    const seen = [
      await platform.purchase(platform.staff, sent),
      timeline.body.data,
      platform.published(sent),
      platform.published(own),
    ];
    expect(JSON.stringify(seen)).to.not.match(/F 99|Linz/);
  });

  it('is erased after a report about a declined purchase that is being stored', async () => {
    const alice = await platform.buyer();
    const { id: productId } = await platform.product();
    const { id } = (await platform.buy(alice, [{ productId, quantity: 1 }])).body.data;
    await platform.say('purchase-declined', { purchaseId: id, userId: alice.id, amountMinor: 100, reason: 'insufficient-funds' });
    await platform.becomes(alice, id, { status: 'declined' });
    const { db } = platform.database;
    const report = await db.transaction();
    await lockPurchases(report, [id]);
    const { event } = makeEvent('user-erased', { sequence: 1, data: { userId: alice.id } });
    const erasure = runTransaction(db, (trx) => eraseBuyers(trx, [event as Event<'user-erased'>]));
    try {
      await untilWaiting(db, 1);
    } finally {
      await report.commit();
    }
    await erasure;
  });

  it('keeps the frozen buyer limits after repeated older events', async () => {
    const alice = await platform.buyer();
    const state = {
      walletId: newId(),
      userId: alice.id,
      currency: 'EUR',
      balanceMinor: 5,
      availableMinor: 5,
      spendLimitMinor: 5,
    };
    await platform.say('wallet-changed', { ...state, status: 'frozen', version: 7 });
    await platform.say('user-erased', { userId: alice.id });
    await platform.say('wallet-opened', { ...state, status: 'active', version: 1 });
    await platform.say('wallet-changed', { ...state, status: 'active', version: 6 });
    await platform.say('wallet-opened', { ...state, walletId: newId(), currency: 'USD', status: 'frozen', version: 1 });
    const userId = Buffer.from(alice.id.replaceAll('-', ''), 'hex');
    await eventually(async () => {
      const copies = await platform.database.db('buyer_limits').where('user_id', userId).select('currency', 'status', 'version');
      expect(copies).to.have.deep.members([
        { currency: 'EUR', status: 'frozen', version: 7 },
        { currency: 'USD', status: 'frozen', version: 1 },
      ]);
    });
  });

  it('leaves an audit log that is for admins only and has no reasons', async () => {
    expect((await platform.call('GET', '/v1/product/audit-log', { token: platform.staff.token })).status).to.equal(403);
    const { body } = await platform.call('GET', '/v1/product/audit-log?limit=100', { token: admin() });
    expect(body.data).to.have.length.above(0);
    expect(JSON.stringify(body.data)).to.not.include('Linz');
  });

  const admin = (): string => platform.admin.token;
});
