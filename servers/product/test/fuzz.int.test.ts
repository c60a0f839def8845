import type { Endpoint } from '@florin/http';
import { type FuzzTarget, fuzzEndpoint } from '@florin/testing';
import { expect } from 'chai';
import { type ProductPlatform, startProduct } from './product-platform.ts';

describe('any request to product', () => {
  let platform: ProductPlatform;
  let target: FuzzTarget;

  before(async () => {
    platform = await startProduct();
    const buyer = await platform.buyer();
    const product = await platform.product({ sku: 'AB-12', stock: 1_000 });
    const { body } = await platform.buy(buyer, [{ productId: product.id, quantity: 1 }]);
    const categories = await platform.call('GET', '/v1/categories');
    const categoryId = categories.body.data[0].id as string;
    const known = ({ path }: Endpoint): string[] => {
      if (path.startsWith('/v1/purchases/:id')) return [body.data.id as string];
      return path.startsWith('/v1/categories') ? [categoryId] : [product.id, categoryId, buyer.id];
    };
    target = {
      baseUrl: `http://127.0.0.1:${platform.service.port()}`,
      known,
      tokenFor: ({ access }) =>
        access === 'anyone'
          ? undefined
          : { session: buyer, user: buyer, staff: platform.staff, admin: platform.admin }[access].token,
    };
  });
  after(() => platform.stop());

  it('is answered, and rejected if it is not allowed', async () => {
    for (const endpoint of platform.service.endpoints) await fuzzEndpoint(endpoint, target);
  }).timeout(600_000);

  it('leaves the service ready', async () => {
    expect((await platform.call('GET', '/health/ready')).status).to.equal(200);
  });
});
