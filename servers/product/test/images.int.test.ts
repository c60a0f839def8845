import { idBytes, newId } from '@florin/database';
import { type EventData, makeEvent } from '@florin/events';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { imageInvariants } from '../src/images/index.ts';
import { deliveredPurchase } from './delivered-purchase.ts';
import { findViolations } from './find-violations.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

const path = (imageId: string): string => `/v1/images/${imageId}`;

describe('uploaded images', () => {
  let platform: ProductPlatform;
  let alice: Person;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    alice = await platform.buyer();
  });
  after(() => platform.stop());

  const seen = async (image: Partial<EventData<'image-stored'>> = {}): Promise<string> => {
    const data = { imageId: newId(), ownerId: alice.id, purpose: 'product', ...image } as const;
    await platform.publish(makeEvent('image-stored', { sequence: 1, data }));
    await eventually(async () => expect(await rowsOf(data.imageId)).to.equal(1));
    return data.imageId;
  };
  const rowsOf = async (imageId: string): Promise<number> =>
    (await platform.database.db('seen_images').where('id', idBytes(imageId))).length;
  const send = (method: string, at: string, { token }: Person, body: unknown, headers: Record<string, string> = {}) =>
    platform.call(method, at, { token, body, headers });
  const edit = ({ id, version }: { id: string; version: number }, body: unknown) =>
    send('PATCH', `/v1/products/${id}`, platform.staff, body, { 'if-match': `"${version}"` });
  const read = async (id: string) => (await platform.call('GET', `/v1/products/${id}`)).body.data;
  const claim = (id: string, productId: string, photos: unknown, key = newId()) =>
    send(
      'POST',
      `/v1/purchases/${id}/claims`,
      alice,
      { items: [{ productId, quantity: 1 }], reason: 'damaged', photos },
      {
        'idempotency-key': key,
      },
    );
  const claimed = async (photos: unknown, key?: string) => {
    const { id, productId } = await deliveredPurchase(platform, alice);
    return claim(id, productId, photos, key);
  };

  describe('of products', () => {
    it('are taken by id, and shown with id and address, also in lists, events and to old clients', async () => {
      const imageId = await seen();
      const made = await platform.product({ images: [{ imageId, alt: 'A tin' }] });
      const image = { imageId, url: path(imageId), alt: 'A tin' };
      expect(await read(made.id)).to.deep.include({ images: [image], imageUrl: path(imageId) });
      const { body } = await platform.call('GET', '/v1/products?limit=100');
      expect(body.data.find(({ id }: { id: string }) => id === made.id).images).to.deep.equal([image]);
      await eventually(() => expect(platform.published(made.id)[0]?.data).to.deep.include({ images: [image] }));
      const stored = await platform.database.db('products').where('id', idBytes(made.id)).first('image_url', 'images');
      expect([stored.image_url, JSON.parse(stored.images)]).to.deep.equal([
        path(imageId),
        [{ url: path(imageId), alt: 'A tin' }],
      ]);
    });

    it('are taken back as an answer shows them, and beside images of the web', async () => {
      const imageId = await seen();
      const made = await platform.product({ images: [{ imageId }, { url: 'https://i.example/2.png' }] });
      const { images } = await read(made.id);
      expect((await edit(made, { images: images.toReversed() })).body.data.images).to.deep.equal(images.toReversed());
      const upper = { imageUrl: path(imageId).toUpperCase().replace('/V1/IMAGES', '/v1/images') };
      expect((await edit({ ...made, version: 2 }, upper)).body.data.images[0]).to.deep.equal({
        imageId,
        url: path(imageId),
        alt: '',
      });
    });

    it('are refused if they are unknown or of claims, and another time is named', async () => {
      const made = await platform.product();
      const photo = await seen({ purpose: 'claim' });
      for (const body of [
        { images: [{ imageId: newId() }] },
        { images: [{ url: path(newId()) }] },
        { imageUrl: path(newId()) },
        { images: [{ imageId: photo }] },
      ]) {
        const { status, body: problem, headers } = await edit(made, body);
        expect([status, problem.code, headers.get('retry-after')]).to.deep.equal([409, 'IMAGE_UNKNOWN', '1']);
      }
      const late = newId();
      expect((await edit(made, { images: [{ imageId: late }] })).status).to.equal(409);
      await seen({ imageId: late });
      expect((await edit(made, { images: [{ imageId: late }] })).status).to.equal(200);
    });

    it('are refused if id and address differ, or if the address is no image', async () => {
      const imageId = await seen();
      const made = await platform.product();
      for (const image of [
        { imageId, url: path(newId()) },
        { imageId, url: 'https://i.example/1.png' },
        { url: '/v1/images/x' },
        { url: `/v1/images/${imageId}/..` },
        { url: '//i.example/1.png' },
        { imageId: 'x' },
        {},
      ])
        expect((await edit(made, { images: [image] })).status, JSON.stringify(image)).to.equal(422);
    });

    it('are taken from files: known ones, and those that a product has', async () => {
      const imageId = await seen();
      const { id, name } = await platform.product({ sku: 'WITH-IMAGE', images: [{ imageId, alt: '' }] });
      const lines = [
        { id, images: [{ url: path(imageId), alt: '' }], name: `${name} 2` },
        {
          sku: 'NEW-IMAGE',
          name: 'New',
          priceMinor: 1,
          categoryId: (await read(id)).categoryId,
          images: [{ imageId, alt: 'x' }],
        },
        { sku: 'NO-IMAGE', name: 'New', priceMinor: 1, categoryId: (await read(id)).categoryId, images: [{ imageId: newId() }] },
      ];
      const { status, body } = await platform.call('POST', '/v1/products/import', {
        token: platform.staff.token,
        body: lines.map((line) => JSON.stringify(line)).join('\n'),
        headers: { 'content-type': 'application/x-ndjson', 'idempotency-key': newId() },
      });
      expect([status, body.data.created, body.data.updated, body.data.refused]).to.deep.equal([201, 1, 1, 1]);
      const { data } = (
        await platform.call('GET', `/v1/product-imports/${body.data.id}/rows?outcome=refused`, { token: platform.staff.token })
      ).body;
      expect(data[0].errors[0].path).to.equal('images');
      expect((await read(id)).images).to.deep.equal([{ imageId, url: path(imageId), alt: '' }]);
    });

    it('are checked by an invariant', async () => {
      const { db } = platform.database;
      expect(await findViolations(db, imageInvariants)).to.deep.equal([]);
      const imageId = await seen();
      const { id } = await platform.product({ images: [{ imageId, alt: 'first' }, { url: 'https://i.example/1.png' }] });
      await db('seen_images').where('id', idBytes(imageId)).del();
      const violations = JSON.stringify(await findViolations(db, imageInvariants));
      expect(violations).to.include(id).and.include(imageId);
      await seen({ imageId });
      expect(await findViolations(db, imageInvariants)).to.deep.equal([]);
    });
  });

  describe('of claims', () => {
    it('are taken from the buyer of the claim, in the claim and in messages, and shown to both sides', async () => {
      const [first, second] = [await seen({ purpose: 'claim' }), await seen({ purpose: 'claim' })];
      const { status, body } = await claimed([second, first]);
      const shown = [second, first].map((imageId) => ({ imageId, url: path(imageId) }));
      expect([status, body.data.photos]).to.deep.equal([201, shown]);
      const at = `/v1/claims/${body.data.id}/messages`;
      const written = await send('POST', at, alice, { text: 'One more.', photos: [first] });
      expect([written.status, written.body.data.photos]).to.deep.equal([201, [{ imageId: first, url: path(first) }]]);
      const { data } = (await platform.call('GET', at, { token: platform.staff.token })).body;
      expect(data).to.deep.equal([written.body.data]);
    });

    it('are refused from others, of products, twice, and in large numbers', async () => {
      const other = await seen({ purpose: 'claim', ownerId: newId() });
      for (const photos of [[newId()], [other], [await seen()]]) {
        const { status, body } = await claimed(photos);
        expect([status, body.code]).to.deep.equal([409, 'IMAGE_UNKNOWN']);
      }
      const photo = await seen({ purpose: 'claim' });
      for (const photos of [[photo, photo], Array.from({ length: 6 }, () => newId()), ['x'], photo])
        expect((await claimed(photos)).status).to.equal(422);
    });

    it('belong to the request: the same key with other photos is another request', async () => {
      const [first, second] = [await seen({ purpose: 'claim' }), await seen({ purpose: 'claim' })];
      const { id, productId } = await deliveredPurchase(platform, alice);
      const key = newId();
      expect((await claim(id, productId, [first], key)).status).to.equal(201);
      expect((await claim(id, productId, [first], key)).status).to.equal(200);
      expect((await claim(id, productId, [second], key)).body.code).to.equal('IDEMPOTENCY_KEY_REUSED');
    });

    it('are forgotten with the buyer, also if they are announced later', async () => {
      const eve = await platform.buyer();
      const mine = { ownerId: eve.id, purpose: 'claim' } as const;
      const photo = await seen(mine);
      const product = await seen({ ownerId: eve.id });
      const { id, productId } = await deliveredPurchase(platform, eve);
      const wanted = { items: [{ productId, quantity: 1 }], reason: 'damaged', photos: [photo] };
      const made = await send('POST', `/v1/purchases/${id}/claims`, eve, wanted, { 'idempotency-key': newId() });
      await send('POST', `/v1/claims/${made.body.data.id}/messages`, eve, { text: 'Look.', photos: [photo] });
      expect(await platform.database.db('claim_photos').where('image_id', idBytes(photo))).to.have.length(2);
      await platform.publish(makeEvent('user-erased', { sequence: 2, data: { userId: eve.id } }));
      await eventually(async () => expect(await rowsOf(photo)).to.equal(0));
      expect(await platform.database.db('claim_photos').where('image_id', idBytes(photo))).to.deep.equal([]);
      expect(await rowsOf(product)).to.equal(1);
      const late = newId();
      await platform.publish(makeEvent('image-stored', { sequence: 1, data: { imageId: late, ...mine } }));
      await seen();
      expect(await rowsOf(late)).to.equal(0);
      const shown = await platform.call('GET', `/v1/claims/${made.body.data.id}`, { token: platform.staff.token });
      expect(shown.body.data.photos).to.deep.equal([]);
    });
  });

  it('of a purpose that this release does not know are skipped', async () => {
    const data = { imageId: newId(), ownerId: alice.id, purpose: 'avatar' } as unknown as EventData<'image-stored'>;
    await platform.publish(makeEvent('image-stored', { sequence: 1, data }));
    await seen();
    expect(await rowsOf(data.imageId)).to.equal(0);
  });
});
