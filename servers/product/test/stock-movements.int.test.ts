import { idBytes, newId, runTransaction } from '@florin/database';
import { eventually, shiftClock } from '@florin/testing';
import { expect } from 'chai';
import { sumAfter } from '../src/stock/sum-after.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

describe('stock movements', () => {
  let platform: ProductPlatform;
  let alice: Person;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    alice = await platform.buyer();
  });
  after(() => platform.stop());

  const move = (productId: string, body: unknown, { token = platform.staff.token, key = newId() } = {}) =>
    platform.call('POST', `/v1/products/${productId}/stock-movements`, { token, body, headers: { 'idempotency-key': key } });
  const movements = async (productId: string, query = '') =>
    (await platform.call('GET', `/v1/products/${productId}/stock-movements${query}`, { token: platform.staff.token })).body;
  const expectSound = async (productId: string): Promise<void> => {
    const { data } = await movements(productId, '?limit=100');
    const sum = data.reduce((total: number, { delta }: { delta: number }) => total + delta, 0);
    expect(await platform.stockOf(productId)).to.equal(sum);
    expect(data[0].stockAfter).to.equal(sum);
  };

  describe('POST /v1/products/:id/stock-movements', () => {
    it('requires authentication and staff', async () => {
      const { id } = await platform.product();
      const path = `/v1/products/${id}/stock-movements`;
      expect((await platform.call('POST', path, { body: {} })).status).to.equal(401);
      expect((await platform.call('GET', path)).status).to.equal(401);
      expect((await move(id, { delta: 1, reason: 'delivery' }, { token: alice.token })).status).to.equal(403);
      expect((await platform.call('GET', path, { token: alice.token })).status).to.equal(403);
    });

    it('requires an idempotency key', async () => {
      const { id } = await platform.product();
      const { status, body } = await platform.call('POST', `/v1/products/${id}/stock-movements`, {
        token: platform.staff.token,
        body: { delta: 1, reason: 'delivery' },
      });
      expect(status).to.equal(400);
      expect(body).to.include({ code: 'IDEMPOTENCY_KEY_REQUIRED' });
    });

    const refusals: [string, unknown][] = [
      ['a delta of 0', { delta: 0, reason: 'correction' }],
      ['half a unit', { delta: 0.5, reason: 'correction' }],
      ['a delta as text', { delta: '5', reason: 'delivery' }],
      ['no reason', { delta: 5 }],
      ['no delta', { reason: 'delivery' }],
      ['a delta beyond the maximum', { delta: 1e15, reason: 'delivery' }],
      ['an opening, which is the first movement of a new product', { delta: 5, reason: 'opening' }],
      ['a sale, which is posted by a purchase', { delta: -1, reason: 'sale' }],
      ['a return, which is posted by the end of a purchase', { delta: 1, reason: 'return' }],
      ['an unknown reason', { delta: -1, reason: 'theft' }],
      ['a note that is too long', { delta: 1, reason: 'found', note: 'x'.repeat(501) }],
      ['a note of several lines', { delta: 1, reason: 'found', note: 'one\ntwo' }],
      ['an empty note', { delta: 1, reason: 'found', note: '' }],
      ['a delta of a count', { delta: 1, reason: 'count', count: 5, countedAt: '2026-11-01T00:00:00Z' }],
      ['a count without a time', { reason: 'count', count: 5 }],
      ['a count without units', { reason: 'count', countedAt: '2026-11-01T00:00:00Z' }],
      ['a count below zero', { reason: 'count', count: -1, countedAt: '2026-11-01T00:00:00Z' }],
      ['a count with another reason', { delta: 1, reason: 'loss', count: 5 }],
      ['a count in the future', { reason: 'count', count: 5, countedAt: '2126-11-01T00:00:00Z' }],
      ['an unknown field', { delta: 1, reason: 'delivery', purchaseId: newId() }],
    ];
    for (const [what, body] of refusals) {
      it(`rejects ${what} with 422`, async () => {
        const { id } = await platform.product();
        const answer = await move(id, body);
        expect(answer.body).to.include({ status: 422, code: 'VALIDATION_FAILED' });
        expect(await platform.stockOf(id)).to.equal(10);
      });
    }

    it('answers 404 for an unknown product', async () => {
      expect((await move(newId(), { delta: 1, reason: 'delivery' })).status).to.equal(404);
      expect((await move('book', { delta: 1, reason: 'delivery' })).status).to.equal(404);
      expect((await movements(newId())).status).to.equal(404);
    });

    it('moves the stock and returns the new stock, without changing the version of the product', async () => {
      const { id } = await platform.product({ stock: 4 });
      const { status, body } = await move(id, { delta: 6, reason: 'delivery' });
      expect(status).to.equal(201);
      expect(body.data).to.include({ productId: id, delta: 6, reason: 'delivery', stockAfter: 10 });
      const product = (await platform.call('GET', `/v1/products/${id}`)).body.data;
      expect(product).to.include({ stock: 10, version: 1 });
    });

    it('rejects stock below zero with 409, and stores nothing', async () => {
      const { id } = await platform.product({ stock: 4 });
      const key = newId();
      const { body } = await move(id, { delta: -5, reason: 'correction' }, { key });
      expect(body).to.include({ status: 409, code: 'STOCK_BELOW_ZERO' });
      expect(await platform.stockOf(id)).to.equal(4);
      expect((await move(id, { delta: -4, reason: 'correction' }, { key })).status).to.equal(201);
      expect(await platform.stockOf(id)).to.equal(0);
    });

    it('replays a key with the same body, rejects it with another body, and separates the keys of users', async () => {
      const { id } = await platform.product();
      const key = newId();
      const first = await move(id, { delta: 5, reason: 'delivery' }, { key });
      const again = await move(id, { delta: 5, reason: 'delivery' }, { key });
      expect(again.status).to.equal(200);
      expect(again.headers.get('idempotent-replayed')).to.equal('true');
      expect(again.body).to.deep.equal(first.body);
      const elsewhere = await platform.product();
      for (const other of [
        await move(id, { delta: 6, reason: 'delivery' }, { key }),
        await move(id, { delta: 5, reason: 'correction' }, { key }),
        await move(elsewhere.id, { delta: 5, reason: 'delivery' }, { key }),
      ]) {
        expect(other.body).to.include({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
      }
      expect((await move(id, { delta: 5, reason: 'delivery' }, { key, token: platform.admin.token })).status).to.equal(201);
      expect(await platform.stockOf(id)).to.equal(20);
    });

    it('moves the stock once for twenty concurrent requests with the same key', async () => {
      const { id } = await platform.product();
      const key = newId();
      const answers = await Promise.all(Array.from({ length: 20 }, () => move(id, { delta: 5, reason: 'delivery' }, { key })));
      expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
      expect(answers.filter(({ status }) => status === 200)).to.have.length(19);
      expect(new Set(answers.map(({ body }) => body.data.id))).to.have.property('size', 1);
      expect(await platform.stockOf(id)).to.equal(15);
    });

    it('applies a hundred concurrent corrections and purchases, and never goes below zero', async () => {
      const { id } = await platform.product({ stock: 20 });
      // On a slow machine some wait for a lock too long and get 503. A retry with the same key moves the stock once.
      const correct = async (delta: number): Promise<Awaited<ReturnType<typeof move>>> => {
        const key = newId();
        for (;;) {
          const answer = await move(id, { delta, reason: 'correction' }, { key });
          if (answer.status !== 503) return answer;
        }
      };
      const corrections = Array.from({ length: 100 }, (_, index) => correct(index % 2 ? 3 : -3));
      const purchases = Array.from({ length: 10 }, () => platform.buy(alice, [{ productId: id, quantity: 1 }]));
      const answers = await Promise.all(corrections);
      const bought = (await Promise.all(purchases)).filter(({ status }) => status === 202).length;
      const moved = answers.filter(({ status }) => status === 201).map(({ body }) => body.data);
      expect(answers.filter(({ status }) => status !== 201 && status !== 409)).to.deep.equal([]);
      const sum = moved.reduce((total, { delta }) => total + delta, 20 - bought);
      expect(await platform.stockOf(id)).to.equal(sum);
      expect(moved.every(({ stockAfter }) => stockAfter >= 0)).to.equal(true);
      const [{ figure, added }] = (await platform.database
        .db('products')
        .join('stock_movements', 'products.id', 'product_id')
        .where('products.id', Buffer.from(id.replaceAll('-', ''), 'hex'))
        .max('stock AS figure')
        .sum('delta AS added')) as [{ figure: number; added: string }];
      expect(figure).to.equal(Number(added));
    });

    it('writes an audit entry with the user', async () => {
      const { id } = await platform.product();
      await move(id, { delta: -2, reason: 'correction' });
      const { body } = await platform.call('GET', `/v1/product/audit-log?subject=${id}&action=stock.move`, {
        token: platform.admin.token,
      });
      expect(body.data).to.have.length(1);
      expect(body.data[0]).to.deep.include({
        actorId: platform.staff.id,
        after: { delta: -2, reason: 'correction', stockAfter: 8 },
      });
    });
  });

  describe('the reasons of staff', () => {
    for (const reason of ['delivery', 'correction', 'damage', 'loss', 'found', 'transfer'] as const)
      it(`move stock with the reason ${reason} and a note, which the audit log does not repeat`, async () => {
        const { id } = await platform.product();
        const note = `Box of Müller ${reason}`;
        const { status, body } = await move(id, { delta: -3, reason, note });
        expect(status).to.equal(201);
        expect(body.data).to.include({ delta: -3, reason, note, stockAfter: 7 });
        const [listed] = (await movements(id)).data;
        expect(listed).to.deep.equal(body.data);
        const log = await platform.database.db('audit_log').where({ subject: id, action: 'stock.move' });
        expect(JSON.parse(log[0].state_after)).to.deep.equal({ delta: -3, reason, stockAfter: 7 });
      });

    it('are delivery or correction in the rows that the release before reads', async () => {
      const { id } = await platform.product();
      for (const reason of ['delivery', 'damage', 'found']) await move(id, { delta: 1, reason });
      await move(id, { reason: 'count', count: 3, countedAt: new Date().toISOString() });
      const rows: { reason: string }[] = await platform.database
        .db('stock_movements')
        .where({ product_id: idBytes(id) })
        .orderBy('id');
      expect(rows.map(({ reason }) => reason)).to.deep.equal(['opening', 'delivery', 'correction', 'correction', 'correction']);
      expect((await movements(id)).data.map(({ reason }: { reason: string }) => reason)).to.deep.equal([
        'count',
        'found',
        'damage',
        'delivery',
        'opening',
      ]);
    });

    it('belong to the key: another note or reason under it is another request', async () => {
      const { id } = await platform.product();
      const key = newId();
      const first = await move(id, { delta: -1, reason: 'loss', note: 'cellar' }, { key });
      expect((await move(id, { delta: -1, reason: 'loss', note: 'cellar' }, { key })).body).to.deep.equal(first.body);
      for (const other of [{ reason: 'loss', note: 'attic' }, { reason: 'loss' }, { reason: 'damage', note: 'cellar' }])
        expect((await move(id, { delta: -1, ...other }, { key })).body).to.include({ code: 'IDEMPOTENCY_KEY_REUSED' });
      expect(await platform.stockOf(id)).to.equal(9);
    });
  });

  describe('a count', () => {
    const count = (productId: string, units: number, { countedAt = new Date(), key = newId() } = {}) =>
      move(productId, { reason: 'count', count: units, countedAt: countedAt.toISOString() }, { key });
    const timeOf = ({ body }: { body: { data: { createdAt: string } } }): Date => new Date(body.data.createdAt);

    it('keeps what was sold, delivered and lost after it', async () => {
      const { id } = await platform.product({ stock: 20 });
      const counted = await move(id, { delta: -1, reason: 'damage' });
      await untilAfter(timeOf(counted));
      expect((await platform.buy(alice, [{ productId: id, quantity: 4 }])).status).to.equal(202);
      await move(id, { delta: 6, reason: 'delivery' });
      await move(id, { delta: -1, reason: 'loss' });
      const answer = await count(id, 10, { countedAt: timeOf(counted) });
      expect(answer.status).to.equal(201);
      expect(answer.body.data).to.include({ reason: 'count', count: 10, delta: 11 - 20, stockAfter: 11 });
      expect(answer.body.data).to.include({ countedAt: timeOf(counted).toISOString() });
      expect(await platform.stockOf(id)).to.equal(11);
      await expectSound(id);
    });

    it('includes a movement of the same millisecond, and not one of the next', async () => {
      const { id } = await platform.product({ stock: 20 });
      const at = timeOf(await move(id, { delta: 5, reason: 'delivery' }));
      expect((await count(id, 7, { countedAt: new Date(at.getTime() - 1) })).body.data).to.include({ stockAfter: 12 });
      await untilAfter(at);
      const { id: other } = await platform.product({ stock: 20 });
      const same = timeOf(await move(other, { delta: 5, reason: 'delivery' }));
      expect((await count(other, 7, { countedAt: same })).body.data).to.include({ stockAfter: 7 });
    });

    it('of the same units posts a movement of 0, once per key', async () => {
      const { id } = await platform.product();
      const key = newId();
      const countedAt = new Date();
      const first = await count(id, 10, { countedAt, key });
      expect(first.body.data).to.include({ delta: 0, count: 10, stockAfter: 10 });
      const again = await count(id, 10, { countedAt, key });
      expect([again.status, again.body]).to.deep.equal([200, first.body]);
      expect((await count(id, 11, { countedAt, key })).body).to.include({ code: 'IDEMPOTENCY_KEY_REUSED' });
      await expectSound(id);
    });

    it('is rejected with 409 if more was sold after it than it found', async () => {
      const { id } = await platform.product({ stock: 20 });
      const countedAt = timeOf(await move(id, { delta: 1, reason: 'found' }));
      await untilAfter(countedAt);
      await platform.buy(alice, [{ productId: id, quantity: 4 }]);
      expect((await count(id, 3, { countedAt })).body).to.include({ status: 409, code: 'STOCK_BELOW_ZERO' });
      expect((await count(id, 4, { countedAt })).body.data).to.include({ stockAfter: 0 });
      await expectSound(id);
    });

    it('belongs to its time, also if an instance posted it whose clock is behind', async () => {
      const { id } = await platform.product({ stock: 0 });
      const moved = timeOf(await move(id, { delta: 21, reason: 'found' }));
      const clock = shiftClock(-5_000);
      try {
        expect((await count(id, 10, { countedAt: moved })).body.data).to.include({ delta: -11, stockAfter: 10 });
      } finally {
        clock.restore();
      }
      const before = new Date(moved.getTime() - 1_000);
      expect((await count(id, 0, { countedAt: before })).body.data).to.include({ delta: 0, stockAfter: 10 });
      await expectSound(id);
    });

    it('names countedAt if it is in the future', async () => {
      const { id } = await platform.product();
      const { status, body } = await count(id, 3, { countedAt: new Date(Date.now() + 60_000) });
      expect(status).to.equal(422);
      expect(body.errors).to.deep.equal([{ path: 'countedAt', message: 'countedAt must not be in the future' }]);
    });

    it('misses no purchase that runs at the same time', async () => {
      const { id } = await platform.product({ stock: 1_000 });
      const countedAt = timeOf(await move(id, { delta: -1, reason: 'damage' }));
      await untilAfter(countedAt);
      const purchases = Array.from({ length: 15 }, () => platform.buy(alice, [{ productId: id, quantity: 2 }]));
      const counts = Array.from({ length: 5 }, () => {
        const key = newId();
        // On a busy machine the wait for the product's lock may end with 503.
        return eventually(async () => expect((await count(id, 500, { countedAt, key })).status).to.be.oneOf([200, 201]));
      });
      const bought = (await Promise.all(purchases)).filter(({ status }) => status === 202).length;
      await Promise.all(counts);
      expect(bought).to.be.above(0);
      expect(await platform.stockOf(id)).to.equal(500 - 2 * bought);
      await expectSound(id);
    });

    it('corrects the stock as of its time: a later count is not corrected twice', async () => {
      const { id } = await platform.product({ stock: 20 });
      const first = timeOf(await move(id, { delta: 1, reason: 'found' }));
      await untilAfter(first);
      const second = timeOf(await move(id, { delta: -1, reason: 'loss' }));
      expect((await count(id, 12, { countedAt: first })).body.data).to.include({ delta: -9, stockAfter: 11 });
      expect((await count(id, 12, { countedAt: first })).body.data).to.include({ delta: 0, stockAfter: 11 });
      expect((await count(id, 8, { countedAt: second })).body.data).to.include({ delta: -3, stockAfter: 8 });
      await expectSound(id);
    });

    it('is rejected with 409 after too many movements', async () => {
      const { id } = await platform.product();
      const before = new Date(timeOf(await move(id, { delta: 1, reason: 'found' })).getTime() - 1);
      await move(id, { delta: 1, reason: 'found' });
      const sum = (max: number) => runTransaction(platform.database.db, (trx) => sumAfter(trx, id, { time: before, max }));
      expect(await sum(2)).to.equal(2);
      const error = await sum(1).catch((reason: unknown) => reason);
      expect(error).to.include({ code: 'COUNT_TOO_OLD' });
    });

    /** Waits until movements have a later time. */
    const untilAfter = async (time: Date): Promise<void> => {
      await eventually(async () => expect(Date.now()).to.be.above(time.getTime() + 1));
    };
  });

  describe('GET /v1/products/:id/stock-movements', () => {
    it('lists each movement once, newest first, with the purchase of a sale', async () => {
      const { id } = await platform.product();
      const other = await platform.product();
      for (let delta = 1; delta <= 4; delta++) await move(id, { delta, reason: 'delivery' });
      const bought = await platform.buy(alice, [{ productId: id, quantity: 2 }]);
      await move(other.id, { delta: 1, reason: 'delivery' });
      const seen = [];
      let query = '?limit=2';
      for (;;) {
        const { data, page } = await movements(id, query);
        seen.push(...data);
        if (page.nextCursor === null) break;
        query = `?limit=2&cursor=${page.nextCursor}`;
      }
      expect(seen.map(({ delta }) => delta)).to.deep.equal([-2, 4, 3, 2, 1, 10]);
      expect(seen.map(({ reason }) => reason).at(-1)).to.equal('opening');
      expect(seen[0]).to.include({ reason: 'sale', purchaseId: bought.body.data.id, stockAfter: 18 });
      await expectSound(id);
    });

    it('rejects a cursor of another product and an unknown parameter', async () => {
      const { id } = await platform.product();
      const other = await platform.product();
      await move(id, { delta: 1, reason: 'delivery' });
      const { page } = await movements(id, '?limit=1');
      expect((await movements(other.id, `?limit=1&cursor=${page.nextCursor}`)).status).to.equal(422);
      expect((await movements(id, '?color=red')).status).to.equal(422);
      expect((await movements(id, '?limit=0')).status).to.equal(422);
    });
  });
});
