import { newId } from '@florin/database';
import { fuzzEndpoint } from '@florin/testing';
import { drawPicture, type RunningMedia, startMedia } from './start-media.ts';

describe('media, under random requests', () => {
  let media: RunningMedia;
  const admin = { id: newId(), roles: ['buyer', 'admin'] };
  let imageId: string;
  before(async () => {
    media = await startMedia();
    const body = await drawPicture().png().toBuffer();
    const headers = { 'content-type': 'image/png' };
    ({ id: imageId } = (await media.call('POST', '/v1/images?purpose=product', { bearer: admin, headers, body })).body.data);
  });
  after(() => media.stop());

  it('answers each, and refuses what is not allowed', async () => {
    const target = {
      baseUrl: media.url,
      known: () => [imageId],
      tokenFor: ({ access }: { access: string }) => (access === 'anyone' ? undefined : media.tokenFor(admin)),
    };
    for (const endpoint of media.endpoints) await fuzzEndpoint(endpoint, target);
  }).timeout(600_000);
});
