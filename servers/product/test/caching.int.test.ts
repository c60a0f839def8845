import { sendRequest } from '@florin/testing';
import { expect } from 'chai';
import { type ProductPlatform, startProduct } from './product-platform.ts';

const ONE = { productId: '', quantity: 1 };

describe('caching', () => {
  let platform: ProductPlatform;
  before(async () => {
    platform = await startProduct();
  });
  after(() => platform.stop());

  const send = (method: string, path: string, headers: Record<string, string> = {}) =>
    sendRequest(`http://127.0.0.1:${platform.service.port()}${path}`, method, headers);

  it('revalidates a product after its stock has changed', async () => {
    const { id } = await platform.product({ stock: 1 });
    const before = await send('GET', `/v1/products/${id}`);
    expect(JSON.parse(before.text)).to.have.nested.property('data.stock', 1);
    const etag = before.headers.etag ?? '';
    expect((await platform.buy(await platform.buyer(), [{ ...ONE, productId: id }])).status).to.equal(202);

    const after = await send('GET', `/v1/products/${id}`, { 'if-none-match': etag });
    expect(after.status).to.equal(200);
    expect(after.headers.etag, 'the version counts edits only').to.equal(etag);
    expect(JSON.parse(after.text)).to.have.nested.property('data.stock', 0);
    expect((await send('HEAD', `/v1/products/${id}`, { 'if-none-match': etag })).status).to.equal(200);
  });

  it('allows caches to store products and categories, unless the request has a token', async () => {
    const { id, categoryId } = (await platform.product()) as unknown as Record<string, string>;
    const told: [path: string, cacheControl: string][] = [
      ['/v1/products', 'no-cache'],
      [`/v1/products/${id}`, 'no-cache'],
      ['/v1/categories', 'public, max-age=60'],
      [`/v1/categories/${categoryId}`, 'public, max-age=60'],
    ];
    for (const [path, cacheControl] of told)
      for (const method of ['GET', 'HEAD']) {
        expect((await send(method, path)).headers, path).to.include({ 'cache-control': cacheControl, vary: 'Authorization' });
        const known = await send(method, path, { authorization: `Bearer ${platform.staff.token}` });
        expect(known.headers, path).to.include({ 'cache-control': 'no-store', vary: 'Authorization' });
      }
  });
});
