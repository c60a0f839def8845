import { newId } from '@florin/database';
import { SettingsError } from '@florin/runtime';
import { createHttpClient } from '@florin/testing';
import { expect } from 'chai';
import { readConfig } from '../src/config.ts';
import { type ProductPlatform, startProduct } from './product-platform.ts';

const environment = { PRODUCT_DATABASE_URL: 'mysql://127.0.0.1/florin_product', KAFKA_BROKERS: '127.0.0.1:9092' };
const production = { ...environment, NODE_ENV: 'production' };

describe('GET /v1/shop', () => {
  let platform: ProductPlatform;

  before(async () => {
    platform = await startProduct({
      FLORIN_CURRENCY: 'JPY',
      SHOP_LOCALES: 'pt-BR,en',
      CLAIM_DAYS: '14',
      TOP_UP_PROVIDER: 'none',
      SHOP: 'off',
    });
  });
  after(() => platform.stop());

  it('tells anyone the settings of the shop, and may be cached', async () => {
    const call = createHttpClient(() => `http://127.0.0.1:${platform.service.port()}`);
    const { status, headers, body } = await call('GET', '/v1/shop');
    expect(status).to.equal(200);
    expect(body.data).to.deep.equal({
      currency: 'JPY',
      minorUnits: 0,
      locales: ['pt-BR', 'en'],
      taxRatePercent: 0,
      claimDays: 14,
      hasTopUps: false,
    });
    expect(headers.get('cache-control')).to.equal('public, max-age=300');
  });

  it('is there with SHOP=off, when the endpoints of carts, coupons, quotes, checkout and delivery are unknown paths', async () => {
    const { token } = await platform.buyer();
    for (const [method, path] of [
      ['GET', '/v1/cart'],
      ['PUT', `/v1/cart/items/${newId()}`],
      ['PUT', '/v1/cart/coupon'],
      ['POST', '/v1/cart/merge'],
      ['GET', '/v1/coupons'],
      ['PATCH', `/v1/coupons/${newId()}`],
      ['POST', '/v1/cart/checkout'],
      ['POST', `/v1/purchases/${newId()}/reorder`],
      ['GET', '/v1/delivery-methods'],
      ['GET', '/v1/packing'],
      ['GET', `/v1/purchases/${newId()}/delivery`],
      ['PUT', `/v1/purchases/${newId()}/delivery/address`],
      ['POST', `/v1/purchases/${newId()}/delivery/events`],
      ['POST', `/v1/purchases/${newId()}/claim-packing`],
    ] as const) {
      const { status, body } = await platform.call(method, path, { token, body: method === 'GET' ? undefined : {} });
      expect([status, body.code], path).to.deep.equal([404, 'NOT_FOUND']);
    }
    // Paths of `GET /v1/purchases/:id`.
    for (const name of ['quote', 'ship:batch'])
      expect((await platform.call('POST', `/v1/purchases/${name}`, { token, body: {} })).status).to.equal(405);
  });

  it('has no fields of the shop in purchases with SHOP=off', async () => {
    const buyer = await platform.buyer();
    const { id } = await platform.product({ currency: 'EUR' });
    const options = { token: buyer.token, headers: { 'idempotency-key': newId() } };
    const items = [{ productId: id, quantity: 1 }];
    const address = { name: 'Ada', line1: 'Ring 1', postalCode: '1010', city: 'Vienna', country: 'AT' };
    const delivery = { methodId: newId(), address };
    for (const field of [{ expectedTotalMinor: 1_500 }, { couponCode: 'TEA-TIME-10' }, { delivery }]) {
      const refused = await platform.call('POST', '/v1/purchases', { ...options, body: { items, ...field } });
      expect(refused.body).to.include({ status: 422, code: 'VALIDATION_FAILED' });
    }
    const bought = await platform.call('POST', '/v1/purchases', { ...options, body: { items } });
    expect(bought.body.data).to.include({ subtotalMinor: 1_500, discountMinor: 0, deliveryMinor: 0, totalMinor: 1_500 });
  });

  it('has defaults', () => {
    const { currency, shop } = readConfig(environment);
    expect({ currency, ...shop }).to.deep.equal({
      currency: 'EUR',
      locales: ['en', 'de', 'es', 'pt-BR'],
      claimDays: 30,
      hasTopUps: true,
    });
  });

  for (const SHOP_LOCALES of ['e', 'EN', 'pt-br', 'en,en', 'en,', 'en, de', 'english_us', Array(21).fill('en').join()])
    it(`does not start with other locales than BCP 47 tags: ${SHOP_LOCALES.slice(0, 12)}`, () => {
      expect(() => readConfig({ ...environment, SHOP_LOCALES })).to.throw(SettingsError, 'SHOP_LOCALES');
    });

  it('has no sandbox for top-ups in production', () => {
    expect(() => readConfig({ ...production, TOP_UP_PROVIDER: 'sandbox' })).to.throw(SettingsError, 'TOP_UP_PROVIDER');
  });
});
