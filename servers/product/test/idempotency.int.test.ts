import { idBytes, newId, runTransaction } from '@florin/database';
import { requestHash, sentHash } from '@florin/http';
import { createService } from '@florin/service';
import { createHttpClient } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { readConfig } from '../src/config.ts';
import { product } from '../src/features.ts';
import { requestPurchases } from '../src/purchases/request-purchases.ts';
import { postMovement } from '../src/stock/post-movement.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

type Items = readonly { productId: string; quantity: number }[];
type Answer = Awaited<ReturnType<ProductPlatform['call']>>;

describe('idempotency keys', () => {
  let platform: ProductPlatform;
  let alice: Person;
  let first: string;
  let second: string;

  before(async () => {
    platform = await startProduct();
    alice = await platform.buyer();
    const products = [await platform.product({ stock: 100 }), await platform.product({ stock: 100 })];
    [first = '', second = ''] = products.map(({ id }) => id).sort();
  });
  after(() => platform.stop());

  const inTransaction = <T>(work: (trx: Knex.Transaction) => Promise<T>) => runTransaction(platform.database.db, work);
  const textOf = ({ status, body }: Answer) => `${status} ${body.code ?? ''}`.trim();
  const buy = (items: unknown, key: string, call = platform.call) =>
    call('POST', '/v1/purchases', { token: alice.token, body: { items }, headers: { 'idempotency-key': key } });
  const move = (body: unknown, key: string) =>
    platform.call('POST', `/v1/products/${first}/stock-movements`, {
      token: platform.staff.token,
      body,
      headers: { 'idempotency-key': key },
    });
  const storedPurchase = (key: string) =>
    platform.database.db('purchases').where({ idempotency_key: Buffer.from(key) }) as Promise<
      { request_hash: Buffer; sent_hash: Buffer | null }[]
    >;

  it('are required by the endpoints that this file and the tests of checkout test, and no others', async () => {
    const { body } = await platform.call('GET', '/openapi.json');
    const { paths } = body as { paths: Record<string, Record<string, { parameters: { $ref?: string }[] }>> };
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { parameters }]) =>
        parameters.some(({ $ref }) => $ref === '#/components/parameters/Idempotency-Key') ? `${method} ${path}` : [],
      ),
    );
    expect(operations).to.have.members([
      'post /v1/purchases',
      'post /v1/cart/checkout',
      // claims.int.test.ts, refunds.int.test.ts
      'post /v1/purchases/{id}/claims',
      'post /v1/purchases/{id}/refunds',
      'post /v1/products/{id}/stock-movements',
      'post /v1/products/import',
      // Tested in delivery-tracking.int.test.ts.
      'post /v1/purchases/{id}/delivery/events',
    ]);
  });

  describe('POST /v1/purchases', () => {
    const items = (): Items => [
      { productId: second, quantity: 1 },
      { productId: first, quantity: 2 },
    ];
    const reordered = (): unknown[] => [
      { quantity: 2, productId: first.toUpperCase() },
      { quantity: 1, productId: second },
    ];
    const others = (): unknown[] => [
      items().slice(1),
      [...items(), { productId: newId(), quantity: 1 }],
      items().map(({ productId }) => ({ productId, quantity: 1 })),
      [],
      'none',
    ];
    /** The hash of the previous release. */
    const store = async (key: string, wanted = items()): Promise<string> => {
      const [answer] = await inTransaction((trx) =>
        requestPurchases(trx, [{ userId: alice.id, idempotencyKey: key, items: wanted }]),
      );
      expect(answer).to.include({ isReplay: false });
      return (answer as { purchaseId: string }).purchaseId;
    };

    it('requires authentication, then a key, before it checks the body', async () => {
      expect(textOf(await platform.call('POST', '/v1/purchases', { body: {} }))).to.equal('401 UNAUTHENTICATED');
      for (const key of ['', 'a b', 'x'.repeat(256)]) expect(textOf(await buy([], key))).to.equal('400 IDEMPOTENCY_KEY_REQUIRED');
      expect(textOf(await buy([], newId()))).to.equal('422 VALIDATION_FAILED');
    });

    it('accepts the items in another order as the same purchase', async () => {
      const key = newId();
      const taken = await buy(items(), key);
      expect(taken.status).to.equal(202);
      const again = await buy(reordered(), key);
      expect([again.status, again.headers.get('idempotent-replayed')]).to.deep.equal([200, 'true']);
      expect(again.body.data).to.deep.include({ id: taken.body.data.id, items: taken.body.data.items });
      for (const other of others()) expect(textOf(await buy(other, key))).to.equal('422 IDEMPOTENCY_KEY_REUSED');
    });

    it('stores the hash that the previous release compares', async () => {
      const key = newId();
      await buy(items(), key);
      const [row] = await storedPurchase(key);
      expect(row?.request_hash).to.deep.equal(requestHash(items().map(({ productId, quantity }) => [productId, quantity])));
      expect(row?.sent_hash).to.have.length(32);
    });

    it('replays purchases that the previous release stored, also with the items in another order', async () => {
      const key = newId();
      const id = await store(key);
      expect((await storedPurchase(key))[0]?.sent_hash).to.equal(null);
      for (const same of [items(), reordered()]) {
        const again = await buy(same, key);
        expect([again.status, again.body.data.id]).to.deep.equal([200, id]);
      }
      for (const other of others()) expect(textOf(await buy(other, key))).to.equal('422 IDEMPOTENCY_KEY_REUSED');
    });

    it('replays requests that the current schema rejects', async () => {
      const many = (await platform.product({ stock: 3_000_000 })).id;
      const key = newId();
      // Two items with one product, which the current schema rejects.
      const twice = [
        { productId: many, quantity: 7 },
        { productId: many, quantity: 8 },
      ];
      const sent = { params: {}, query: {}, body: { items: twice } };
      const sentUnder = sentHash('/v1/purchases', sent, { unordered: ['items'] });
      const [answer] = await inTransaction((trx) =>
        requestPurchases(trx, [
          { userId: alice.id, idempotencyKey: key, sentHash: sentUnder, items: [{ productId: many, quantity: 15 }] },
        ]),
      );
      const again = await buy(twice, key);
      expect([again.status, again.body.data?.id]).to.deep.equal([200, (answer as { purchaseId: string }).purchaseId]);
      expect(textOf(await buy(twice.slice(1), key))).to.equal('422 IDEMPOTENCY_KEY_REUSED');
      expect(textOf(await buy(twice, newId()))).to.equal('422 VALIDATION_FAILED');
    });

    it('replays a purchase after its products have changed', async () => {
      const { id } = await platform.product({ stock: 1 });
      const [key, wanted] = [newId(), [{ productId: id, quantity: 1 }]];
      expect((await buy(wanted, key)).status).to.equal(202);
      expect(textOf(await buy(wanted, newId()))).to.equal('409 PRODUCT_OUT_OF_STOCK');
      expect((await buy(wanted, key)).status).to.equal(200);
      const headers = { 'if-match': '"1"' };
      await platform.call('DELETE', `/v1/products/${id}`, { token: platform.staff.token, headers });
      expect(textOf(await buy(wanted, newId()))).to.equal('409 PRODUCT_ARCHIVED');
      expect((await buy(wanted, key)).status).to.equal(200);
    });

    it('waits for the decision in a replay with Prefer: wait', async () => {
      const [key, taken] = [newId(), newId()];
      await store(key);
      await buy(items(), taken);
      const headers = { prefer: 'wait=1' };
      for (const [under, wanted] of [
        [key, reordered()],
        [taken, items()],
      ] as const) {
        const { status, headers: answered } = await platform.call('POST', '/v1/purchases', {
          token: alice.token,
          body: { items: wanted },
          headers: { ...headers, 'idempotency-key': under },
        });
        expect([status, answered.get('preference-applied')]).to.deep.equal([200, 'wait=1']);
      }
    });

    it('replays after a restart with another currency', async () => {
      const [ofBefore, ofThis] = [newId(), newId()];
      await store(ofBefore);
      await buy(items(), ofThis);
      const restarted = createService({ ...product, config: readConfig({ ...platform.environment, FLORIN_CURRENCY: 'USD' }) });
      await restarted.start();
      try {
        const call = createHttpClient(() => `http://127.0.0.1:${restarted.port()}`);
        for (const key of [ofBefore, ofThis]) expect(textOf(await buy(reordered(), key, call))).to.equal('200');
      } finally {
        await restarted.stop();
      }
    });
  });

  describe('POST /v1/products/:id/stock-movements', () => {
    const body = { delta: 3, reason: 'delivery' } as const;

    it('requires authentication, staff, then a key, before it checks the body', async () => {
      const path = `/v1/products/${first}/stock-movements`;
      expect(textOf(await platform.call('POST', path, { body }))).to.equal('401 UNAUTHENTICATED');
      expect(textOf(await platform.call('POST', path, { body, token: alice.token }))).to.equal('403 FORBIDDEN');
      expect(textOf(await move({}, ''))).to.equal('400 IDEMPOTENCY_KEY_REQUIRED');
    });

    it('replays the same movement with its fields in any order, and rejects another', async () => {
      const key = newId();
      const moved = await move(body, key);
      expect(moved.status).to.equal(201);
      const again = await move({ reason: 'delivery', delta: 3 }, key);
      expect([again.status, again.headers.get('idempotent-replayed')]).to.deep.equal([200, 'true']);
      expect(again.body).to.deep.equal(moved.body);
      for (const other of [{ ...body, delta: 4 }, { ...body, reason: 'correction' }, {}, { ...body, colour: 'red' }])
        expect(textOf(await move(other, key))).to.equal('422 IDEMPOTENCY_KEY_REUSED');
    });

    it('replays movements that the previous release stored, and requests that the current schema rejects', async () => {
      for (const delta of [3, 2_000_000_000_000]) {
        const [ofBefore, ofThis] = [newId(), newId()];
        const sent = { params: { id: first }, query: {}, body: { ...body, delta } };
        const hash = sentHash('/v1/products/:id/stock-movements', sent);
        for (const [idempotencyKey, keptHash] of [
          [ofBefore, undefined],
          [ofThis, hash],
        ] as const) {
          // Only the row is tested; the stock would exceed its maximum.
          await inTransaction((trx) =>
            postMovement(trx, {
              ...{ productId: first, reason: body.reason, by: platform.staff.id },
              ...{ delta: 3, idempotencyKey, sentHash: keptHash },
            }),
          );
          const kept = { request_hash: requestHash([first, delta, 'delivery']) };
          await platform.database
            .db('stock_movement_keys')
            .where({ idempotency_key: Buffer.from(idempotencyKey) })
            .update(kept);
          expect(textOf(await move({ ...body, delta }, idempotencyKey))).to.equal('200');
          expect(textOf(await move({ ...body, delta: 1 }, idempotencyKey))).to.equal('422 IDEMPOTENCY_KEY_REUSED');
        }
      }
    });

    it('stores the hash that the previous release compares', async () => {
      const key = newId();
      await move(body, key);
      const row = (await platform.database
        .db('stock_movement_keys')
        .where({ idempotency_key: Buffer.from(key) })
        .first()) as {
        request_hash: Buffer;
        sent_hash: Buffer;
      };
      expect(row.request_hash).to.deep.equal(requestHash([first, 3, 'delivery']));
      expect(row.sent_hash).to.have.length(32);
    });

    it('is executed once for many concurrent requests', async () => {
      const [key, { id }] = [newId(), await platform.product({ stock: 0 })];
      const send = () =>
        platform.call('POST', `/v1/products/${id}/stock-movements`, {
          token: platform.staff.token,
          body,
          headers: { 'idempotency-key': key },
        });
      const answers = await Promise.all(Array.from({ length: 12 }, send));
      expect(answers.map(({ status }) => status)).to.have.members([201, ...Array.from({ length: 11 }, () => 200)]);
      expect(await platform.stockOf(id)).to.equal(3);
      const movements = await platform.database.db('stock_movements').where({ product_id: idBytes(id) });
      expect(movements).to.have.length(1);
    });
  });

  describe('POST /v1/products/import', () => {
    const send = (call: ProductPlatform['call'], key: string, skus: readonly string[]) =>
      call('POST', '/v1/products/import', {
        token: platform.staff.token,
        body: skus.map((sku) => JSON.stringify({ sku })).join('\n'),
        headers: { 'idempotency-key': key, 'content-type': 'application/x-ndjson' },
      });

    it('replays a file with more rows than the current maximum', async () => {
      const [key, skus] = [newId(), Array.from({ length: 12 }, newId)];
      expect((await send(platform.call, key, skus)).status).to.equal(201);
      const restarted = createService({ ...product, config: readConfig({ ...platform.environment, IMPORT_MAX_ROWS: '10' }) });
      await restarted.start();
      try {
        const call = createHttpClient(() => `http://127.0.0.1:${restarted.port()}`);
        expect(textOf(await send(call, key, skus))).to.equal('200');
        expect(textOf(await send(call, key, [...skus, newId()]))).to.equal('413 PAYLOAD_TOO_LARGE');
        expect(textOf(await send(call, newId(), skus))).to.equal('413 PAYLOAD_TOO_LARGE');
      } finally {
        await restarted.stop();
      }
    });
  });
});
