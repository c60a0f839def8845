import { idBytes, newId } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { claimInvariants } from '../src/claims/index.ts';
import { stockInvariants } from '../src/stock/index.ts';
import { type Bought, deliveredPurchase, paidPurchase } from './delivered-purchase.ts';
import { findViolations } from './find-violations.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

type Answer = Awaited<ReturnType<ProductPlatform['call']>>;
type Approval = { refundMinor: number; restock: boolean; returnRequired: boolean };

describe('claims', () => {
  let platform: ProductPlatform;
  let alice: Person;
  let colleague: Person;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct({ REFUND_REVIEW_ABOVE_MINOR: '5000' });
    alice = await platform.buyer();
    colleague = platform.renewed({ id: newId(), token: '' }, ['buyer', 'staff']);
  });
  after(() => platform.stop());

  const send = (path: string, { token }: { token?: string } = {}, body?: unknown, key?: string) =>
    platform.call('POST', path, {
      ...(token === undefined ? {} : { token }),
      ...(body === undefined ? {} : { body }),
      ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    });
  const get = (path: string, { token }: Person = alice) => platform.call('GET', path, { token });
  const textOf = ({ status, body }: Answer) => `${status} ${body.code ?? body.data.status}`;
  type Wanted = { quantity?: number; text?: string; key?: string; who?: Person; items?: unknown };
  const claim = ({ id, productId }: Bought, { quantity = 1, text, key = newId(), who = alice, items }: Wanted = {}) =>
    send(
      `/v1/purchases/${id}/claims`,
      who,
      { items: items ?? [{ productId, quantity }], reason: 'damaged', ...(text === undefined ? {} : { text }) },
      key,
    );
  const opened = async (purchase: Bought, wanted: Wanted = {}): Promise<string> => (await claim(purchase, wanted)).body.data.id;
  const approve = (id: string, values: Partial<Approval> = {}, who: Person = platform.staff) =>
    send(`/v1/claims/${id}/approve`, who, { refundMinor: 500, restock: false, returnRequired: false, ...values });
  const act = (id: string, verb: string, who: Person = platform.staff, body?: unknown) =>
    send(`/v1/claims/${id}/${verb}`, who, body);
  const requestsOf = (id: string) => platform.published(id).filter(({ type }) => type === 'refund-requested');
  const violations = () => findViolations(platform.database.db, [...claimInvariants, ...stockInvariants]);

  describe('POST /v1/purchases/:id/claims', () => {
    it('requires the owner, a key and a valid body', async () => {
      const purchase = await deliveredPurchase(platform, alice);
      const bob = await platform.buyer();
      expect((await send(`/v1/purchases/${purchase.id}/claims`)).status).to.equal(401);
      for (const who of [bob, platform.staff]) expect(textOf(await claim(purchase, { who }))).to.equal('404 NOT_FOUND');
      expect(textOf(await claim({ ...purchase, id: newId() }))).to.equal('404 NOT_FOUND');
      expect(textOf(await claim(purchase, { key: '' }))).to.equal('400 IDEMPOTENCY_KEY_REQUIRED');
      const { productId } = purchase;
      const bad = [
        [],
        [{ productId, quantity: 0 }],
        [{ productId, quantity: 5 }],
        [{ productId: newId(), quantity: 1 }],
        [
          { productId, quantity: 1 },
          { productId, quantity: 1 },
        ],
      ];
      for (const items of bad) expect(textOf(await claim(purchase, { items }))).to.equal('422 VALIDATION_FAILED');
      expect((await get(`/v1/claims?purchaseId=${purchase.id}`)).body.data).to.deep.equal([]);
    });

    it('opens a claim once per key, also when the key comes twice at once', async () => {
      const purchase = await deliveredPurchase(platform, alice);
      const key = newId();
      const answers = await Promise.all([claim(purchase, { key, text: 'Broken.' }), claim(purchase, { key, text: 'Broken.' })]);
      expect(answers.map(({ status }) => status)).to.have.members([200, 201]);
      const [{ body }] = answers as [Answer, Answer];
      expect(body.data).to.deep.include({ status: 'open', reason: 'damaged', text: 'Broken.', userId: alice.id });
      expect(textOf(await claim(purchase, { key, text: 'Whole.' }))).to.equal('422 IDEMPOTENCY_KEY_REUSED');
      const { data } = (await get(`/v1/claims?purchaseId=${purchase.id}`)).body;
      expect(data).to.deep.equal([body.data]);
    });

    it('takes items in another order, and ids in capitals, as the same request', async () => {
      const products = [await platform.product(), await platform.product()];
      const items = products.map(({ id: productId }) => ({ productId, quantity: 1 }));
      const { id, userId, totalMinor } = (await platform.buy(alice, items)).body.data;
      await platform.say('purchase-paid', { purchaseId: id, userId, amountMinor: totalMinor, transferId: newId() });
      await platform.becomes(alice, id, { status: 'paid' });
      for (const verb of ['ship', 'deliver']) await send(`/v1/purchases/${id}/${verb}`, platform.staff);
      const bought = { id, userId, totalMinor, productId: items[0]?.productId ?? '' };
      const key = newId();
      const first = await claim(bought, { key, items });
      expect(textOf(first)).to.equal('201 open');
      const reversed = items.toReversed();
      const inCapitals = items.map((item) => ({ ...item, productId: item.productId.toUpperCase() }));
      const expectSame = async () => {
        for (const same of [items, reversed, inCapitals]) {
          const again = await claim(bought, { key, items: same });
          expect([again.status, again.body.data?.id]).to.deep.equal([200, first.body.data.id]);
        }
      };
      await expectSame();
      const ofClaim = { purchase_id: idBytes(id) };
      await platform.database.db('claims').where(ofClaim).update({ sent_hash: null });
      await expectSame();
    });

    it('takes at most what other open and approved claims leave, also when two come at once', async () => {
      const purchase = await deliveredPurchase(platform, alice);
      const answers = await Promise.all([claim(purchase, { quantity: 3 }), claim(purchase, { quantity: 3 })]);
      expect(answers.map(textOf).sort()).to.deep.equal(['201 open', '409 CLAIM_EXCEEDS_PURCHASE']);
      const refused = answers.find(({ status }) => status === 409);
      expect(refused?.body).to.include({ productId: purchase.productId, claimable: 1 });
      const first = answers.find(({ status }) => status === 201)?.body.data.id;
      await approve(first, { refundMinor: 4_500 });
      expect(textOf(await claim(purchase, { quantity: 2 }))).to.equal('409 CLAIM_EXCEEDS_PURCHASE');
      const rest = await opened(purchase, { quantity: 1 });
      expect(textOf(await act(rest, 'withdraw', alice))).to.equal('200 withdrawn');
      const again = await opened(purchase, { quantity: 1 });
      expect(textOf(await act(again, 'reject', platform.staff, { reason: 'It is whole' }))).to.equal('200 rejected');
      expect(textOf(await claim(purchase, { quantity: 1 }))).to.equal('201 open');
      expect(await violations()).to.deep.equal([]);
    });

    it('is refused before delivery, and after CLAIM_DAYS from the delivery in the timeline', async () => {
      const paid = await paidPurchase(platform, alice);
      expect(textOf(await claim(paid))).to.equal('409 INVALID_TRANSITION');
      const purchase = await deliveredPurchase(platform, alice);
      const deliveredDaysAgo = (days: string) =>
        platform.database
          .db('purchase_timeline')
          .where({ purchase_id: idBytes(purchase.id), type: 'purchase-delivered' })
          .update({ at: platform.database.db.raw(`NOW(3) - INTERVAL ${days}`) });
      await deliveredDaysAgo('30 DAY');
      expect(textOf(await claim(purchase))).to.equal('409 CLAIM_WINDOW_OVER');
      await deliveredDaysAgo('2591000 SECOND');
      const key = newId();
      expect(textOf(await claim(purchase, { key }))).to.equal('201 open');
      await deliveredDaysAgo('31 DAY');
      expect((await claim(purchase, { key })).status, 'a retry').to.equal(200);
    });
  });

  describe('staff', () => {
    it('are required, and do not decide on their own claims', async () => {
      const id = await opened(await deliveredPurchase(platform, alice));
      const asStaff = platform.renewed(alice, ['buyer', 'staff']);
      const bodies = {
        approve: { refundMinor: 0, restock: false, returnRequired: true },
        reject: { reason: 'no' },
        received: undefined,
      };
      for (const [verb, body] of Object.entries(bodies)) {
        expect((await platform.call('POST', `/v1/claims/${id}/${verb}`)).status).to.equal(401);
        expect(textOf(await act(id, verb, alice, body))).to.equal('403 FORBIDDEN');
        expect(textOf(await act(id, verb, asStaff, body))).to.equal('403 OWN_ACCOUNT');
        expect(textOf(await act(newId(), verb, platform.staff, body))).to.equal('404 NOT_FOUND');
      }
      for (const refundMinor of [-1, 1.5, '5'])
        expect((await approve(id, { refundMinor: refundMinor as number })).status).to.equal(422);
      expect((await get(`/v1/claims/${id}`)).body.data).to.include({ status: 'open' });
    });

    it('approve a claim: one refund and one return of its units, however often it is approved', async () => {
      const purchase = await deliveredPurchase(platform, alice);
      const id = await opened(purchase, { quantity: 2 });
      const stock = await platform.stockOf(purchase.productId);
      const values = { refundMinor: 3_000, restock: true };
      const answers = await Promise.all([approve(id, values), approve(id, values), approve(id, values)]);
      expect(answers.map(textOf)).to.deep.equal(['200 approved', '200 approved', '200 approved']);
      expect(answers[0]?.body.data.refund).to.deep.equal({ status: 'pending', amountMinor: 3_000 });
      for (const other of [{ refundMinor: 2_999 }, { restock: false }, { returnRequired: true }])
        expect(textOf(await approve(id, { ...values, ...other }))).to.equal('409 INVALID_TRANSITION');
      for (const [verb, who, body] of [
        ['reject', platform.staff, { reason: 'no' }],
        ['withdraw', alice, undefined],
        ['received', platform.staff, undefined],
      ] as const)
        expect(textOf(await act(id, verb, who, body))).to.equal('409 INVALID_TRANSITION');
      expect(await platform.stockOf(purchase.productId)).to.equal(stock + 2);
      const moves = await platform.call('GET', `/v1/products/${purchase.productId}/stock-movements`, {
        token: platform.staff.token,
      });
      expect(moves.body.data[0]).to.deep.include({ delta: 2, reason: 'claim-return', claimId: id, stockAfter: stock + 2 });
      await eventually(() => expect(requestsOf(purchase.id)).to.have.length(1));
      expect(requestsOf(purchase.id)[0]?.data).to.include({ amountMinor: 3_000, reason: 'claim' });
      const audit = await platform.call('GET', `/v1/product/audit-log?subject=${id}`, { token: platform.admin.token });
      expect(audit.body.data.map(({ action }: { action: string }) => action)).to.deep.equal(['claim.approve']);
      expect(await violations()).to.deep.equal([]);
    });

    it('wait for a return: money and stock move when the parcel is received, and the amount is reserved', async () => {
      const purchase = await deliveredPurchase(platform, alice);
      const id = await opened(purchase, { quantity: 2 });
      const stock = await platform.stockOf(purchase.productId);
      const values = { refundMinor: 3_000, restock: true, returnRequired: true };
      expect(textOf(await approve(id, values))).to.equal('200 awaiting-return');
      expect(textOf(await approve(id, values))).to.equal('200 awaiting-return');
      expect(await platform.stockOf(purchase.productId)).to.equal(stock);
      const second = await opened(purchase, { quantity: 1 });
      expect((await approve(second, { refundMinor: 3_001 })).body).to.include({
        code: 'REFUND_EXCEEDS_CHARGE',
        limitMinor: 3_000,
      });
      expect(textOf(await approve(second, { refundMinor: 3_000 }))).to.equal('200 approved');
      const received = await Promise.all([act(id, 'received'), act(id, 'received')]);
      expect(received.map(textOf)).to.deep.equal(['200 approved', '200 approved']);
      expect(await platform.stockOf(purchase.productId)).to.equal(stock + 2);
      await eventually(() => expect(requestsOf(purchase.id)).to.have.length(2));
      expect(await violations()).to.deep.equal([]);
    });

    it('who chose a large refund do not approve it, also if a colleague receives the parcel', async () => {
      const purchase = await deliveredPurchase(platform, alice);
      const id = await opened(purchase);
      await approve(id, { refundMinor: 5_001, returnRequired: true });
      expect(textOf(await act(id, 'received', colleague))).to.equal('200 approved');
      const { body } = await get(`/v1/refunds?purchaseId=${purchase.id}`, platform.staff);
      const refundId: string = body.data[0].id;
      expect(body.data[0]).to.include({ status: 'review', requestedBy: platform.staff.id });
      const audit = await platform.call('GET', `/v1/product/audit-log?subject=${refundId}`, { token: platform.admin.token });
      expect(audit.body.data[0]).to.include({ action: 'refund.request', actorId: colleague.id });
      const review = (who: Person) => send(`/v1/refunds/${refundId}/approve`, who);
      expect(textOf(await review(platform.staff))).to.equal('403 REFUND_REQUESTED_BY_YOU');
      expect(textOf(await review(colleague))).to.equal('200 pending');
      expect(await violations()).to.deep.equal([]);
    });

    it('approve without a refund, and need a second member of staff for a large one', async () => {
      const purchase = await deliveredPurchase(platform, alice);
      const free = await approve(await opened(purchase), { refundMinor: 0 });
      expect(free.body.data).to.include({ status: 'approved', refundMinor: 0 }).and.not.to.have.property('refund');
      const large = await approve(await opened(purchase), { refundMinor: 5_001 });
      expect(large.body.data).to.deep.include({ status: 'approved', refund: { status: 'review', amountMinor: 5_001 } });
      expect(await violations()).to.deep.equal([]);
    });
  });

  it('are claimed again for the rest until everything is refunded', async () => {
    const purchase = await deliveredPurchase(platform, alice);
    const { id: purchaseId, userId } = purchase;
    let total = 0;
    for (const quantity of [1, 3]) {
      const amountMinor = quantity * 1_500;
      expect(textOf(await approve(await opened(purchase, { quantity }), { refundMinor: amountMinor }))).to.equal('200 approved');
      const { body } = await get(`/v1/refunds?purchaseId=${purchaseId}&status=pending`, platform.staff);
      total += amountMinor;
      await platform.say('refund-posted', {
        ...{ refundId: body.data[0].id, purchaseId, userId, amountMinor, transferId: newId() },
        refundedTotalMinor: total,
      });
      await platform.becomes(alice, purchaseId, { refundedMinor: total, status: 'delivered' });
    }
    expect(textOf(await claim(purchase))).to.equal('409 CLAIM_EXCEEDS_PURCHASE');
    expect(await violations()).to.deep.equal([]);
  });

  it('are read by their owner and staff, and withdrawn by the owner alone', async () => {
    const bob = await platform.buyer();
    const id = await opened(await deliveredPurchase(platform, bob), { who: bob });
    expect((await get(`/v1/claims/${id}`, alice)).status).to.equal(404);
    for (const who of [bob, platform.staff]) expect(textOf(await get(`/v1/claims/${id}`, who))).to.equal('200 open');
    expect((await get(`/v1/claims?userId=${bob.id}`, alice)).status).to.equal(403);
    expect((await get('/v1/claims', bob)).body.data).to.have.length(1);
    const both = await get(`/v1/claims?userId=${bob.id}&status=open`, platform.staff);
    expect(both.body.data.map((one: { id: string }) => one.id)).to.deep.equal([id]);
    for (const who of [alice, platform.staff]) expect(textOf(await act(id, 'withdraw', who))).to.equal('404 NOT_FOUND');
    expect(textOf(await act(id, 'withdraw', bob))).to.equal('200 withdrawn');
    expect(textOf(await act(id, 'withdraw', bob))).to.equal('200 withdrawn');
    expect(textOf(await approve(id))).to.equal('409 INVALID_TRANSITION');
  });

  it('have a conversation of a bounded number of messages', async () => {
    const bob = await platform.buyer();
    const id = await opened(await deliveredPurchase(platform, bob), { who: bob });
    const write = (who: Person, text: unknown) => send(`/v1/claims/${id}/messages`, who, { text });
    expect((await write(alice, 'Hello')).status).to.equal(404);
    for (const text of ['', 'x'.repeat(2_001), 7]) expect((await write(bob, text)).status).to.equal(422);
    expect((await write(platform.staff, 'Please send a picture.')).body.data).to.include({ by: 'staff' });
    expect((await write(bob, 'Here it is.\nBroken.')).status).to.equal(201);
    expect((await get(`/v1/claims/${id}/messages`, alice)).status).to.equal(404);
    const { data } = (await get(`/v1/claims/${id}/messages`, bob)).body;
    expect(data.map(({ by, text }: { by: string; text: string }) => [by, text])).to.deep.equal([
      ['staff', 'Please send a picture.'],
      ['buyer', 'Here it is.\nBroken.'],
    ]);
    const rows = Array.from({ length: 198 }, () => ({
      ...{ id: idBytes(newId()), claim_id: idBytes(id), author_id: idBytes(bob.id), text: 'x', created_at: new Date() },
    }));
    await platform.database.db('claim_messages').insert(rows);
    expect(textOf(await write(bob, 'One more'))).to.equal('409 CLAIM_CONVERSATION_FULL');
  });

  it('of an erased buyer lose their texts, take none afterwards, and can still be decided', async () => {
    const bob = await platform.buyer();
    const purchase = await deliveredPurchase(platform, bob);
    const [open, rejected] = [
      await opened(purchase, { who: bob, text: 'My mother is ill.' }),
      await opened(purchase, { who: bob, text: 'My mother is ill.' }),
    ];
    await send(`/v1/claims/${open}/messages`, bob, { text: 'She lives in Linz.' });
    await act(rejected, 'reject', platform.staff, { reason: 'Bob wrote nonsense' });
    await send(`/v1/purchases/${purchase.id}/refunds`, platform.staff, { amountMinor: 1, reason: 'Bob is nice' }, newId());
    await platform.say('user-erased', { userId: bob.id });
    await eventually(async () =>
      expect((await get(`/v1/claims/${open}`, platform.staff)).body.data).not.to.have.property('text'),
    );
    expect((await get(`/v1/claims/${rejected}`, platform.staff)).body.data).not.to.have.any.keys('text', 'rejection');
    expect((await get(`/v1/claims/${open}/messages`, platform.staff)).body.data).to.deep.equal([]);
    expect((await get(`/v1/refunds?purchaseId=${purchase.id}`, platform.staff)).body.data[0]).not.to.have.property('reason');

    expect(textOf(await claim(purchase, { who: bob, text: 'Again' }))).to.equal('201 open');
    await send(`/v1/claims/${open}/messages`, platform.staff, { text: 'Bob?' });
    expect((await get(`/v1/claims/${open}/messages`, platform.staff)).body.data).to.deep.equal([]);
    expect(textOf(await approve(open, { refundMinor: 1_500 }))).to.equal('200 approved');
    const texts = await platform.database
      .db('claims')
      .where({ user_id: idBytes(bob.id) })
      .select('text', 'rejection');
    expect(texts).to.deep.equal(texts.map(() => ({ text: null, rejection: null })));
    expect(await violations()).to.deep.equal([]);
  });

  describe('have a schema and an audit', () => {
    it('that refuse a second return of a claim and a decision on an own claim', async () => {
      const purchase = await deliveredPurchase(platform, alice);
      const id = await opened(purchase);
      await approve(id, { restock: true });
      const { db } = platform.database;
      const refused: [string, RegExp][] = [
        [
          "INSERT INTO stock_movement_details (movement_id, reason, source_id, product_id) SELECT m.id, 'claim-return', d.source_id, d.product_id FROM stock_movement_details d JOIN stock_movements m ON m.reason = 'sale' WHERE d.source_id IS NOT NULL LIMIT 1",
          /once_per_source/,
        ],
        ['UPDATE claims SET decided_by = user_id WHERE decided_by IS NOT NULL', /claims_others/],
        ['UPDATE refunds SET requested_by = user_id', /refunds_others/],
      ];
      for (const [statement, reason] of refused) {
        const error = await db.raw(statement).then(
          () => undefined,
          (failure: unknown) => failure,
        );
        expect(String(error)).to.match(reason);
      }
    });

    const damages: [string, string, RegExp][] = [
      ['more units claimed than bought', 'UPDATE claim_items SET quantity = 5 WHERE claim_id = ?', /claimed-units/],
      ['a return without its movement', 'UPDATE claims SET restock = 1 WHERE id = ?', /claim-returns/],
      ['a refund of another amount', 'UPDATE claims SET refund_minor = 501 WHERE id = ?', /claim-refunds/],
      ['refunds above the total', 'UPDATE refunds SET amount_minor = 6001 WHERE claim_id = ?', /refund-caps/],
      [
        'a refunded total that was added up',
        'UPDATE purchases SET refunded_minor = 500 WHERE id = (SELECT purchase_id FROM claims WHERE id = ?)',
        /refunded-totals/,
      ],
    ];
    for (const [what, statement, check] of damages) {
      it(`that find ${what}`, async () => {
        const id = await opened(await deliveredPurchase(platform, alice));
        await approve(id);
        await platform.database.db
          .transaction(async (trx) => {
            await trx.raw(statement, [idBytes(id)]);
            expect((await findViolations(trx, claimInvariants)).join()).to.match(check);
            await trx.rollback();
          })
          .catch((error: unknown) => {
            if (!String(error).includes('rollback')) throw error;
          });
        expect(await violations()).to.deep.equal([]);
      });
    }
  });
});
