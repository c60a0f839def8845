import { idBytes, newId } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { listPurchases, type PurchaseFilter, type PurchaseSort } from '../src/purchases/list-purchases.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

async function handlerReads(trx: Knex.Transaction): Promise<number> {
  const [rows] = (await trx.raw("SHOW SESSION STATUS LIKE 'Handler_read%'")) as [{ Value: string }[]];
  return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
}

describe('filters of GET /v1/purchases', () => {
  let platform: ProductPlatform;
  let alice: Person;
  let bob: Person;
  let tea: string;
  let ids: string[];
  const sku = `TEA ${newId().slice(-6)}`;

  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    [alice, bob] = [await platform.buyer(), await platform.buyer()];
    tea = (await platform.product({ sku, stock: 100 })).id;
    const { id: other } = await platform.product({ stock: 100 });
    ids = [];
    for (const [who, productId] of [
      [alice, tea],
      [bob, tea],
      [alice, other],
    ] as const)
      ids.push((await platform.buy(who, [{ productId, quantity: 1 }])).body.data.id);
    await platform.say('contact-changed', { userId: alice.id, email: 'ada@xn--mnchen-3ya.example', name: 'Ada' });
    await eventually(async () => expect(await platform.database.db('contacts')).to.have.length(1));
  });
  after(() => platform.stop());

  const list = async (who: Person, query: string) => platform.call('GET', `/v1/purchases?${query}`, { token: who.token });
  const idsOf = async (query: string, who = platform.staff): Promise<string[]> => {
    const found: string[] = [];
    let cursor = '';
    do {
      const { body } = await list(who, `${query}&limit=2${cursor && `&cursor=${cursor}`}`);
      found.push(...body.data.map(({ id }: { id: string }) => id));
      cursor = body.page.nextCursor ?? '';
    } while (cursor !== '');
    return found;
  };

  it('email: the purchases of its user, in any spelling, for staff only', async () => {
    const [first, , third] = ids;
    for (const email of ['ada@xn--mnchen-3ya.example', 'ADA@München.example', ' ada@münchen.example '])
      expect(await idsOf(`email=${encodeURIComponent(email)}`), email).to.deep.equal([third, first]);
    expect(await idsOf(`email=ada@xn--mnchen-3ya.example&userId=${alice.id}&sku=${sku}`)).to.deep.equal([first]);
    expect(await idsOf(`email=ada@xn--mnchen-3ya.example&userId=${bob.id}`), 'of another user').to.deep.equal([]);
    for (const email of ['ada@', 'nobody@example.com', '%25', 'ada@xn--mnchen-3ya.exampl_'])
      expect(await idsOf(`email=${email}`), email).to.deep.equal([]);
    expect((await list(alice, 'email=ada@xn--mnchen-3ya.example')).body).to.include({ status: 403, code: 'FORBIDDEN' });
  });

  it('email: is audited with the user who was found, and without the address', async () => {
    const { db } = platform.database;
    const before = await db('audit_log').where({ action: 'customer.search' });
    for (const email of ['ada@xn--mnchen-3ya.example', 'nobody@example.com']) await idsOf(`email=${email}`);
    const entries: { after_state: unknown }[] = await db('audit_log').where({ action: 'customer.search' }).orderBy('id');
    const added = JSON.stringify(entries.slice(before.length));
    expect(entries).to.have.length(before.length + 2);
    expect(added).to.include(alice.id).and.not.to.include('xn--mnchen').and.not.to.include('nobody');
  });

  it('sku: the purchases of its product', async () => {
    const [first, second] = ids;
    expect(await idsOf(`sku=${sku}`)).to.deep.equal([second, first]);
    expect(await idsOf(`sku=${sku}&productId=${tea}&sort=oldest`)).to.deep.equal([first, second]);
    expect(await idsOf(`sku=${sku}`, bob)).to.deep.equal([second]);
    expect(await idsOf(`sku=${sku}&productId=${newId()}`)).to.deep.equal([]);
    expect(await idsOf('sku=nothing')).to.deep.equal([]);
  });

  it('sort: the newest or the oldest first, with each path', async () => {
    for (const query of ['', 'status=requested', `from=2026-01-01`, `minTotalMinor=1`])
      expect(await idsOf(`${query}&sort=oldest`), query).to.deep.equal(ids);
    expect(await idsOf('sort=newest')).to.deep.equal(ids.toReversed());
    expect(await idsOf('sort=oldest', alice)).to.deep.equal([ids[0], ids[2]]);
    const { body } = await list(platform.staff, 'limit=1');
    const other = await list(platform.staff, `limit=1&sort=oldest&cursor=${body.page.nextCursor}`);
    expect(other.status, "another order's cursor").to.equal(422);
  });

  it('updatedSince: in the order of the last changes', async () => {
    const [first, second, third] = ids as [string, string, string];
    const { db } = platform.database;
    const setUpdated = (id: string, at: string) =>
      db('purchases')
        .where({ id: idBytes(id) })
        .update({ updated_at: new Date(at) });
    await setUpdated(first, '2040-01-03T00:00:00Z');
    await setUpdated(second, '2040-01-01T00:00:00Z');
    await setUpdated(third, '2040-01-02T00:00:00Z');
    const since = 'updatedSince=2040-01-01T00:00:00Z';
    expect(await idsOf(since)).to.deep.equal([first, third, second]);
    expect(await idsOf(`${since}&sort=oldest`)).to.deep.equal([second, third, first]);
    expect(await idsOf('updatedSince=2040-01-01T00:00:00.001Z&sort=oldest')).to.deep.equal([third, first]);
    expect(await idsOf(`${since}&sku=${sku}`), 'with a product').to.deep.equal([first, second]);
    expect(await idsOf(`${since}&status=paid`)).to.deep.equal([]);
    expect(await idsOf(`${since}&to=2020-01-01`)).to.deep.equal([]);
    expect(await idsOf('updatedSince=2040-01-02T00:00:00Z', alice), 'of a user: as requested').to.deep.equal([third, first]);
    expect(await idsOf('updatedSince=2040-01-04T00:00:00Z')).to.deep.equal([]);
  });

  for (const query of ['sort=price', 'updatedSince=noon', 'email=', 'sku=', `sku=${'x'.repeat(65)}`])
    it(`rejects ${query} with 422`, async () => {
      expect((await list(platform.staff, query)).body).to.include({ status: 422, code: 'VALIDATION_FAILED' });
    });

  describe('among many purchases', () => {
    const frank = newId();
    before(async function () {
      this.timeout(90_000);
      const base = Date.now() - 86_400_000;
      const rows = Array.from({ length: 3_000 }, (_, index) => {
        const id = Buffer.alloc(16);
        id.writeUIntBE(base + index, 0, 6);
        const [created_at, updated_at] = [new Date(base + index), new Date(base - index)];
        return {
          ...{ id, user_id: idBytes(frank), status: 'paid', total_minor: 5, currency: 'EUR', created_at, updated_at },
          ...{ number: `Z${String(index).padStart(7, '0')}`, request_hash: Buffer.alloc(32) },
          idempotency_key: Buffer.from(String(index)),
        };
      });
      await platform.database.db('purchases').insert(rows);
    });

    const reads = (filter: PurchaseFilter & { sort?: PurchaseSort }): Promise<number> =>
      platform.database.db.transaction(async (trx) => {
        const before = await handlerReads(trx);
        await listPurchases(trx, filter, { limit: 20 });
        return (await handlerReads(trx)) - before;
      });

    const cases: Record<string, PurchaseFilter & { sort?: PurchaseSort }> = {
      number: { number: 'Z0001500' },
      'number and status': { number: 'Z0001500', status: 'paid' },
      oldest: { sort: 'oldest' },
      'the oldest of a status': { sort: 'oldest', status: 'paid' },
      'the oldest of a user': { sort: 'oldest', userId: frank },
      updatedSince: { updatedSince: new Date(Date.now() - 86_401_000) },
      'the oldest with updatedSince': { updatedSince: new Date(Date.now() - 86_402_000), sort: 'oldest' },
    };
    for (const [name, filter] of Object.entries(cases))
      it(`read few rows besides the page: ${name}`, async () => {
        expect(await reads(filter)).to.be.at.most(100);
      });
  });
});
