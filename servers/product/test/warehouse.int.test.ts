import { createHash } from 'node:crypto';
import { idBytes, newId } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

const HOSTILE = `<script>alert(1)</script>"'&`;

describe('the warehouse', () => {
  let platform: ProductPlatform;
  let alice: Person;
  let packer: Person;
  let colleague: Person;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    alice = await platform.buyer();
    [packer, colleague] = [platform.renewed(platform.staff, ['buyer', 'staff']), { ...platform.admin }];
  });
  after(() => platform.stop());

  const bought = async (items: readonly { productId: string; quantity: number }[]): Promise<string> =>
    (await platform.buy(alice, items)).body.data.id;
  const pay = async (purchaseId: string): Promise<string> => {
    await platform.say('purchase-paid', { purchaseId, userId: alice.id, amountMinor: 1, transferId: newId() });
    await platform.becomes(alice, purchaseId, { status: 'paid' });
    return purchaseId;
  };
  const numberOf = async (id = ''): Promise<string> => String((await platform.purchase(alice, id))['number']);
  const paid = async (productId?: string): Promise<string> =>
    pay(await bought([{ productId: productId ?? (await platform.product()).id, quantity: 1 }]));
  const claim = (id: string, { token }: { token: string } = packer) =>
    platform.call('POST', `/v1/purchases/${id}/claim-packing`, { token });
  const ship = (shipments: unknown, { token }: { token: string } = packer) =>
    platform.call('POST', '/v1/purchases/ship:batch', { token, body: { shipments } });
  const page = async (path: string, { token }: { token: string } = packer) => {
    const response = await fetch(`http://127.0.0.1:${platform.service.port()}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: response.status, headers: response.headers, html: await response.text() };
  };

  it('is for staff', async () => {
    const id = await bought([{ productId: (await platform.product()).id, quantity: 1 }]);
    for (const [method, path] of [
      ['GET', '/v1/packing'],
      ['GET', '/v1/packing/pick-list'],
      ['GET', `/v1/purchases/${id}/packing-slip`],
      ['POST', `/v1/purchases/${id}/claim-packing`],
      ['POST', '/v1/purchases/ship:batch'],
    ] as const) {
      expect((await platform.call(method, path)).status, path).to.equal(401);
      expect((await platform.call(method, path, { token: alice.token })).status, path).to.equal(403);
    }
  });

  describe('POST /v1/purchases/:id/claim-packing', () => {
    it('claims a paid purchase for an hour', async () => {
      const id = await paid();
      const first = await claim(id);
      expect(first.body.data).to.include({ packerId: packer.id });
      const { claimedAt, releasedAt } = first.body.data;
      expect(Date.parse(releasedAt) - Date.parse(claimedAt)).to.equal(3_600_000);
      expect((await claim(id)).body).to.deep.equal(first.body);
      const other = await claim(id, colleague);
      expect(other.body).to.include({ status: 409, code: 'PACKED_BY_ANOTHER' });
      expect(Number(other.headers.get('retry-after'))).to.be.within(1, 3_600);
      await platform.database
        .db('packing_claims')
        .where({ purchase_id: idBytes(id) })
        .update({ claimed_at: new Date(Date.now() - 3_700_000) });
      expect((await claim(id, colleague)).body.data).to.include({ packerId: colleague.id });
      expect((await claim(id)).status).to.equal(409);
      const { body } = await platform.call('GET', `/v1/product/audit-log?subject=${id}`, { token: platform.admin.token });
      expect(body.data.map(({ actorId }: { actorId: string }) => actorId)).to.deep.equal([colleague.id, packer.id]);
    });

    it('gives a purchase to one of two who claim at once', async () => {
      const id = await paid();
      const answers = await Promise.all([claim(id), claim(id, colleague)]);
      expect(answers.map(({ status }) => status)).to.have.members([200, 409]);
    });

    it('is refused for an own purchase, an unknown one, and one that is not paid', async () => {
      const id = await paid();
      expect((await claim(id, platform.renewed(alice, ['buyer', 'staff']))).body.code).to.equal('OWN_ACCOUNT');
      expect((await claim(newId())).status).to.equal(404);
      const open = await bought([{ productId: (await platform.product()).id, quantity: 1 }]);
      await ship([{ purchaseId: id }]);
      for (const one of [open, id]) expect((await claim(one)).body.code).to.equal('INVALID_TRANSITION');
    });
  });

  it('lists the paid purchases, the oldest first, with who packs them', async () => {
    const ids = [await paid(), await paid(), await paid()];
    await claim(ids[1] ?? '');
    const listed: { purchase: { id: string; items: unknown[] }; packing?: { packerId: string } }[] = [];
    let cursor = '';
    do {
      const { body } = await platform.call('GET', `/v1/packing?limit=2${cursor && `&cursor=${cursor}`}`, { token: packer.token });
      listed.push(...body.data);
      cursor = body.page.nextCursor ?? '';
    } while (cursor !== '');
    const ours = listed.filter(({ purchase }) => ids.includes(purchase.id));
    expect(ours.map(({ purchase }) => purchase.id)).to.deep.equal(ids);
    expect(ours.map(({ packing }) => packing?.packerId)).to.deep.equal([undefined, packer.id, undefined]);
    expect(ours[0]?.purchase.items).to.have.length(1);
    await ship(ids.map((purchaseId) => ({ purchaseId })));
    const { body } = await platform.call('GET', '/v1/packing?limit=100', { token: packer.token });
    expect(body.data.filter(({ purchase }: { purchase: { id: string } }) => ids.includes(purchase.id))).to.deep.equal([]);
  });

  describe('pages', () => {
    it('sum up what many purchases need by category and SKU, with every text escaped', async () => {
      const second = await platform.product({ name: `Tea ${HOSTILE}`, sku: 'T-10' });
      const first = await platform.product({ name: 'Cup', sku: 'T-2' });
      const ids = [
        await pay(
          await bought([
            { productId: second.id, quantity: 3 },
            { productId: first.id, quantity: 1 },
          ]),
        ),
        await paid(second.id),
      ];
      const open = await bought([{ productId: first.id, quantity: 5 }]);
      const { status, headers, html } = await page(`/v1/packing/pick-list?purchaseIds=${[...ids, open].join(',')}`);
      expect([status, headers.get('content-type'), headers.get('cache-control')]).to.deep.equal([
        200,
        'text/html; charset=utf-8',
        'no-store',
      ]);
      expect(html).to.not.include('<script>');
      expect(html).to.include('<h2>Books</h2>').and.include('Tea &lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
      const rows = [...html.matchAll(/<tr><td class="box"><\/td><td>(.*?)<\/td><td>(.*?)<\/td>.*?>(\d+)<\/td>.*?>(\d+)<\/td>/g)];
      expect(rows.map(([, sku, , units, purchases]) => [sku, units, purchases])).to.deep.equal([
        ['T-2', '1', '1'],
        ['T-10', '4', '2'],
      ]);
      expect(html.indexOf('Left out'))
        .to.be.above(html.indexOf(await numberOf(ids[1])))
        .and.below(html.indexOf(await numberOf(open)));
      expect(html).to.not.include(alice.id);
    });

    it('are a pick list of the purchases that you are packing, if the request names none', async () => {
      const [mine, others] = [await paid(), await paid()];
      await claim(mine);
      await claim(others, colleague);
      const { html } = await page('/v1/packing/pick-list');
      expect(html)
        .to.include(await numberOf(mine))
        .and.not.include(await numberOf(others));
    });

    it('reject ids that are unknown, too many or no ids', async () => {
      expect((await page(`/v1/packing/pick-list?purchaseIds=${newId()}`)).status).to.equal(404);
      for (const ids of ['x', `${newId()},`, Array.from({ length: 101 }, newId).join(',')])
        expect((await page(`/v1/packing/pick-list?purchaseIds=${ids}`)).status, ids).to.equal(422);
    });

    it('are a packing slip with the address and the items, without prices, that loads and runs nothing', async () => {
      const { id: productId } = await platform.product({ name: `Tea ${HOSTILE}`, sku: 'T-77', priceMinor: 98_765 });
      const id = await pay(await bought([{ productId, quantity: 2 }]));
      expect((await page(`/v1/purchases/${id}/packing-slip`)).html).to.include('No address');
      const address = { name: `Ada ${HOSTILE}`, line1: 'Ringstrasse 1', postalCode: '1010', city: 'Vienna', country: 'AT' };
      await platform.call('PUT', `/v1/purchases/${id}/delivery/address`, { token: alice.token, body: address });
      const { headers, html } = await page(`/v1/purchases/${id}/packing-slip`);
      expect(html).to.not.include('<script>').and.not.include('98765').and.not.include('987.65');
      expect(html)
        .to.include('Ada &lt;script&gt;')
        .and.include('1010 Vienna\nAustria')
        .and.include('T-77')
        .and.include(await numberOf(id));
      const [, style = ''] = /<style>(.*)<\/style>/s.exec(html) ?? [];
      const hash = createHash('sha256').update(style).digest('base64');
      expect(headers.get('content-security-policy')).to.include(`default-src 'none'; style-src 'sha256-${hash}'`);
      expect(headers.get('cache-control')).to.equal('no-store');
      expect((await page(`/v1/purchases/${newId()}/packing-slip`)).status).to.equal(404);
    });
  });

  describe('POST /v1/purchases/ship:batch', () => {
    it('ships what can be shipped, with a result for each, and changes nothing when it is repeated', async () => {
      const [first, second, own] = [await paid(), await paid(), await paid()];
      const open = await bought([{ productId: (await platform.product()).id, quantity: 1 }]);
      const unknown = newId();
      const shipments = [
        { purchaseId: first, trackingCode: 'F 1' },
        { purchaseId: open },
        { purchaseId: unknown },
        { purchaseId: second },
      ];
      const rejected = (purchaseId: string, code: string, detail: string) => ({ purchaseId, outcome: 'rejected', code, detail });
      const refusals = [
        rejected(open, 'INVALID_TRANSITION', 'A purchase that is requested cannot be shipped.'),
        rejected(unknown, 'NOT_FOUND', `There is no purchase ${unknown}.`),
      ];
      const sent = await ship(shipments);
      expect([sent.status, sent.body.data]).to.deep.equal([
        200,
        [{ purchaseId: first, outcome: 'shipped' }, ...refusals, { purchaseId: second, outcome: 'shipped' }],
      ]);
      expect((await ship(shipments)).body.data).to.deep.equal([
        { purchaseId: first, outcome: 'unchanged' },
        ...refusals,
        { purchaseId: second, outcome: 'unchanged' },
      ]);
      expect(await platform.purchase(alice, first)).to.include({ status: 'shipped', trackingCode: 'F 1', version: 3 });
      const types = (id: string) => platform.published(id).map(({ type }) => type);
      for (const id of [first, second])
        await eventually(() => expect(types(id)).to.deep.equal(['purchase-requested', 'purchase-shipped']));
      const asBuyer = await ship([{ purchaseId: own }], platform.renewed(alice, ['buyer', 'staff']));
      expect(asBuyer.body.data[0]).to.include({ outcome: 'rejected', code: 'OWN_ACCOUNT' });
    });

    it('ships each purchase once if batches run at once', async () => {
      const ids = [await paid(), await paid(), await paid()];
      const batches = [ids, ids.toReversed(), ids].map((batch) => batch.map((purchaseId) => ({ purchaseId })));
      const answers = await Promise.all(batches.map((batch) => ship(batch)));
      const outcomes = answers.flatMap(({ body }) => body.data as { purchaseId: string; outcome: string }[]);
      for (const id of ids)
        expect(outcomes.filter(({ purchaseId, outcome }) => purchaseId === id && outcome === 'shipped')).to.have.length(1);
      expect(outcomes.every(({ outcome }) => outcome !== 'rejected')).to.equal(true);
    });

    it('rejects no purchase, more than 100, and one twice', async () => {
      const id = newId();
      for (const shipments of [
        [],
        Array.from({ length: 101 }, () => ({ purchaseId: newId() })),
        [{ purchaseId: id }, { purchaseId: id.toUpperCase() }],
        [{ purchaseId: id, trackingCode: '' }],
        undefined,
      ])
        expect((await ship(shipments)).body.code).to.equal('VALIDATION_FAILED');
      const most = await ship(Array.from({ length: 100 }, () => ({ purchaseId: newId(), trackingCode: '€'.repeat(100) })));
      expect(most.body.data).to.have.length(100);
    });
  });
});
