import { demoAccounts } from '@florin/auth-server/demo-accounts';
import { createFlorinClient, type FlorinClient } from '@florin/client';
import { demoImages as drawn } from '@florin/media-server/demo';
import { demoImages as named } from '@florin/product-server/catalogue';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { PASSWORD, signUp } from './sign-up.ts';
import { type RunningServices, startServices } from './start-services.ts';

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('images, through all services', function () {
  this.timeout(180_000);
  let services: RunningServices;
  let staff: FlorinClient;
  before(async () => {
    services = await startServices();
    await services.seed();
    staff = createFlorinClient({ baseUrl: services.urls });
    await staff.session.signIn(demoAccounts.admin);
  });
  after(() => services?.stop());

  it('of the demo catalogue are drawn', async () => {
    expect(named().map(({ id }) => id)).to.have.members(drawn.map(({ id }) => id));
    const { data: products } = await staff.get('/v1/products', { params: { query: { limit: 100 } } });
    expect(products.length).to.be.above(50);
    for (const { name, images } of products) expect(images[0]?.imageId, name).to.be.a('string');
    const [{ imageUrl } = { imageUrl: '' }] = products;
    const { status, headers } = await fetch(`${services.urls.media}${imageUrl}?width=320`);
    expect([status, headers.get('content-type')]).to.deep.equal([200, 'image/jpeg']);
  });

  it('that staff upload become those of products', async () => {
    const { data: image } = await staff.post('/v1/images', { body: { purpose: 'product', dataUrl: PIXEL } });
    const [product] = (await staff.get('/v1/products', { params: { query: { limit: 1 } } })).data;
    const path = { id: product?.id ?? '' };
    await eventually(async () => {
      const { version } = (await staff.get('/v1/products/{id}', { params: { path } })).data;
      const header = { 'If-Match': `"${version}"` };
      const body = { images: [{ imageId: image.id, alt: 'One pixel' }] };
      await staff.patch('/v1/products/{id}', { params: { path, header }, body });
    });
    const { data: edited } = await createFlorinClient({ baseUrl: services.urls }).get('/v1/products/{id}', { params: { path } });
    expect(edited.images).to.deep.equal([{ imageId: image.id, url: `/v1/images/${image.id}`, alt: 'One pixel' }]);
  });

  it('of a buyer are gone when the buyer is erased', async () => {
    const alice = await signUp(services);
    const { data: photo } = await alice.florin.post('/v1/images', { body: { purpose: 'claim', dataUrl: PIXEL } });
    const params = { path: { id: photo.id }, query: { format: 'dataUrl' as const } };
    expect((await staff.get('/v1/images/{id}', { params })).data).to.include({ width: 1, height: 1 });
    await alice.florin.delete('/v1/users/me', { body: { currentPassword: PASSWORD } });
    await eventually(async () => {
      const { status } = await staff.raw(`/v1/images/${photo.id}`);
      expect(status).to.equal(404);
    });
  });
});
