import { idBytes, newId } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

describe('currencies of products', () => {
  let platform: ProductPlatform;
  let categoryId: string;
  let alice: Person;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    const { body } = await platform.call('POST', '/v1/categories', { token: platform.staff.token, body: { name: 'Coins' } });
    categoryId = body.data.id;
    alice = await platform.buyer();
  });
  after(() => platform.stop());

  const edit = (id: string, version: number, body: unknown) =>
    platform.call('PATCH', `/v1/products/${id}`, {
      token: platform.staff.token,
      body,
      headers: { 'if-match': `"${version}"` },
    });

  for (const currency of ['ZZZ', 'XXX', 'XAU', 'EURO', 'E', '', 978, null])
    it(`rejects ${JSON.stringify(currency)}`, async () => {
      const body = { name: 'A coin', priceMinor: 1, categoryId, currency };
      const created = await platform.call('POST', '/v1/products', { token: platform.staff.token, body });
      expect(created.body).to.include({ status: 422, code: 'VALIDATION_FAILED' });
      expect(created.body.errors[0]).to.include({ path: 'currency' });
      const { id } = await platform.product();
      expect((await edit(id, 1, { currency })).body).to.include({ status: 422, code: 'VALIDATION_FAILED' });
    });

  it('accepts a code in any case and stores it in upper case', async () => {
    expect(await platform.product({ currency: 'jpy' })).to.include({ currency: 'JPY' });
  });

  describe('in a list', () => {
    const coins = [
      ['Penny', 100, 'EUR'],
      ['Yen', 5, 'JPY'],
      ['Cent', 50, 'EUR'],
      ['Sen', 500, 'JPY'],
    ] as const;
    before(async () => {
      for (const [name, priceMinor, currency] of coins) await platform.product({ name, priceMinor, currency, categoryId });
    });
    const names = async (query: string, token?: string): Promise<string[]> => {
      const found: string[] = [];
      for (let next = `/v1/products?limit=1&${query}`; next !== ''; ) {
        const { status, body, headers } = await platform.call('GET', next, token === undefined ? {} : { token });
        expect(status, next).to.equal(200);
        found.push(...body.data.map(({ name }: { name: string }) => name));
        [, next = ''] = /<([^>]*)>; rel="next"/.exec(headers.get('link') ?? '') ?? [];
      }
      return found;
    };

    for (const [query, expected] of [
      ['sort=price', ['Cent', 'Penny']],
      ['sort=-price', ['Penny', 'Cent']],
      ['sort=price&currency=JPY', ['Yen', 'Sen']],
      ['sort=-price&currency=jpy', ['Sen', 'Yen']],
      ['minPriceMinor=50&sort=name', ['Cent', 'Penny']],
      ['maxPriceMinor=100', ['Cent', 'Penny']],
      ['maxPriceMinor=100&currency=JPY', ['Yen']],
      ['currency=JPY', ['Sen', 'Yen']],
      ['currency=EUR&sort=name', ['Cent', 'Penny']],
      ['currency=USD', []],
      ['sort=name', ['Cent', 'Penny', 'Sen', 'Yen']],
      ['', ['Sen', 'Cent', 'Yen', 'Penny']],
      ['inStock=true&sort=name', ['Cent', 'Penny', 'Sen', 'Yen']],
      ['q=cent', ['Cent']],
      ['q=sen&sort=price', []],
    ] as const)
      it(`?${query} lists ${expected.join(', ') || 'nothing'}`, async () => {
        expect(await names(`categoryId=${categoryId}&${query}`)).to.deep.equal(expected);
        expect((await names(query)).filter((name) => coins.some(([coin]) => coin === name))).to.deep.equal(expected);
      });

    it('lists the products that the wallets of a buyer allow, in each currency', async () => {
      const bob = await platform.buyer(60);
      const wallet = { walletId: newId(), userId: bob.id, currency: 'JPY', spendLimitMinor: 10, status: 'active' } as const;
      await platform.say('wallet-opened', { ...wallet, version: 1, balanceMinor: 10, availableMinor: 10 });
      const within = `categoryId=${categoryId}&withinLimit=true`;
      await eventually(async () => expect(await names(`${within}&sort=name`, bob.token)).to.deep.equal(['Cent', 'Yen']));
      expect(await names(`${within}&sort=price`, bob.token)).to.deep.equal(['Cent']);
      expect(await names(`${within}&sort=price&currency=JPY`, bob.token)).to.deep.equal(['Yen']);
    });

    for (const query of ['currency=ZZZ', 'currency=', 'currency=EUR&currency=USD'])
      it(`rejects ?${query} with 422`, async () => {
        expect((await platform.call('GET', `/v1/products?${query}`)).body).to.include({ status: 422 });
      });

    it('compares totals of purchases in one currency', async () => {
      const yens = await platform.product({ priceMinor: 700, currency: 'JPY' });
      const euros = await platform.product({ priceMinor: 800, currency: 'EUR' });
      const carol = await platform.buyer();
      for (const { id } of [yens, euros]) await platform.buy(carol, [{ productId: id, quantity: 1 }]);
      const totals = async (query: string): Promise<number[]> =>
        (await platform.call('GET', `/v1/purchases?${query}`, { token: carol.token })).body.data.map(
          ({ totalMinor }: { totalMinor: number }) => totalMinor,
        );
      expect(await totals('')).to.deep.equal([800, 700]);
      expect(await totals('minTotalMinor=1')).to.deep.equal([800]);
      expect(await totals('maxTotalMinor=900')).to.deep.equal([800]);
      expect(await totals('minTotalMinor=1&currency=JPY')).to.deep.equal([700]);
      expect(await totals('currency=jpy')).to.deep.equal([700]);
      const refused = await platform.call('GET', '/v1/purchases?currency=ZZZ', { token: carol.token });
      expect(refused.status).to.equal(422);
    });
  });

  describe('that an earlier release accepted and ISO 4217 does not have', () => {
    const taken = async (): Promise<{ id: string; version: number }> => {
      const { id } = await platform.product({ name: 'A token', categoryId, sku: newId() });
      await platform.database
        .db('products')
        .where({ id: idBytes(id) })
        .update({ currency: 'ZZZ' });
      return { id, version: 1 };
    };

    it('are shown, listed, exported and found', async () => {
      const { id } = await taken();
      const { body } = await platform.call('GET', `/v1/products/${id}`);
      expect(body.data).to.include({ currency: 'ZZZ' });
      const listed = await platform.call('GET', `/v1/products?sku=${body.data.sku}`);
      expect(listed.body.data).to.deep.equal([body.data]);
      const newest = await platform.call('GET', '/v1/products?limit=1');
      expect(newest.body.data).to.deep.equal([body.data]);
      const url = `http://127.0.0.1:${platform.service.port()}/v1/products/export?format=ndjson`;
      const exported = await fetch(url, { headers: { authorization: `Bearer ${platform.staff.token}` } });
      expect(await exported.text()).to.include(`"sku":"${body.data.sku}"`);
    });

    it('stay after edits of other fields, and can be corrected', async () => {
      const { id } = await taken();
      expect((await edit(id, 1, { name: 'A chip', priceMinor: 7 })).body.data).to.include({ name: 'A chip', currency: 'ZZZ' });
      expect((await edit(id, 2, { currency: 'ZZZ' })).status).to.equal(422);
      expect((await edit(id, 2, { currency: 'EUR' })).body.data).to.include({ currency: 'EUR' });
      expect((await platform.buy(alice, [{ productId: id, quantity: 1 }])).status).to.equal(202);
    });

    it('reject a purchase instead of declining it, and change no stock', async () => {
      const { id } = await taken();
      const sound = await platform.product();
      for (const items of [
        [{ productId: id, quantity: 1 }],
        [
          { productId: sound.id, quantity: 1 },
          { productId: id, quantity: 1 },
        ],
      ]) {
        const { body } = await platform.buy(alice, items);
        expect(body).to.include({ status: 409, code: 'PRODUCT_CURRENCY_UNKNOWN' });
        expect(body.detail).to.include('A token is priced in ZZZ');
      }
      expect(await platform.stockOf(id)).to.equal(10);
      expect(await platform.stockOf(sound.id)).to.equal(10);
    });

    it('do not prevent the replay of an earlier purchase', async () => {
      const { id } = await platform.product();
      const key = newId();
      const first = await platform.buy(alice, [{ productId: id, quantity: 1 }], key);
      await platform.database
        .db('products')
        .where({ id: idBytes(id) })
        .update({ currency: 'ZZZ' });
      const again = await platform.buy(alice, [{ productId: id, quantity: 1 }], key);
      expect(again.status).to.equal(200);
      expect(again.body.data.id).to.equal(first.body.data.id);
    });

    it('allow archiving, imports and stock movements', async () => {
      const { id } = await taken();
      const moved = await platform.call('POST', `/v1/products/${id}/stock-movements`, {
        token: platform.staff.token,
        body: { delta: 1, reason: 'delivery' },
        headers: { 'idempotency-key': newId() },
      });
      expect(moved.status).to.equal(201);
      const archived = await platform.call('DELETE', `/v1/products/${id}`, {
        token: platform.staff.token,
        headers: { 'if-match': '"1"' },
      });
      expect(archived.status).to.equal(204);
    });

    it('are shown in purchases, which can be cancelled', async () => {
      const { id: productId } = await platform.product();
      const { body } = await platform.buy(alice, [{ productId, quantity: 1 }]);
      await platform.database
        .db('purchases')
        .where({ id: idBytes(body.data.id) })
        .update({ currency: 'ZZZ' });
      expect(await platform.purchase(alice, body.data.id)).to.include({ currency: 'ZZZ' });
      const cancelled = await platform.call('POST', `/v1/purchases/${body.data.id}/cancel`, { token: alice.token });
      expect(cancelled.body.data).to.include({ status: 'cancelled', currency: 'ZZZ' });
    });
  });
});
