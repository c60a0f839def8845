import { AppError } from '@florin/app-response';
import { newId, runTransaction } from '@florin/database';
import { makeEvent } from '@florin/events';
import { eventBytes, setEventMaxBytes } from '@florin/messaging';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { cancelPurchases } from '../src/purchases/cancel-purchases.ts';
import { requestPurchases } from '../src/purchases/request-purchases.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

const LONG_NAME = '漢'.repeat(200);
const EVENT_MAX_BYTES = 5_000;

describe('the size of a purchase', () => {
  let product: ProductPlatform;
  let alice: Person;
  let items: { productId: string; quantity: number }[];

  const start = async (settings: Record<string, string>): Promise<void> => {
    product = await startProduct(settings);
    alice = await product.buyer();
    items = [];
    for (let count = 0; count < 50; count++) {
      const { id } = await product.product({ name: LONG_NAME, priceMinor: 1, stock: 100 });
      items.push({ productId: id, quantity: 1 });
    }
  };

  describe('within the bound', () => {
    before(() => start({}));
    after(() => product.stop());

    it('always allows its event to be published, also for forty concurrent purchases', async () => {
      const bought = await Promise.all(Array.from({ length: 40 }, () => product.buy(alice, items)));
      expect(bought.map(({ status }) => status)).to.deep.equal(bought.map(() => 202));
      await eventually(async () => expect(await product.database.db('outbox').select('id')).to.deep.equal([]));
      for (const { body } of bought)
        await eventually(() =>
          expect(product.published(body.data.id).map(({ type }) => type)).to.deep.equal(['purchase-requested']),
        );
    });
  });

  describe('beyond the bound', () => {
    before(() => start({ EVENT_MAX_BYTES: String(EVENT_MAX_BYTES) }));
    after(() => product.stop());

    it('is rejected with 422, changes no stock, and does not affect concurrent purchases', async () => {
      const baskets = Array.from({ length: 12 }, (_, n) => (n % 3 === 1 ? items : items.slice(0, 2)));
      const answers = await Promise.all(baskets.map((basket) => product.buy(alice, basket)));
      expect(answers.map(({ status }) => status)).to.deep.equal(baskets.map((_, n) => (n % 3 === 1 ? 422 : 202)));
      expect(answers[1]?.body).to.include({ code: 'PURCHASE_TOO_LARGE' });
      expect(answers[1]?.body.detail).to.match(/would have 3\d{4} bytes; at most 5000 are allowed/);
      expect(await product.stockOf(items[0]?.productId ?? '')).to.equal(92);
      expect(await product.stockOf(items[49]?.productId ?? '')).to.equal(100);
      await eventually(async () => expect(await product.database.db('outbox').select('id')).to.deep.equal([]));
    });

    it('is exact to the byte', async () => {
      const { db } = product.database;
      const request = () => ({ userId: alice.id, idempotencyKey: newId(), items: items.slice(0, 3) });
      const data = { purchaseId: newId(), userId: alice.id, totalMinor: 3, currency: 'EUR' };
      const priced = items.slice(0, 3).map((item) => ({ ...item, name: LONG_NAME, unitPriceMinor: 1, taxRatePercent: 0 }));
      const bytes = eventBytes(makeEvent('purchase-requested', { sequence: 1, data: { ...data, items: priced } }));
      const outcomeWith = async (maxBytes: number): Promise<unknown> => {
        setEventMaxBytes(db, maxBytes);
        const [answer] = await runTransaction(db, (trx) => requestPurchases(trx, [request()]));
        return answer instanceof AppError ? answer.code : answer?.isReplay;
      };
      expect(await outcomeWith(bytes - 1)).to.equal('PURCHASE_TOO_LARGE');
      expect(await outcomeWith(bytes)).to.equal(false);
    });

    it('includes the reason of a cancel', async () => {
      const { body: bought } = await product.buy(alice, items.slice(0, 1));
      const cancel = (reason: string) =>
        product.call('POST', `/v1/purchases/${bought.data.id}/cancel`, { token: alice.token, body: { reason } });
      setEventMaxBytes(product.database.db, 1_000);
      const cancelling = { purchaseId: bought.data.id, by: 'buyer' as const, reason: '漢'.repeat(500) };
      const failure = await runTransaction(product.database.db, (trx) => cancelPurchases(trx, [cancelling])).catch(
        (error: unknown) => error,
      );
      expect(failure).to.include({ code: 'PURCHASE_TOO_LARGE', status: 422 });
      expect(await product.purchase(alice, bought.data.id)).to.include({ status: 'requested' });
      expect((await cancel('漢'.repeat(500))).status, 'by the bound of the service').to.equal(202);
    });

    it('does not prevent the replay of an earlier purchase', async () => {
      const { db } = product.database;
      setEventMaxBytes(db, 100_000);
      const request = { userId: alice.id, idempotencyKey: newId(), items: items.slice(0, 20) };
      const [taken] = await runTransaction(db, (trx) => requestPurchases(trx, [request]));
      setEventMaxBytes(db, EVENT_MAX_BYTES);
      const [replayed] = await runTransaction(db, (trx) => requestPurchases(trx, [request]));
      expect(taken).to.include({ isReplay: false });
      expect(replayed).to.include({ isReplay: true });
    });
  });
});
