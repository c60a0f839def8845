import { idBytes, newId, runTransaction } from '@florin/database';
import { eventually, untilWaiting } from '@florin/testing';
import { expect } from 'chai';
import { storeAddresses } from '../src/delivery/index.ts';
import { reportDelivery } from '../src/fulfilment/report-delivery.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

const address = { name: 'Ada Byron', line1: 'Ringstrasse 1', postalCode: '1010', city: 'Vienna', country: 'AT', phone: '+43 1' };

describe('the delivery of a purchase', () => {
  let platform: ProductPlatform;
  let alice: Person;
  let bob: Person;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    [alice, bob] = [await platform.buyer(), await platform.buyer()];
  });
  after(() => platform.stop());

  const requested = async (who: Person = alice): Promise<{ id: string; productId: string }> => {
    const { id: productId } = await platform.product();
    const { body } = await platform.buy(who, [{ productId, quantity: 2 }]);
    return { id: body.data.id, productId };
  };
  const paid = async (who: Person = alice): Promise<{ id: string; productId: string }> => {
    const purchase = await requested(who);
    await platform.say('purchase-paid', { purchaseId: purchase.id, userId: who.id, amountMinor: 3_000, transferId: newId() });
    await platform.becomes(who, purchase.id, { status: 'paid' });
    return purchase;
  };
  const advance = (verb: string, id: string) =>
    platform.call('POST', `/v1/purchases/${id}/${verb}`, { token: platform.staff.token });
  const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
  type Sent = { token?: string; key?: string };
  const report = (id: string, fields: Record<string, unknown>, { token = platform.staff.token, key = newId() }: Sent = {}) =>
    platform.call('POST', `/v1/purchases/${id}/delivery/events`, {
      token,
      body: { at: minutesAgo(0), ...fields },
      headers: { 'idempotency-key': key },
    });
  const delivery = (id: string, { token } = platform.staff) => platform.call('GET', `/v1/purchases/${id}/delivery`, { token });
  const putAddress = (id: string, body: unknown, { token }: { token: string } = alice) =>
    platform.call('PUT', `/v1/purchases/${id}/delivery/address`, { token, body });
  const typesOf = (id: string): string[] => platform.published(id).map(({ type }) => type);
  const audited = async (id: string): Promise<{ action: string; after?: unknown }[]> =>
    (await platform.call('GET', `/v1/product/audit-log?subject=${id}&limit=100`, { token: platform.admin.token })).body.data;

  describe('POST /v1/purchases', () => {
    const parcel = { name: 'Parcel', priceMinor: 490, freeFromMinor: 6_000, countries: ['AT'], minDays: 1, maxDays: 3 };
    const newMethod = async (fields: Record<string, unknown> = {}): Promise<string> =>
      (await platform.call('POST', '/v1/delivery-methods', { token: platform.staff.token, body: { ...parcel, ...fields } })).body
        .data.id;
    const buy = (body: Record<string, unknown>, { who = alice, key = newId() } = {}) =>
      platform.call('POST', '/v1/purchases', { token: who.token, body, headers: { 'idempotency-key': key } });
    const quote = async (body: Record<string, unknown>) =>
      (await platform.call('POST', '/v1/purchases/quote', { body })).body.data;

    it('buys with a delivery: the price counts, the method is frozen, the address is stored', async () => {
      const [methodId, { id: productId }] = [await newMethod(), await platform.product()];
      const items = [{ productId, quantity: 2 }];
      const quoted = await quote({ items, delivery: { methodId, country: 'AT' } });
      expect(quoted).to.include({ subtotalMinor: 3_000, deliveryMinor: 490, totalMinor: 3_490 });
      const key = newId();
      const body = { items, delivery: { methodId, address }, expectedTotalMinor: quoted.totalMinor };
      const { status, body: answer } = await buy(body, { key });
      expect(status).to.equal(202);
      const frozen = { methodId, name: 'Parcel', minDays: 1, maxDays: 3, countries: ['AT'] };
      expect(answer.data).to.deep.include({ deliveryMinor: 490, totalMinor: 3_490, delivery: frozen });
      const { id } = answer.data;
      const changes = { name: 'Express', priceMinor: 990 };
      const headers = { 'if-match': '"1"' };
      await platform.call('PATCH', `/v1/delivery-methods/${methodId}`, { token: platform.staff.token, body: changes, headers });
      expect(await platform.purchase(alice, id)).to.deep.include({ deliveryMinor: 490, totalMinor: 3_490, delivery: frozen });
      expect((await delivery(id, alice)).body.data).to.deep.include({ method: frozen, address });
      expect((await buy(body)).body).to.include({ status: 409, code: 'TOTAL_CHANGED' });
      expect((await buy(body, { key })).headers.get('idempotent-replayed')).to.equal('true');
      await eventually(() => expect(typesOf(id)).to.deep.equal(['purchase-requested']));
      expect(JSON.stringify(platform.published(id)))
        .to.not.include('Ringstrasse')
        .and.not.include('Byron');
    });

    it('is free from an amount', async () => {
      const [methodId, { id: productId }] = [await newMethod(), await platform.product()];
      const delivery_ = { methodId, address };
      const three = await buy({ items: [{ productId, quantity: 3 }], delivery: delivery_ });
      const four = await buy({ items: [{ productId, quantity: 4 }], delivery: delivery_ });
      expect([three.body.data.deliveryMinor, four.body.data.deliveryMinor]).to.deep.equal([490, 0]);
    });

    it('refuses a method that cannot be chosen, and a quote names it as a problem', async () => {
      const { id: productId } = await platform.product();
      const items = [{ productId, quantity: 1 }];
      const cases: [string, string][] = [
        [newId(), 'UNKNOWN'],
        [await newMethod({ status: 'archived' }), 'ARCHIVED'],
        [await newMethod({ currency: 'JPY' }), 'OTHER_CURRENCY'],
        [await newMethod({ countries: ['DE'] }), 'OTHER_COUNTRY'],
      ];
      for (const [methodId, reason] of cases) {
        expect((await buy({ items, delivery: { methodId, address } })).body).to.include({
          ...{ status: 409, code: 'DELIVERY_NOT_AVAILABLE', reason },
        });
        const quoted = await quote({ items, delivery: { methodId, country: 'AT' } });
        expect(quoted).to.include({ deliveryMinor: 0, totalMinor: 1_500 });
        expect(quoted.problems[0]).to.include({ code: 'DELIVERY_NOT_AVAILABLE', severity: 'error', reason });
      }
      expect((await buy({ items, delivery: { methodId: await newMethod() } })).body.code).to.equal('VALIDATION_FAILED');
      expect(await platform.stockOf(productId)).to.equal(10);
    });

    it('keeps no address of a buyer who was erased meanwhile', async () => {
      const carol = await platform.buyer();
      const [methodId, { id: productId }] = [await newMethod(), await platform.product()];
      const body = { items: [{ productId, quantity: 1 }], delivery: { methodId, address } };
      await platform.say('user-erased', { userId: carol.id });
      const erased = () => platform.database.db('erased_users').where({ user_id: idBytes(carol.id) });
      await eventually(async () => expect(await erased()).to.have.length(1));
      const { body: answer } = await buy(body, { who: carol });
      expect(answer.data).to.include({ status: 'requested' });
      expect((await delivery(answer.data.id)).body.data).to.not.have.property('address');
    });
  });

  it('is erased although the transaction that saves its address is not committed when the erasure begins', async () => {
    const carol = await platform.buyer();
    const saving = await platform.database.db.transaction();
    await storeAddresses(saving, [{ purchaseId: newId(), userId: carol.id, address }]);
    await platform.say('user-erased', { userId: carol.id });
    await untilWaiting(platform.database.db, 1);
    await saving.commit();
    const found = (table: string) => platform.database.db(table).where({ user_id: idBytes(carol.id) });
    await eventually(async () => expect(await found('erased_users')).to.have.length(1));
    expect(await found('purchase_addresses')).to.deep.equal([]);
  });

  describe('GET /v1/purchases/:id/delivery', () => {
    it('requires authentication, and is 404 for another buyer', async () => {
      const { id } = await requested();
      expect((await platform.call('GET', `/v1/purchases/${id}/delivery`)).status).to.equal(401);
      expect((await delivery(id, bob)).status).to.equal(404);
      expect((await delivery(newId())).status).to.equal(404);
      expect((await delivery(id, alice)).body.data).to.deep.equal({ purchaseId: id, purchaseStatus: 'requested', history: [] });
    });

    it('follows a purchase that staff shipped and delivered without reports', async () => {
      const { id } = await paid();
      await advance('ship', id);
      expect((await delivery(id)).body.data).to.include({ purchaseStatus: 'shipped', status: 'handed-over' });
      await advance('deliver', id);
      expect((await delivery(id)).body.data).to.include({ purchaseStatus: 'delivered', status: 'delivered' });
      expect((await report(id, { status: 'in-transit' })).body.data).to.include({ status: 'delivered' });
    });
  });

  describe('PUT /v1/purchases/:id/delivery/address', () => {
    it('requires authentication, and is 404 for another buyer', async () => {
      const { id } = await requested();
      expect((await platform.call('PUT', `/v1/purchases/${id}/delivery/address`, { body: address })).status).to.equal(401);
      expect((await putAddress(id, address, bob)).status).to.equal(404);
      expect((await delivery(id)).body.data).to.not.have.property('address');
    });

    it('saves and replaces the address, by the buyer and by staff, until the purchase is shipped', async () => {
      const { id } = await paid();
      expect((await putAddress(id, address)).body.data.address).to.deep.equal(address);
      const { phone: _phone, ...moved } = { ...address, line2: 'Top 4', city: 'Linz' };
      const changed = await putAddress(id, moved, platform.staff);
      expect([changed.status, changed.body.data.address]).to.deep.equal([200, moved]);
      expect((await delivery(id, alice)).body.data.address).to.deep.equal(moved);
      expect((await audited(id)).map(({ action }) => action)).to.deep.equal(['delivery.address']);
      await advance('ship', id);
      for (const who of [alice, platform.staff])
        expect((await putAddress(id, address, who)).body).to.include({ status: 409, code: 'INVALID_TRANSITION' });
    });

    for (const [what, wrong] of [
      ['no name', { name: undefined }],
      ['a country that ISO 3166-1 does not have', { country: 'EU' }],
      ['a line of several lines', { line1: 'a\nb' }],
      ['a text that is too long', { postalCode: '1'.repeat(17) }],
      ['an unknown field', { email: 'a@b.example' }],
    ] as const)
      it(`rejects ${what}`, async () => {
        const { id } = await requested();
        expect((await putAddress(id, { ...address, ...wrong })).body.code).to.equal('VALIDATION_FAILED');
      });

    it('rejects a country that the delivery method of the purchase does not go to', async () => {
      const { id } = await requested();
      const method = { methodId: newId(), name: 'Parcel', minDays: 1, maxDays: 2, countries: ['DE'] };
      await platform.database
        .db('purchases')
        .where({ id: idBytes(id) })
        .update({ delivery_method: JSON.stringify(method) });
      const { status, body } = await putAddress(id, address);
      expect([status, body.errors[0].path]).to.deep.equal([422, 'country']);
      expect((await putAddress(id, { ...address, country: 'de' })).body.data).to.deep.include({ method });
    });

    it('is in no event, timeline, audit entry or other table, and is erased with the buyer', async () => {
      const carol = await platform.buyer();
      const [{ id }, other] = [await paid(carol), await paid()];
      const secret = 'Lovelace-Gasse';
      await putAddress(id, { ...address, line1: secret }, platform.staff);
      await putAddress(other.id, address);
      const texts = { place: `${secret} 4`, note: `Left at ${secret}`, trackingCode: `T ${secret}` };
      await report(id, { status: 'out-for-delivery', ...texts, carrier: 'Post' });
      const seen = async () =>
        JSON.stringify([
          await platform.purchase(platform.staff, id),
          (await delivery(id)).body,
          (await platform.call('GET', `/v1/purchases/${id}/timeline`, { token: platform.staff.token })).body,
        ]);
      expect(await seen()).to.include(secret);
      expect(JSON.stringify(await audited(id))).to.not.include(secret);
      await eventually(() => expect(typesOf(id)).to.include('purchase-shipped'));
      await platform.say('user-erased', { userId: carol.id });
      await eventually(async () => expect(await seen()).to.not.include(secret));
      expect(await platform.database.db('purchase_addresses').where({ purchase_id: idBytes(id) })).to.deep.equal([]);
      expect((await delivery(other.id)).body.data.address).to.deep.equal(address);
      expect((await report(id, { status: 'failed', ...texts })).status).to.equal(201);
      expect(await seen()).to.not.include(secret);
    });

    it('is not saved after the buyer was erased', async () => {
      const carol = await platform.buyer();
      const { id } = await requested(carol);
      await platform.say('user-erased', { userId: carol.id });
      await eventually(async () => expect((await putAddress(id, address, platform.staff)).body.code).to.equal('BUYER_ERASED'));
      expect((await delivery(id)).body.data).to.not.have.property('address');
    });
  });

  describe('POST /v1/purchases/:id/delivery/events', () => {
    it('requires authentication, staff and a key', async () => {
      const { id } = await paid();
      const path = `/v1/purchases/${id}/delivery/events`;
      const body = { status: 'packed', at: minutesAgo(0) };
      expect((await platform.call('POST', path, { body })).status).to.equal(401);
      expect((await report(id, body, { token: alice.token })).status).to.equal(403);
      expect((await platform.call('POST', path, { body, token: platform.staff.token })).body.code).to.equal(
        'IDEMPOTENCY_KEY_REQUIRED',
      );
    });

    it('is refused for an own purchase, an unknown one, and one that is not paid', async () => {
      const { id } = await paid();
      for (const status of ['packed', 'delivered']) {
        const own = await report(id, { status }, platform.renewed(alice, ['buyer', 'staff']));
        expect([own.status, own.body.code]).to.deep.equal([403, 'OWN_ACCOUNT']);
      }
      expect((await report(newId(), { status: 'packed' })).status).to.equal(404);
      const { id: undecided } = await requested();
      expect((await report(undecided, { status: 'packed' })).body).to.include({ status: 409, code: 'INVALID_TRANSITION' });
    });

    it('rejects a time more than five minutes in the future, unknown statuses and fields, and texts that are too long', async () => {
      const { id } = await paid();
      for (const wrong of [
        { status: 'packed', at: minutesAgo(-6) },
        { status: 'packed', at: '9999-12-31' },
        { status: 'packed', at: 'yesterday' },
        { status: 'lost' },
        { status: 'packed', note: 'x'.repeat(501) },
        { status: 'packed', place: '' },
        { status: 'packed', colour: 'red' },
        {},
      ])
        expect((await report(id, wrong)).body.code, JSON.stringify(wrong)).to.equal('VALIDATION_FAILED');
      expect((await delivery(id)).body.data.history).to.deep.equal([]);
      expect((await report(id, { status: 'packed', at: minutesAgo(-4) })).status).to.equal(201);
    });

    it('follows a parcel to its delivery: each report once, late and repeated ones in the history only', async () => {
      const { id } = await paid();
      const packed = await report(id, { status: 'packed', at: minutesAgo(60) });
      expect(packed.status).to.equal(201);
      expect(packed.body.data).to.include({ status: 'packed', purchaseStatus: 'paid' });
      const facts = { place: 'Linz', note: 'By lorry', trackingCode: 'JD 1', carrier: 'Post' };
      const underway = await report(id, { status: 'in-transit', at: minutesAgo(40), ...facts });
      expect(underway.body.data).to.include({
        status: 'in-transit',
        purchaseStatus: 'shipped',
        trackingCode: 'JD 1',
        carrier: 'Post',
      });
      const late = await report(id, { status: 'handed-over', at: minutesAgo(50), trackingCode: 'other' });
      expect(late.body.data).to.include({ status: 'in-transit', trackingCode: 'JD 1' });
      await report(id, { status: 'failed', at: minutesAgo(20) });
      expect((await report(id, { status: 'out-for-delivery', at: minutesAgo(30) })).body.data).to.include({ status: 'failed' });
      expect((await report(id, { status: 'out-for-delivery', at: minutesAgo(10) })).body.data.status).to.equal(
        'out-for-delivery',
      );
      const delivered = await report(id, { status: 'delivered', at: minutesAgo(5) });
      expect(delivered.body.data).to.include({ status: 'delivered', purchaseStatus: 'delivered' });
      await report(id, { status: 'delivered', at: minutesAgo(4) });
      const { history } = (await delivery(id, alice)).body.data;
      expect(history.map(({ status, isApplied }: Record<string, unknown>) => [status, isApplied])).to.deep.equal([
        ['packed', true],
        ['handed-over', false],
        ['in-transit', true],
        ['out-for-delivery', false],
        ['failed', true],
        ['out-for-delivery', true],
        ['delivered', true],
        ['delivered', false],
      ]);
      expect(history[2]).to.deep.include(facts);
      await eventually(() => expect(typesOf(id)).to.deep.equal(['purchase-requested', 'purchase-shipped', 'purchase-delivered']));
      expect(platform.published(id).at(-1)?.data).to.deep.equal({ purchaseId: id, userId: alice.id, trackingCode: 'JD 1' });
    });

    it('ships and delivers a paid purchase that was delivered, with both events in one transaction', async () => {
      const { id } = await paid();
      await report(id, { status: 'delivered', trackingCode: 'JD 2' });
      expect(await platform.purchase(alice, id)).to.include({ status: 'delivered', version: 4, trackingCode: 'JD 2' });
      await eventually(() => expect(typesOf(id)).to.deep.equal(['purchase-requested', 'purchase-shipped', 'purchase-delivered']));
      const [, shipped, delivered] = platform.published(id);
      expect([Number(shipped?.sequence), Number(delivered?.sequence)]).to.deep.equal([3, 4]);
      const timeline = await platform.call('GET', `/v1/purchases/${id}/timeline`, { token: alice.token });
      const steps = timeline.body.data.slice(-2) as { at: string; type: string }[];
      expect(steps.map(({ type }) => type)).to.deep.equal(['purchase-shipped', 'purchase-delivered']);
      expect(new Set(steps.map(({ at }) => at)).size).to.equal(1);
      expect((await audited(id)).map(({ action }) => action)).to.deep.equal([
        'purchase.deliver',
        'purchase.ship',
        'delivery.report',
      ]);
    });

    for (const isShipped of [true, false])
      it(`cancels a purchase that is ${isShipped ? 'shipped' : 'paid'} and came back: the stock returns and the refund follows`, async () => {
        const { id, productId } = await paid();
        expect(await platform.stockOf(productId)).to.equal(8);
        if (isShipped) await advance('ship', id);
        const { body } = await report(id, { status: 'returned' });
        expect(body.data).to.include({ status: 'returned', purchaseStatus: 'cancelled' });
        expect(await platform.purchase(alice, id)).to.include({ status: 'cancelled', refund: 'pending', version: 4 });
        expect(await platform.stockOf(productId)).to.equal(10);
        const types = ['purchase-requested', 'purchase-shipped', 'purchase-cancelled'];
        await eventually(() => expect(typesOf(id)).to.deep.equal(types));
        const facts = { purchaseId: id, userId: alice.id };
        expect(platform.published(id).at(-1)?.data).to.deep.equal({ ...facts, by: 'staff', cause: 'returned' });
        await platform.say('purchase-refunded', { ...facts, amountMinor: 3_000, transferId: newId() });
        await platform.becomes(alice, id, { status: 'cancelled', refund: 'done' });
        for (const status of ['returned', 'delivered', 'failed'])
          expect((await report(id, { status })).body.data).to.include({ status: 'returned', purchaseStatus: 'cancelled' });
        expect(await platform.stockOf(productId)).to.equal(10);
        expect(await platform.purchase(alice, id)).to.include({ version: 5 });
      });

    it('leaves a delivered purchase that comes back delivered', async () => {
      const { id, productId } = await paid();
      await report(id, { status: 'delivered', at: minutesAgo(5) });
      expect((await report(id, { status: 'returned' })).body.data).to.include({
        status: 'returned',
        purchaseStatus: 'delivered',
      });
      expect((await report(id, { status: 'delivered' })).body.data).to.include({
        status: 'returned',
        purchaseStatus: 'delivered',
      });
      expect(await platform.stockOf(productId)).to.equal(8);
      expect(await platform.purchase(alice, id)).to.include({ status: 'delivered', version: 4, refund: 'none' });
    });

    it('leaves reports of a cancelled purchase to the history', async () => {
      const { id } = await paid();
      await report(id, { status: 'packed' });
      await advance('cancel', id);
      expect((await report(id, { status: 'delivered' })).body.data).to.include({ status: 'packed', purchaseStatus: 'cancelled' });
    });

    it('replays a repeated request, also after the delivery went on, and rejects another one under its key', async () => {
      const { id } = await paid();
      const [key, sent] = [newId(), { status: 'packed', at: minutesAgo(3) }];
      expect((await report(id, sent, { key })).status).to.equal(201);
      await report(id, { status: 'returned' });
      const again = await report(id, sent, { key });
      expect([again.status, again.headers.get('idempotent-replayed')]).to.deep.equal([200, 'true']);
      expect(again.body.data.history).to.have.length(2);
      expect((await report(id, { ...sent, status: 'failed' }, { key })).body.code).to.equal('IDEMPOTENCY_KEY_REUSED');
      expect((await report((await paid()).id, sent, { key })).body.code).to.equal('IDEMPOTENCY_KEY_REUSED');
    });

    it('is executed once for many concurrent requests under one key', async () => {
      const { id } = await paid();
      const [key, sent] = [newId(), { status: 'delivered', at: minutesAgo(3) }];
      const answers = await Promise.all(Array.from({ length: 8 }, () => report(id, sent, { key })));
      expect(answers.map(({ status }) => status)).to.have.members([...Array(7).fill(200), 201]);
      expect((await delivery(id)).body.data.history).to.have.length(1);
    });

    it('takes concurrent reports one after another: one of delivered and returned ends the purchase', async () => {
      for (let round = 0; round < 5; round++) {
        const { id, productId } = await paid();
        const statuses = ['delivered', 'returned', 'failed', 'delivered', 'returned', 'in-transit'];
        const answers = await Promise.all(statuses.map((status) => report(id, { status })));
        expect(answers.map(({ status }) => status)).to.deep.equal(Array(6).fill(201));
        const { history, status, purchaseStatus } = (await delivery(id)).body.data;
        expect([status, history.length]).to.deep.equal(['returned', 6]);
        const isCancelled = purchaseStatus === 'cancelled';
        expect(await platform.stockOf(productId)).to.equal(isCancelled ? 10 : 8);
        expect(await platform.purchase(alice, id)).to.include({ status: isCancelled ? 'cancelled' : 'delivered', version: 4 });
      }
    });

    it('either ships or lets a concurrent cancel win', async () => {
      for (let round = 0; round < 5; round++) {
        const { id, productId } = await paid();
        const [reported, cancel] = await Promise.all([report(id, { status: 'delivered' }), advance('cancel', id)]);
        const isCancelled = cancel.status === 202;
        expect([reported.status, cancel.status]).to.deep.equal([201, isCancelled ? 202 : 409]);
        expect(await platform.purchase(alice, id)).to.include({ status: isCancelled ? 'cancelled' : 'delivered' });
        expect(await platform.stockOf(productId)).to.equal(isCancelled ? 10 : 8);
      }
    });

    it('writes everything or nothing', async () => {
      const { id, productId } = await paid();
      const wanted = {
        purchaseId: id,
        status: 'returned' as const,
        at: new Date(),
        by: platform.staff.id,
        idempotencyKey: newId(),
      };
      const failing = runTransaction(platform.database.db, async (trx) => {
        await reportDelivery(trx, wanted);
        throw new Error('stop');
      });
      expect(await failing.catch((error: Error) => error.message)).to.equal('stop');
      expect((await delivery(id)).body.data).to.deep.include({ purchaseStatus: 'paid', history: [] });
      expect(await platform.stockOf(productId)).to.equal(8);
      expect(await audited(id)).to.deep.equal([]);
      expect(
        await platform.database.db('outbox').where('type', 'purchase-cancelled').where('payload', 'like', `%${id}%`),
      ).to.deep.equal([]);
    });

    it('keeps about 100 reports of a purchase, and always takes one with a higher status', async () => {
      const { id } = await paid();
      await report(id, { status: 'failed', at: minutesAgo(500) });
      const [row] = await platform.database.db('delivery_events').where({ purchase_id: idBytes(id) });
      const copies = Array.from({ length: 99 }, (_, index) => ({
        ...{ ...row, id: idBytes(newId()), idempotency_key: Buffer.from(newId()), is_applied: 0 },
        at: new Date(Date.now() - (400 - index) * 60_000),
      }));
      await platform.database.db('delivery_events').insert(copies);
      for (const status of ['in-transit', 'out-for-delivery'])
        expect((await report(id, { status })).body).to.include({ status: 409, code: 'DELIVERY_HISTORY_FULL' });
      expect((await report(id, { status: 'delivered' })).body.data).to.include({ status: 'delivered' });
      expect((await report(id, { status: 'returned' })).body.data.history).to.have.length(102);
    });
  });
});
