import { expect } from 'chai';
import { type ProductPlatform, startProduct } from './product-platform.ts';

describe('request limits', () => {
  let platform: ProductPlatform;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct({ RATE_LIMIT_USER_PER_MIN: '2', RATE_LIMIT_ADDRESS_PER_MIN: '2' });
  });
  after(() => platform.stop());

  it('apply per user, and per address at public endpoints', async () => {
    const asStranger = async (token: string) => (await platform.call('GET', '/v1/purchases', { token })).status;
    const { token } = platform.stranger();
    expect([await asStranger(token), await asStranger(token), await asStranger(token)]).to.deep.equal([200, 200, 429]);
    expect(await asStranger(platform.stranger().token)).to.equal(200);
    const anybody = async () => (await platform.call('GET', '/v1/categories')).status;
    expect([await anybody(), await anybody(), await anybody()]).to.deep.equal([200, 200, 429]);
  });
});
