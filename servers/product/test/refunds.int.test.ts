import { idBytes, newId, runTransaction } from '@florin/database';
import { makeEvent } from '@florin/events';
import { eventually, holdRelay } from '@florin/testing';
import { expect } from 'chai';
import { askAgain } from '../src/claims/ask-again.ts';
import { pauseS } from '../src/claims/ask-payment.ts';
import { createRefund } from '../src/claims/create-refund.ts';
import { claimInvariants } from '../src/claims/index.ts';
import { type Bought, paidPurchase } from './delivered-purchase.ts';
import { findViolations } from './find-violations.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

type Answer = Awaited<ReturnType<ProductPlatform['call']>>;

describe('partial refunds', () => {
  let platform: ProductPlatform;
  let alice: Person;
  let colleague: Person;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct({ REFUND_REVIEW_ABOVE_MINOR: '4000' });
    alice = await platform.buyer();
    colleague = platform.renewed({ id: newId(), token: '' }, ['buyer', 'staff']);
  });
  after(() => platform.stop());

  const refund = (id: string, amountMinor: unknown, { token, key = newId() }: { token?: string; key?: string } = {}) =>
    platform.call('POST', `/v1/purchases/${id}/refunds`, {
      token: token ?? platform.staff.token,
      body: { amountMinor, reason: 'A chipped cup' },
      headers: { 'idempotency-key': key },
    });
  const textOf = ({ status, body }: Answer) => `${status} ${body.code ?? body.data.status}`;
  const refundsOf = async (id: string, status?: string) =>
    (
      await platform.call('GET', `/v1/refunds?purchaseId=${id}${status === undefined ? '' : `&status=${status}`}`, {
        token: platform.staff.token,
      })
    ).body.data;
  const requestsOf = (id: string) => platform.published(id).filter(({ type }) => type === 'refund-requested');
  const answer = async (
    { id, userId }: Bought,
    { refundId, amountMinor, total }: { refundId: string; amountMinor: number; total: number },
  ) =>
    platform.say('refund-posted', {
      ...{ refundId, purchaseId: id, userId, amountMinor, transferId: newId() },
      refundedTotalMinor: total,
    });
  const reject = async ({ id, userId }: Bought, refundId: string, amountMinor: number) =>
    platform.say('refund-rejected', {
      ...{ refundId, purchaseId: id, userId, amountMinor, reason: 'REFUND_EXCEEDS_CHARGE', refundedTotalMinor: 0 },
    });
  const violations = () => findViolations(platform.database.db, claimInvariants);

  it('require staff, a key and an amount above 0', async () => {
    const { id } = await paidPurchase(platform, alice);
    expect((await platform.call('POST', `/v1/purchases/${id}/refunds`)).status).to.equal(401);
    expect(textOf(await refund(id, 100, { token: alice.token }))).to.equal('403 FORBIDDEN');
    expect(textOf(await refund(id, 100, { key: '' }))).to.equal('400 IDEMPOTENCY_KEY_REQUIRED');
    for (const amount of [0, -1, 1.5, '100', 2 ** 53]) expect(textOf(await refund(id, amount))).to.equal('422 VALIDATION_FAILED');
    expect(textOf(await refund(newId(), 100))).to.equal('404 NOT_FOUND');
    expect((await platform.call('GET', '/v1/refunds', { token: alice.token })).status).to.equal(403);
    expect(await refundsOf(id)).to.deep.equal([]);
  });

  it('are not for your own purchase', async () => {
    const { id } = await paidPurchase(platform, alice);
    const asStaff = platform.renewed(alice, ['buyer', 'staff']);
    expect(textOf(await refund(id, 100, asStaff))).to.equal('403 OWN_ACCOUNT');
  });

  it('ask payment, and record its answer once', async () => {
    const purchase = await paidPurchase(platform, alice);
    const { id } = purchase;
    const requested = await refund(id, 1_500);
    expect(textOf(requested)).to.equal('201 pending');
    const refundId: string = requested.body.data.id;
    await eventually(() => expect(requestsOf(id)).to.have.length(1));
    const { sequence: asked, data } = requestsOf(id)[0] ?? { sequence: '', data: {} };
    expect(Number(asked)).to.equal(3);
    expect(data).to.deep.equal({
      ...{ refundId, purchaseId: id, userId: alice.id, amountMinor: 1_500, currency: 'EUR', reason: 'staff' },
    });
    expect((await refundsOf(id, 'pending')).map((one: { id: string }) => one.id)).to.deep.equal([refundId]);
    const posted = await answer(purchase, { refundId, amountMinor: 1_500, total: 1_500 });
    await platform.becomes(alice, id, { refundedMinor: 1_500, status: 'paid', version: 3 });
    await platform.publish(posted);
    await answer(purchase, { refundId, amountMinor: 1_500, total: 1_500 });
    expect(textOf(await refund(id, 1_000))).to.equal('201 pending');
    expect((await refundsOf(id, 'done'))[0]).to.include({ id: refundId, attempts: 1 });
    const { body } = await platform.call('GET', `/v1/purchases/${id}/timeline`, { token: alice.token });
    expect(body.data.map(({ type }: { type: string }) => type)).to.deep.equal([
      ...['purchase-requested', 'purchase-paid', 'refund-requested', 'refund-posted', 'refund-requested'],
    ]);
    expect(JSON.stringify(body.data)).not.to.include('chipped');
    expect(await violations()).to.deep.equal([]);
  });

  it('are shown after their request, also if the clock of payment is behind', async () => {
    const { id, userId } = await paidPurchase(platform, alice);
    const refundId: string = (await refund(id, 100)).body.data.id;
    const data = { refundId, purchaseId: id, userId, amountMinor: 100, transferId: newId(), refundedTotalMinor: 100 };
    await platform.publish(makeEvent('refund-posted', { sequence: 1_000_000, time: new Date(Date.now() - 5_000), data }));
    await platform.becomes(alice, id, { refundedMinor: 100 });
    const { body } = await platform.call('GET', `/v1/purchases/${id}/timeline`, { token: alice.token });
    expect(body.data.map(({ type }: { type: string }) => type)).to.deep.equal([
      ...['purchase-requested', 'purchase-paid', 'refund-requested', 'refund-posted'],
    ]);
  });

  it('are requested once per key, also when the same key comes twice at once', async () => {
    const { id } = await paidPurchase(platform, alice);
    const key = newId();
    const answers = await Promise.all([refund(id, 500, { key }), refund(id, 500, { key }), refund(id, 500, { key })]);
    expect(answers.map(({ status }) => status)).to.have.members([200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.data.id))).to.have.length(1);
    expect(textOf(await refund(id, 501, { key }))).to.equal('422 IDEMPOTENCY_KEY_REUSED');
    expect(await refundsOf(id)).to.have.length(1);
  });

  it('never exceed the total of the purchase, also when many come at once', async () => {
    const { id } = await paidPurchase(platform, alice);
    const answers = await Promise.all(Array.from({ length: 6 }, () => refund(id, 2_000)));
    expect(answers.map(textOf).sort()).to.deep.equal([
      ...Array.from({ length: 3 }, () => '201 pending'),
      ...Array.from({ length: 3 }, () => '409 REFUND_EXCEEDS_CHARGE'),
    ]);
    expect((await refund(id, 1)).body).to.include({ code: 'REFUND_EXCEEDS_CHARGE', limitMinor: 0 });
    expect(await violations()).to.deep.equal([]);
  });

  it('count a rejected refund no longer', async () => {
    const purchase = await paidPurchase(platform, alice);
    const refundId = (await refund(purchase.id, 4_000)).body.data.id;
    expect((await refund(purchase.id, 2_001)).body).to.include({ code: 'REFUND_EXCEEDS_CHARGE', limitMinor: 2_000 });
    await reject(purchase, refundId, 4_000);
    await eventually(async () =>
      expect((await refundsOf(purchase.id, 'rejected'))[0]).to.include({ id: refundId, rejection: 'REFUND_EXCEEDS_CHARGE' }),
    );
    expect(textOf(await refund(purchase.id, 2_001))).to.equal('201 pending');
  });

  it('are refused before the purchase is paid and after it is cancelled', async () => {
    const { id: productId } = await platform.product();
    const { id } = (await platform.buy(alice, [{ productId, quantity: 1 }])).body.data;
    expect(textOf(await refund(id, 1))).to.equal('409 INVALID_TRANSITION');
    const paid = await paidPurchase(platform, alice);
    expect(textOf(await refund(paid.id, 1_000))).to.equal('201 pending');
    await platform.call('POST', `/v1/purchases/${paid.id}/cancel`, { token: alice.token });
    expect(textOf(await refund(paid.id, 1))).to.equal('409 INVALID_TRANSITION');
    await eventually(() =>
      expect(platform.published(paid.id).map(({ type }) => type)).to.deep.equal([
        ...['purchase-requested', 'refund-requested', 'purchase-cancelled'],
      ]),
    );
    const sequences = platform.published(paid.id).map((event) => Number(event.sequence));
    expect(sequences).to.deep.equal([1, 3, 4]);
    await answer(paid, { refundId: (await refundsOf(paid.id))[0].id, amountMinor: 1_000, total: 1_000 });
    await platform.say('purchase-refunded', { purchaseId: paid.id, userId: alice.id, amountMinor: 5_000, transferId: newId() });
    await platform.becomes(alice, paid.id, { status: 'cancelled', refund: 'done', refundedMinor: 6_000 });
    expect(await violations()).to.deep.equal([]);
  });

  describe('above the threshold', () => {
    const decide = (refundId: string, verb: 'approve' | 'reject', { token }: Person = colleague) =>
      platform.call('POST', `/v1/refunds/${refundId}/${verb}`, { token });

    it('wait for another member of staff', async () => {
      const { id } = await paidPurchase(platform, alice);
      const requested = await refund(id, 4_001);
      expect(textOf(requested)).to.equal('201 review');
      const refundId: string = requested.body.data.id;
      expect((await refund(id, 2_000)).body).to.include({ code: 'REFUND_EXCEEDS_CHARGE', limitMinor: 1_999 });
      expect(textOf(await decide(refundId, 'approve', platform.staff))).to.equal('403 REFUND_REQUESTED_BY_YOU');
      expect(textOf(await decide(refundId, 'approve', alice))).to.equal('403 FORBIDDEN');
      expect(textOf(await decide(refundId, 'approve', platform.renewed(alice, ['buyer', 'staff'])))).to.equal('403 OWN_ACCOUNT');
      expect(requestsOf(id)).to.deep.equal([]);
      expect((await refundsOf(id))[0])
        .to.include({ status: 'review', attempts: 0 })
        .and.not.to.have.property('askedAt');
      expect(textOf(await decide(refundId, 'approve'))).to.equal('200 pending');
      expect(textOf(await decide(refundId, 'approve'))).to.equal('200 pending');
      expect(textOf(await decide(refundId, 'reject'))).to.equal('409 INVALID_TRANSITION');
      expect((await refundsOf(id))[0])
        .to.include({ status: 'pending', attempts: 1 })
        .and.to.have.property('askedAt');
      await eventually(() => expect(requestsOf(id)).to.have.length(1));
    });

    it('are reserved: two at once do not exceed the total', async () => {
      const { id } = await paidPurchase(platform, alice);
      const answers = await Promise.all(Array.from({ length: 4 }, () => refund(id, 4_500)));
      expect(answers.map(textOf)).to.have.members([
        '201 review',
        ...Array.from({ length: 3 }, () => '409 REFUND_EXCEEDS_CHARGE'),
      ]);
    });

    it('can be rejected, which frees the amount', async () => {
      const { id } = await paidPurchase(platform, alice);
      const refundId = (await refund(id, 6_000)).body.data.id;
      expect(textOf(await decide(refundId, 'reject'))).to.equal('200 rejected');
      expect(textOf(await decide(refundId, 'reject'))).to.equal('200 rejected');
      expect(textOf(await decide(refundId, 'approve'))).to.equal('409 INVALID_TRANSITION');
      expect(textOf(await refund(id, 4_000))).to.equal('201 pending');
      await eventually(() => expect(requestsOf(id)).to.have.length(1));
      expect(requestsOf(id)[0]?.data).to.include({ amountMinor: 4_000 });
    });

    it('cannot be approved after the purchase was cancelled', async () => {
      const { id } = await paidPurchase(platform, alice);
      const refundId = (await refund(id, 5_000)).body.data.id;
      await platform.call('POST', `/v1/purchases/${id}/cancel`, { token: alice.token });
      expect(textOf(await decide(refundId, 'approve'))).to.equal('409 INVALID_TRANSITION');
      expect(textOf(await decide(refundId, 'reject'))).to.equal('200 rejected');
    });
  });

  it('are asked for again with a new event id, later each time, until payment answers', async () => {
    const purchase = await paidPurchase(platform, alice);
    const { id } = purchase;
    const refundId: string = (await refund(id, 100)).body.data.id;
    const makeDue = () =>
      platform.database
        .db('refunds')
        .where({ id: idBytes(refundId) })
        .update({ next_attempt_at: platform.database.db.raw('NOW(3) - INTERVAL 1 SECOND') });
    await makeDue();
    // The periodic job of the service.
    await eventually(() => expect(requestsOf(id)).to.have.length(2));
    const [again] = await refundsOf(id);
    expect(again).to.include({ attempts: 2, status: 'pending' });
    expect(Date.parse(again.nextAttemptAt) - Date.parse(again.updatedAt)).to.equal(60_000);
    const [first, second] = requestsOf(id);
    expect(second?.data).to.deep.equal(first?.data);
    expect(second?.sequence).not.to.equal(first?.sequence);
    await makeDue();
    const ask = () => runTransaction(platform.database.db, (trx) => askAgain(trx, { limit: 100 }));
    await Promise.all([ask(), ask(), ask()]);
    expect((await refundsOf(id))[0]).to.include({ attempts: 3 });
    await answer(purchase, { refundId, amountMinor: 100, total: 100 });
    await platform.becomes(alice, id, { refundedMinor: 100 });
    expect((await refundsOf(id))[0]).not.to.have.property('nextAttemptAt');
    expect([0, 1, 4, 5, 500].map(pauseS)).to.deep.equal([30, 60, 480, 600, 600]);
  });

  it('set the refunded total by sequence: a late answer changes nothing', async () => {
    const purchase = await paidPurchase(platform, alice);
    const [one, two] = [(await refund(purchase.id, 100)).body.data.id, (await refund(purchase.id, 200)).body.data.id];
    const late = await answer(purchase, { refundId: one, amountMinor: 100, total: 100 });
    await answer(purchase, { refundId: two, amountMinor: 200, total: 300 });
    await platform.becomes(alice, purchase.id, { refundedMinor: 300 });
    await platform.publish({ ...late, event: { ...late.event, id: newId() } });
    const marker = await paidPurchase(platform, alice, 1);
    expect(await platform.purchase(alice, purchase.id)).to.include({ refundedMinor: 300 });
    expect(marker.totalMinor).to.equal(1_500);
  });

  type Facts = { refundId: string; amountMinor: number; total: number };
  /** Each for a buyer of its own: later events of a buyer park behind a dead letter. */
  const poison: [string, (asked: Facts, inReview: Facts) => Facts, { isOther?: boolean }?][] = [
    ['of an unknown refund', (asked) => ({ ...asked, refundId: newId() })],
    ['of another purchase', (asked) => asked, { isOther: true }],
    ['of another amount', (asked) => ({ ...asked, amountMinor: 101, total: 101 })],
    ['with a total above the purchase', (asked) => ({ ...asked, total: 6_001 })],
    ['about a refund that payment was not asked for', (_asked, inReview) => inReview],
  ];
  for (const [what, factsOf, { isOther = false } = {}] of poison) {
    it(`dead-letter an answer ${what}`, async () => {
      const mallory = await platform.buyer();
      const purchase = await paidPurchase(platform, mallory);
      const asked = { refundId: String((await refund(purchase.id, 100)).body.data.id), amountMinor: 100, total: 100 };
      const inReview = { refundId: String((await refund(purchase.id, 4_500)).body.data.id), amountMinor: 4_500, total: 4_500 };
      const of = isOther ? await paidPurchase(platform, mallory) : purchase;
      await answer(of, factsOf(asked, inReview));
      await eventually(async () => {
        const { body } = await platform.call('GET', '/v1/product/dead-letters?limit=100', { token: platform.admin.token });
        expect(body.data.filter(({ key }: { key: string }) => key === mallory.id)).to.have.length(1);
      });
      expect(await platform.purchase(mallory, purchase.id)).to.include({ refundedMinor: 0 });
      expect((await refundsOf(purchase.id, 'pending')).map((one: { id: string }) => one.id)).to.deep.equal([asked.refundId]);
      expect((await refundsOf(purchase.id, 'review')).map((one: { id: string }) => one.id)).to.deep.equal([inReview.refundId]);
    });
  }

  it('are published once the relay is back', async () => {
    const { id } = await paidPurchase(platform, alice);
    const letGo = await holdRelay(platform.database);
    expect(textOf(await refund(id, 100))).to.equal('201 pending');
    expect(requestsOf(id)).to.deep.equal([]);
    await letGo();
    await eventually(() => expect(requestsOf(id)).to.have.length(1));
  });

  it('are neither stored nor published if the transaction rolls back', async () => {
    const { id: purchaseId } = await paidPurchase(platform, alice);
    const key = newId();
    const wanted = { purchaseId, amountMinor: 100, reason: 'A chipped cup', by: platform.staff.id, idempotencyKey: key };
    const failed = await runTransaction(platform.database.db, async (trx) => {
      await createRefund(trx, { ...wanted, reviewAboveMinor: 4_000 });
      throw new Error('the connection broke');
    }).catch((error: unknown) => error);
    expect(String(failed)).to.include('the connection broke');
    expect(await refundsOf(purchaseId)).to.deep.equal([]);
    expect(textOf(await refund(purchaseId, 200, { key }))).to.equal('201 pending');
    await eventually(() => expect(requestsOf(purchaseId)).to.have.length(1));
    expect(requestsOf(purchaseId)[0]?.data).to.include({ amountMinor: 200 });
    expect(await violations()).to.deep.equal([]);
  });

  it('are lists for staff that follow a cursor', async () => {
    const { id } = await paidPurchase(platform, alice);
    for (const amount of [1, 2, 3]) await refund(id, amount);
    const first = await platform.call('GET', `/v1/refunds?purchaseId=${id}&limit=2`, { token: platform.staff.token });
    expect(first.body.data.map(({ amountMinor }: { amountMinor: number }) => amountMinor)).to.deep.equal([3, 2]);
    const cursor = encodeURIComponent(first.body.page.nextCursor);
    const next = await platform.call('GET', `/v1/refunds?purchaseId=${id}&limit=2&cursor=${cursor}`, {
      token: platform.staff.token,
    });
    expect(next.body.data.map(({ amountMinor }: { amountMinor: number }) => amountMinor)).to.deep.equal([1]);
    expect((await platform.call('GET', '/v1/refunds?status=lost', { token: platform.staff.token })).status).to.equal(422);
  });
});
