import { newId } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { listPurchases } from '../src/purchases/list-purchases.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

async function handlerReads(trx: Knex.Transaction): Promise<number> {
  const [rows] = (await trx.raw("SHOW SESSION STATUS LIKE 'Handler_read%'")) as [{ Value: string }[]];
  return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
}

type Shown = { id: string; userId: string; totalMinor: number; status: string };

describe('fulfilment', () => {
  let platform: ProductPlatform;
  let alice: Person;
  let bob: Person;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    [alice, bob] = [await platform.buyer(), await platform.buyer()];
  });
  after(() => platform.stop());

  const bought = async (who: Person, fields: Record<string, unknown> = {}): Promise<Shown> => {
    const { id } = await platform.product(fields);
    return (await platform.buy(who, [{ productId: id, quantity: 1 }])).body.data;
  };
  const paid = async (who: Person): Promise<Shown> => {
    const purchase = await bought(who);
    const { id: purchaseId, userId, totalMinor: amountMinor } = purchase;
    await platform.say('purchase-paid', { purchaseId, userId, amountMinor, transferId: newId() });
    await platform.becomes(who, purchaseId, { status: 'paid' });
    return purchase;
  };
  const advance = (verb: string, id: string, body?: unknown, { token } = platform.staff) =>
    platform.call('POST', `/v1/purchases/${id}/${verb}`, { token, ...(body === undefined ? {} : { body }) });
  const typesOf = (id: string): string[] => platform.published(id).map(({ type }) => type);

  describe('POST /v1/purchases/:id/ship and /deliver', () => {
    it('require authentication and staff', async () => {
      const { id } = await bought(alice);
      for (const verb of ['ship', 'deliver']) {
        expect((await platform.call('POST', `/v1/purchases/${id}/${verb}`)).status).to.equal(401);
        expect((await advance(verb, id, undefined, alice)).status).to.equal(403);
      }
    });

    it('are refused for an own purchase, also after another member of staff shipped it', async () => {
      const { id } = await paid(alice);
      const asStaff = platform.renewed(alice, ['buyer', 'staff']);
      for (const verb of ['ship', 'deliver']) {
        const { status, body } = await advance(verb, id, undefined, asStaff);
        expect([status, body.code]).to.deep.equal([403, 'OWN_ACCOUNT']);
      }
      expect(await platform.purchase(alice, id)).to.include({ status: 'paid', version: 2 });
      expect((await advance('ship', id)).status).to.equal(200);
      expect((await advance('ship', id, undefined, asStaff)).body.code).to.equal('OWN_ACCOUNT');
    });

    it('answer 404 for an unknown purchase and 422 for an invalid body', async () => {
      const { id } = await paid(alice);
      expect((await advance('ship', newId())).status).to.equal(404);
      expect((await advance('ship', 'parcel')).status).to.equal(404);
      for (const body of [{ trackingCode: '' }, { trackingCode: 'x'.repeat(101) }, { trackingCode: 7 }, { carrier: 'post' }])
        expect((await advance('ship', id, body)).status).to.equal(422);
      expect(await platform.purchase(alice, id)).to.include({ status: 'paid' });
    });

    it('ship and deliver a paid purchase, each with an event and an audit entry', async () => {
      const { id } = await paid(alice);
      const shipped = await advance('ship', id, { trackingCode: 'F 123' });
      expect(shipped.status).to.equal(200);
      expect(shipped.body.data).to.include({ status: 'shipped', trackingCode: 'F 123', version: 3 });
      const delivered = await advance('deliver', id);
      expect(delivered.body.data).to.include({ status: 'delivered', trackingCode: 'F 123', version: 4 });
      await eventually(() => expect(typesOf(id)).to.deep.equal(['purchase-requested', 'purchase-shipped', 'purchase-delivered']));
      const facts = { purchaseId: id, userId: alice.id, trackingCode: 'F 123' };
      expect(
        platform
          .published(id)
          .slice(1)
          .map(({ data }) => data),
      ).to.deep.equal([facts, facts]);
      const timeline = await platform.call('GET', `/v1/purchases/${id}/timeline`, { token: alice.token });
      expect(timeline.body.data.at(-1)).to.deep.include({ type: 'purchase-delivered', detail: { trackingCode: 'F 123' } });
      const log = await platform.call('GET', `/v1/product/audit-log?subject=${id}`, { token: platform.admin.token });
      expect(log.body.data.map(({ action, actorId }: Record<string, string>) => [action, actorId])).to.deep.equal([
        ['purchase.deliver', platform.staff.id],
        ['purchase.ship', platform.staff.id],
      ]);
    });

    it('answer repetitions, also ten at once, without a second event', async () => {
      const { id } = await paid(alice);
      const answers = await Promise.all(Array.from({ length: 10 }, () => advance('ship', id, { trackingCode: 'F 7' })));
      expect(answers.map(({ status }) => status)).to.deep.equal(Array(10).fill(200));
      expect((await advance('ship', id, { trackingCode: 'another' })).body.data).to.include({ trackingCode: 'F 7', version: 3 });
      await advance('deliver', id);
      expect((await advance('deliver', id)).body.data).to.include({ status: 'delivered', version: 4 });
      await eventually(() => expect(typesOf(id).at(-1)).to.equal('purchase-delivered'));
      expect(typesOf(id)).to.deep.equal(['purchase-requested', 'purchase-shipped', 'purchase-delivered']);
    });

    it('reject transitions that are not in the table with 409', async () => {
      const requested = await bought(alice);
      const cancelled = await bought(alice);
      await advance('cancel', cancelled.id, undefined, alice);
      const onItsWay = await paid(alice);
      const there = await paid(alice);
      await advance('ship', onItsWay.id);
      await advance('ship', there.id);
      await advance('deliver', there.id);
      const refused: [string, string][] = [
        ['ship', requested.id],
        ['deliver', requested.id],
        ['ship', cancelled.id],
        ['deliver', cancelled.id],
        ['ship', there.id],
        ['cancel', onItsWay.id],
        ['cancel', there.id],
      ];
      for (const [verb, id] of refused)
        expect((await advance(verb, id)).body, `${verb} ${id}`).to.include({ status: 409, code: 'INVALID_TRANSITION' });
    });

    it('accept one of a concurrent ship and cancel', async () => {
      for (let round = 0; round < 5; round++) {
        const { id } = await paid(alice);
        const [ship, cancel] = await Promise.all([advance('ship', id), advance('cancel', id, undefined, alice)]);
        const isShipped = ship.status === 200;
        expect([ship.status, cancel.status]).to.deep.equal(isShipped ? [200, 409] : [409, 202]);
        expect(await platform.purchase(alice, id)).to.include({ status: isShipped ? 'shipped' : 'cancelled' });
      }
    });

    it('erase the tracking code with the buyer', async () => {
      const carol = await platform.buyer();
      const { id } = await paid(carol);
      await advance('ship', id, { trackingCode: 'F 99' });
      await platform.say('user-erased', { userId: carol.id });
      await eventually(async () => {
        const seen = JSON.stringify([
          await platform.purchase(platform.staff, id),
          (await platform.call('GET', `/v1/purchases/${id}/timeline`, { token: platform.staff.token })).body,
        ]);
        expect(seen).to.not.include('F 99');
      });
    });
  });

  it('audits a cancel by staff, but not one by the buyer', async () => {
    const [first, second] = [await bought(alice), await bought(alice)];
    await advance('cancel', first.id);
    await advance('cancel', first.id);
    await advance('cancel', second.id, undefined, alice);
    const log = async (id: string) =>
      (await platform.call('GET', `/v1/product/audit-log?subject=${id}`, { token: platform.admin.token })).body.data;
    expect((await log(first.id)).map(({ action }: { action: string }) => action)).to.deep.equal(['purchase.cancel']);
    expect(await log(second.id)).to.deep.equal([]);
  });

  describe('GET /v1/purchases', () => {
    const list = async (who: Person, query: string) => platform.call('GET', `/v1/purchases?${query}`, { token: who.token });
    const idsOf = async (who: Person, query: string): Promise<string[]> => {
      const ids: string[] = [];
      let cursor = '';
      do {
        const { body } = await list(who, `${query}&limit=2${cursor && `&cursor=${cursor}`}`);
        ids.push(...body.data.map(({ id }: Shown) => id));
        cursor = body.page.nextCursor ?? '';
      } while (cursor !== '');
      return ids;
    };

    it('requires authentication', async () => {
      expect((await platform.call('GET', '/v1/purchases')).status).to.equal(401);
      expect((await platform.call('GET', '/v1/purchases/summary')).status).to.equal(401);
    });

    it('lists all purchases for staff and their own for buyers, with each filter and all combined, newest first', async () => {
      const dave = await platform.buyer();
      const erin = await platform.buyer();
      const cheap = await platform.product({ priceMinor: 100 });
      const dear = await platform.product({ priceMinor: 5_000 });
      const made: (Shown & { productId: string; createdAt: string })[] = [];
      for (const [who, product] of [
        [dave, cheap],
        [erin, cheap],
        [dave, dear],
        [erin, dear],
        [dave, cheap],
      ] as const) {
        const answer = await platform.buy(who, [{ productId: product.id, quantity: 1 }]);
        made.unshift({ ...answer.body.data, productId: product.id });
      }
      const [fifth, fourth, third, second, first] = made.map(({ id }) => id);
      await advance('cancel', String(first), undefined, dave);
      const since = `from=${made.at(-1)?.createdAt}`;
      const cases: [string, (string | undefined)[]][] = [
        ['', [fifth, fourth, third, second, first]],
        [`userId=${dave.id}`, [fifth, third, first]],
        [`userId=${dave.id.toUpperCase()}&status=requested`, [fifth, third]],
        ['status=cancelled', [first]],
        [`productId=${dear.id}`, [fourth, third]],
        [`productId=${cheap.id}&userId=${dave.id}`, [fifth, first]],
        [`productId=${cheap.id}&status=requested`, [fifth, second]],
        ['minTotalMinor=101', [fourth, third]],
        ['maxTotalMinor=100', [fifth, second, first]],
        [`minTotalMinor=100&maxTotalMinor=4999&userId=${erin.id}`, [second]],
        [
          `to=${made[1]?.createdAt}`,
          [third, second, first].filter((_, index) => (made[index + 2]?.createdAt ?? '') < String(made[1]?.createdAt)),
        ],
        [`productId=${newId()}`, []],
      ];
      for (const [query, expected] of cases)
        expect(await idsOf(platform.staff, `${since}&${query}`), query).to.deep.equal(expected);
      expect(await idsOf(dave, since)).to.deep.equal([fifth, third, first]);
      expect(await idsOf(dave, `${since}&productId=${dear.id}&minTotalMinor=1`)).to.deep.equal([third]);
      expect((await list(dave, `userId=${erin.id}`)).status).to.equal(403);
      const summary = await platform.call('GET', `/v1/purchases/summary?userId=${dave.id}`, { token: platform.staff.token });
      expect(summary.body.data.counts).to.deep.equal({
        requested: 2,
        paid: 0,
        declined: 0,
        cancelled: 1,
        shipped: 0,
        delivered: 0,
      });
      const own = await platform.call('GET', '/v1/purchases/summary', { token: dave.token });
      expect(own.body).to.deep.equal(summary.body);
      const others = await platform.call('GET', `/v1/purchases/summary?userId=${erin.id}`, { token: dave.token });
      expect(others.status).to.equal(403);
    });

    it('finds purchases by tracking code, for staff', async () => {
      const code = `JD 0146-ü ${newId().slice(0, 8)}`;
      const parcel = [await paid(alice), await paid(bob), await paid(alice)].map(({ id }) => id).reverse();
      for (const id of parcel) await advance('ship', id, { trackingCode: ` ${code} ` });
      await advance('ship', (await paid(alice)).id, { trackingCode: `${code}7` });
      await advance('deliver', String(parcel[1]));
      const by = `trackingCode=${encodeURIComponent(code)}`;
      expect(await idsOf(platform.staff, by)).to.deep.equal(parcel);
      expect(await idsOf(platform.admin, `${by}&userId=${alice.id}`)).to.deep.equal([parcel[0], parcel[2]]);
      expect(await idsOf(platform.staff, `${by}&status=delivered`)).to.deep.equal([parcel[1]]);
      const { items } = (await platform.purchase(platform.staff, String(parcel[0]))) as { items: { productId: string }[] };
      expect(await idsOf(platform.staff, `${by}&productId=${items[0]?.productId}`)).to.deep.equal([parcel[0]]);
      expect(await idsOf(platform.staff, `${by}&minTotalMinor=1&to=2020-01-01`)).to.deep.equal([]);
      for (const other of [code.toUpperCase(), code.slice(0, -1), '%', '_'])
        expect(await idsOf(platform.staff, `trackingCode=${encodeURIComponent(other)}`), other).to.deep.equal([]);
      expect((await list(alice, by)).body).to.include({ status: 403, code: 'FORBIDDEN' });
    });

    it('counts all purchases for staff, also of a period', async () => {
      const counts = async (query = '') =>
        (await platform.call('GET', `/v1/purchases/summary${query}`, { token: platform.staff.token })).body.data.counts;
      const before = await counts();
      const { createdAt } = (await bought(bob)) as Shown & { createdAt: string };
      expect(await counts()).to.deep.equal({ ...before, requested: before.requested + 1 });
      expect(await counts(`?from=${createdAt}`)).to.include({ requested: 1, paid: 0 });
      expect(await counts('?to=2020-01-01T00:00:00Z')).to.include({ requested: 0, shipped: 0 });
    });

    for (const query of [
      'status=lost',
      'userId=me',
      'productId=book',
      'minTotalMinor=-1',
      'maxTotalMinor=1.5',
      'from=noon',
      'trackingCode=',
      `trackingCode=${'x'.repeat(101)}`,
      'currency=ZZZ',
      'x=1',
    ])
      it(`rejects ${query} with 422`, async () => {
        expect((await list(platform.staff, query)).body).to.include({ status: 422, code: 'VALIDATION_FAILED' });
      });

    it('reads at most ten thousand purchases for a page, and continues from there', async function () {
      this.timeout(90_000);
      const frank = newId();
      const { db } = platform.database;
      const base = Date.now() - 86_400_000;
      const insert = async (start: number, count: number): Promise<void> => {
        const rows = Array.from({ length: count }, (_, index) => {
          const id = Buffer.alloc(16);
          id.writeUIntBE(base + start + index, 0, 6);
          const at = new Date(base + start + index);
          return {
            id,
            user_id: Buffer.from(frank.replaceAll('-', ''), 'hex'),
            status: 'paid',
            total_minor: start + index === 0 ? 7 : 5,
            currency: 'EUR',
            idempotency_key: Buffer.from(String(start + index)),
            request_hash: Buffer.alloc(32),
            created_at: at,
            updated_at: at,
          };
        });
        await db('purchases').insert(rows);
      };
      for (let start = 0; start < 10_500; start += 3_500) await insert(start, 3_500);
      const first = await list(platform.staff, `userId=${frank}&minTotalMinor=6`);
      expect(first.body.data).to.deep.equal([]);
      expect(first.headers.get('link')).to.match(/rel="next"/);
      const second = await list(platform.staff, `userId=${frank}&minTotalMinor=6&cursor=${first.body.page.nextCursor}`);
      expect(second.body.data).to.have.length(1);
      expect(second.body.page.nextCursor).to.equal(null);
    });

    it('reads few rows besides the purchases of a tracking code', async () => {
      const { id } = await paid(alice);
      await advance('ship', id, { trackingCode: 'F 1234' });
      const reads = await platform.database.db.transaction(async (trx) => {
        const before = await handlerReads(trx);
        const page = await listPurchases(trx, { trackingCode: 'F 1234', status: 'shipped' }, { limit: 20 });
        expect(page.rows).to.have.length(1);
        return (await handlerReads(trx)) - before;
      });
      expect(reads).to.be.at.most(20);
    });
  });
});
