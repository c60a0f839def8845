import { idBytes, newId } from '@florin/database';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { listTimeline } from '../src/purchases/timeline.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

async function handlerReads(trx: Knex.Transaction): Promise<number> {
  const [rows] = (await trx.raw("SHOW SESSION STATUS LIKE 'Handler_read%'")) as [{ Value: string }[]];
  return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
}

type Step = { at: string; type: string; eventId: string };

describe('GET /v1/purchases/:id/timeline', () => {
  let platform: ProductPlatform;
  let alice: Person;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    alice = await platform.buyer();
  });
  after(() => platform.stop());

  const buy = async (): Promise<string> => {
    const { id: productId } = await platform.product();
    return (await platform.buy(alice, [{ productId, quantity: 1 }])).body.data.id;
  };
  const read = (id: string, query = '', { token } = alice) =>
    platform.call('GET', `/v1/purchases/${id}/timeline${query}`, { token });
  /** Repeated outcome events, ten with each time. */
  const repeat = async (id: string, count: number): Promise<void> => {
    const start = Date.now() + 1_000;
    const rows = Array.from({ length: count }, (_, index) => ({
      purchase_id: idBytes(id),
      at: new Date(start + Math.floor(index / 10)),
      type: 'purchase-paid',
      service: 'payment',
      event_id: idBytes(newId()),
    }));
    await platform.database.db('purchase_timeline').insert(rows);
  };

  it('requires authentication, and the owner or staff', async () => {
    const id = await buy();
    expect((await platform.call('GET', `/v1/purchases/${id}/timeline`)).status).to.equal(401);
    expect((await read(id, '', platform.stranger())).status).to.equal(404);
    expect((await read(id, '', platform.staff)).status).to.equal(200);
  });

  it('shows an ordinary timeline on one page', async () => {
    const id = await buy();
    await repeat(id, 19);
    const { body, headers } = await read(id);
    expect(body.data).to.have.length(20);
    expect(body.page).to.deep.equal({ limit: 100, nextCursor: null });
    expect(headers.get('link')).to.equal(null);
    expect(body.data[0]).to.include({ type: 'purchase-requested', service: 'product' });
  });

  it('pages through a timeline of any length, each step once, oldest first', async () => {
    const id = await buy();
    await repeat(id, 1_234);
    for (const query of ['', '?limit=7']) {
      const steps: Step[] = [];
      for (let next: string | undefined = query; next !== undefined; ) {
        const { status, body, headers } = await read(id, next);
        expect(status).to.equal(200);
        steps.push(...body.data);
        [next] = /\?[^>]*/.exec(headers.get('link') ?? '') ?? [];
        expect(next === undefined).to.equal(body.page.nextCursor === null);
      }
      expect(steps).to.have.length(1_235);
      expect(new Set(steps.map(({ eventId }) => eventId)).size).to.equal(1_235);
      const times = steps.map(({ at }) => at);
      expect(times).to.deep.equal(times.toSorted());
    }
  });

  it('reads few rows besides the page, also at the end of the timeline', async () => {
    const id = await buy();
    await repeat(id, 1_000);
    const { db } = platform.database;
    let cursor = '';
    for (let page = 1; page <= 9; page++)
      cursor = (await listTimeline(db, id, { limit: 100, ...(cursor && { cursor }) })).nextCursor ?? '';
    const reads = await db.transaction(async (trx) => {
      const before = await handlerReads(trx);
      expect((await listTimeline(trx, id, { limit: 10, cursor })).rows).to.have.length(10);
      return (await handlerReads(trx)) - before;
    });
    expect(reads).to.be.at.most(15);
  });

  for (const query of ['?limit=0', '?limit=101', '?cursor=x', '?page=2', '?since=1'])
    it(`rejects ${query} with 422`, async () => {
      expect((await read(await buy(), query)).body).to.include({ status: 422, code: 'VALIDATION_FAILED' });
    });

  it('rejects the cursor of another purchase', async () => {
    const [one, other] = [await buy(), await buy()];
    for (const id of [one, other]) await repeat(id, 5);
    const { nextCursor } = (await read(one, '?limit=2')).body.page;
    expect((await read(one, `?limit=2&cursor=${nextCursor}`)).body.data).to.have.length(2);
    expect((await read(other, `?limit=2&cursor=${nextCursor}`)).status).to.equal(422);
  });
});
