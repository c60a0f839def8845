import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransact, idBytes, newId } from '@florin/database';
import { makeEvent } from '@florin/events';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import sharp from 'sharp';
import { demoImages } from '../src/demo/index.ts';
import { deleteOrphans } from '../src/images/delete-orphans.ts';
import { findMissingFiles } from '../src/images/find-missing-files.ts';
import { seedImages } from '../src/images/seed-images.ts';
import { openStorage, STORAGE_PARTS } from '../src/storage/index.ts';
import { type Answer, type Bearer, drawPicture, type RunningMedia, startMedia } from './start-media.ts';

const staff: Bearer = { id: newId(), roles: ['buyer', 'staff'] };
const alice: Bearer = { id: newId() };
const DAY_AHEAD_MS = 86_400_000;

describe('images', function () {
  this.timeout(300_000);
  let media: RunningMedia;
  before(async () => {
    media = await startMedia({
      MEDIA_SWEEP_S: '1',
      IMAGE_CLAIM_PHOTOS_PER_DAY: '3',
      IMAGE_MAX_PIXELS: '1000000',
      IMAGE_UPLOADS_MAX: '50',
    });
  });
  after(() => media?.stop());

  const upload = (bytes: Buffer, { bearer = staff, purpose = 'product', type = 'image/png' } = {}): Promise<Answer> =>
    media.call('POST', `/v1/images?purpose=${purpose}`, { bearer, headers: { 'content-type': type }, body: bytes });
  const read = (id: string, { bearer, accept, query = '' }: { bearer?: Bearer; accept?: string; query?: string } = {}) =>
    media.call('GET', `/v1/images/${id}${query}`, { bearer, headers: accept === undefined ? {} : { accept } });
  const filesOf = async (id: string): Promise<string[]> =>
    (await readdir(join(media.directory, id.slice(-2), id)).catch(() => [])).toSorted((a, b) => (a < b ? -1 : 1));

  describe('are uploaded', () => {
    it('by nobody without a token, and for products by staff alone', async () => {
      const bytes = await drawPicture().png().toBuffer();
      const body = { headers: { 'content-type': 'image/png' }, body: bytes };
      expect((await media.call('POST', '/v1/images?purpose=product', body)).status).to.equal(401);
      const { status, body: problem } = await upload(bytes, { bearer: alice });
      expect([status, problem.code]).to.deep.equal([403, 'FORBIDDEN']);
    });

    it('as bytes: upright, without metadata, in their type', async () => {
      const bytes = await drawPicture({ width: 300, height: 200 })
        .withExif({ IFD0: { Copyright: 'secret-place' } })
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer();
      const { status, body, headers } = await upload(bytes, { type: 'image/jpeg' });
      expect(status).to.equal(201);
      const { id } = body.data;
      expect(body.data).to.include({ width: 200, height: 300, mediaType: 'image/jpeg' });
      expect(headers.get('location')).to.equal(`/v1/images/${id}`);
      const { exif, orientation } = await sharp((await read(id)).bytes).metadata();
      expect([exif, orientation]).to.deep.equal([undefined, undefined]);
    });

    it('as a data URL', async () => {
      const bytes = await drawPicture({ shade: 1 }).webp().toBuffer();
      const dataUrl = `data:image/webp;base64,${bytes.toString('base64')}`;
      const { status, body } = await media.call('POST', '/v1/images', { bearer: staff, body: { purpose: 'product', dataUrl } });
      expect([status, body.data.mediaType, body.data.width]).to.deep.equal([201, 'image/webp', 400]);
    });

    it('once: the same bytes of an owner are one image, also at the same time', async () => {
      const bytes = await drawPicture({ shade: 2 }).png().toBuffer();
      const answers = await Promise.all([upload(bytes), upload(bytes), upload(bytes)]);
      expect(answers.map(({ status }) => status)).to.have.members([200, 200, 201]);
      const [id] = new Set(answers.map(({ body }) => body.data.id as string));
      expect(new Set(answers.map(({ body }) => body.data.id))).to.have.property('size', 1);
      const again = await upload(bytes);
      expect([again.status, again.body.data.id]).to.deep.equal([200, id]);
      const other = await upload(bytes, { bearer: { id: newId(), roles: ['buyer', 'admin'] } });
      expect(other.body.data.id).not.to.equal(id);
      const stored = await Promise.all((await readdir(media.directory)).map((part) => readdir(join(media.directory, part))));
      const rows = await media.database.db('images').count({ images: '*' });
      expect(stored.flat()).to.have.length(Number(rows[0]?.['images']));
    });

    const valid = (): Promise<Buffer> => drawPicture({ shade: 3 }).png().toBuffer();
    const bomb = async (): Promise<Buffer> => drawPicture({ width: 4_000, height: 4_000 }).png().toBuffer();
    const hostile: Record<string, { bytes: () => Promise<Buffer>; type?: string; status: number; code: string }> = {
      'a bomb of 16 megapixels in a few kilobytes': { bytes: bomb, status: 422, code: 'IMAGE_TOO_MANY_PIXELS' },
      'a truncated JPEG': {
        bytes: async () => (await drawPicture({ shade: 4 }).jpeg().toBuffer()).subarray(0, 700),
        type: 'image/jpeg',
        status: 422,
        code: 'IMAGE_UNREADABLE',
      },
      'a truncated PNG': { bytes: async () => (await valid()).subarray(0, 200), status: 422, code: 'IMAGE_UNREADABLE' },
      'a polyglot with an archive': {
        bytes: async () => Buffer.concat([await valid(), Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`, 'latin1')]),
        status: 422,
        code: 'IMAGE_WITH_OTHER_CONTENT',
      },
      'a polyglot with a page': {
        bytes: async () => Buffer.concat([await valid(), Buffer.from('<html><script>alert(1)</script>')]),
        status: 422,
        code: 'IMAGE_WITH_OTHER_CONTENT',
      },
      'an SVG': {
        bytes: async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        status: 422,
        code: 'IMAGE_UNREADABLE',
      },
      'a GIF': { bytes: () => drawPicture().gif().toBuffer(), status: 422, code: 'IMAGE_UNREADABLE' },
      'a PNG that says it is a JPEG': { bytes: valid, type: 'image/jpeg', status: 422, code: 'IMAGE_TYPE_MISMATCH' },
      'a type that is no image of ours': { bytes: valid, type: 'image/svg+xml', status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' },
      'a form': { bytes: valid, type: 'multipart/form-data; boundary=x', status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' },
      '11 MiB': { bytes: async () => Buffer.alloc(11 * 1024 * 1024), status: 413, code: 'PAYLOAD_TOO_LARGE' },
    };
    for (const [name, { bytes, type, status, code }] of Object.entries(hostile))
      it(`not if they are ${name}`, async () => {
        const answer = await upload(await bytes(), { ...(type !== undefined && { type }) });
        expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
      });

    it('not as a data URL of another type, of no base64, or of 11 MiB', async () => {
      const send = (dataUrl: string) =>
        media.call('POST', '/v1/images', { bearer: staff, body: { purpose: 'product', dataUrl } });
      const codeOf = async (dataUrl: string): Promise<unknown[]> => {
        const { status, body } = await send(dataUrl);
        return [status, body.code];
      };
      expect(await codeOf('data:image/svg+xml;base64,PHN2Zy8+')).to.deep.equal([422, 'VALIDATION_FAILED']);
      expect(await codeOf('data:image/gif;base64,R0lGODlhAQABAAAAACw=')).to.deep.equal([422, 'VALIDATION_FAILED']);
      expect(await codeOf('data:image/png;base64,%00')).to.deep.equal([422, 'VALIDATION_FAILED']);
      expect(await codeOf('https://i.example/1.png')).to.deep.equal([422, 'VALIDATION_FAILED']);
      const large = Buffer.alloc(11 * 1024 * 1024).toString('base64');
      expect(await codeOf(`data:image/png;base64,${large}`)).to.deep.equal([413, 'PAYLOAD_TOO_LARGE']);
    });

    it('not with a body of many parts, which would be expensive to parse', async () => {
      const codeOf = async (text: string): Promise<unknown[]> => {
        const response = await fetch(`${media.url}/v1/images`, {
          method: 'POST',
          headers: { authorization: `Bearer ${media.tokenFor(staff)}`, 'content-type': 'application/json' },
          body: text,
        });
        return [response.status, ((await response.json()) as { code: string }).code];
      };
      expect(await codeOf('['.repeat(1_000_000))).to.deep.equal([422, 'VALIDATION_FAILED']);
      expect(await codeOf(`{"purpose":"product","dataUrl":"${'é'.repeat(1_000)}"}`)).to.deep.equal([422, 'VALIDATION_FAILED']);
      expect(await codeOf('{"purpose":')).to.deep.equal([400, 'MALFORMED_JSON']);
      expect(await codeOf('7')).to.deep.equal([422, 'VALIDATION_FAILED']);
      expect(await codeOf('{}')).to.deep.equal([422, 'VALIDATION_FAILED']);
    });

    it('only with one purpose', async () => {
      const bytes = await valid();
      const headers = { 'content-type': 'image/png' };
      expect((await media.call('POST', '/v1/images', { bearer: staff, headers, body: bytes })).status).to.equal(422);
      expect((await upload(bytes, { purpose: 'avatar' })).status).to.equal(422);
      const dataUrl = `data:image/png;base64,${bytes.toString('base64')}`;
      const both = { bearer: staff, body: { purpose: 'product', dataUrl } };
      expect((await media.call('POST', '/v1/images?purpose=claim', both)).status).to.equal(422);
    });
  });

  describe('of products are read by anyone', () => {
    let id: string;
    before(async () => {
      ({ id } = (await upload(await drawPicture({ width: 700, height: 350, shade: 10 }).png().toBuffer())).body.data);
    });

    for (const [accept, type] of [
      ['image/avif,image/webp,*/*', 'avif'],
      ['image/webp,*/*', 'webp'],
      ['*/*', 'jpeg'],
    ] as const)
      it(`as ${type} for ${accept}, to be kept for ever`, async () => {
        const { status, headers, bytes } = await read(id, { accept, query: '?width=320' });
        expect([status, headers.get('content-type')]).to.deep.equal([200, `image/${type}`]);
        expect(headers.get('cache-control')).to.equal('public, max-age=31536000, immutable');
        expect(headers.get('vary')?.split(', ')).to.include('Accept');
        expect(headers.get('cross-origin-resource-policy')).to.equal('cross-origin');
        const { width, height, format } = await sharp(bytes).metadata();
        expect([width, height, format]).to.deep.equal([320, 160, type === 'avif' ? 'heif' : type]);
      });

    it('in their own size without a width, and where they are not wider', async () => {
      for (const query of ['', '?width=1280']) {
        const { bytes, headers } = await read(id, { query });
        expect((await sharp(bytes).metadata()).width).to.equal(700);
        expect(headers.get('etag')).to.equal(`"${id}-full.jpeg"`);
      }
      for (const query of ['?width=100', '?width=0', '?format=png', '?x=1'])
        expect((await read(id, { query })).status, query).to.equal(422);
    });

    it('not again if the stored answer is right', async () => {
      const { headers } = await read(id, { query: '?width=160' });
      const etag = headers.get('etag') ?? '';
      const conditional = (tag: string, accept: string): Promise<Answer> =>
        media.call('GET', `/v1/images/${id}?width=160`, { headers: { 'if-none-match': tag, accept } });
      const same = await conditional(`"other", W/${etag}`, '*/*');
      expect([same.status, same.bytes.length, same.headers.get('etag')]).to.deep.equal([304, 0, etag]);
      expect((await conditional(etag, 'image/webp')).status).to.equal(200);
    });

    it('as JSON with a data URL', async () => {
      const { body } = await read(id, { query: '?width=160&format=dataUrl', accept: 'image/webp' });
      const { dataUrl, bytes, ...shown } = body.data;
      expect(shown).to.deep.equal({ id, width: 160, height: 80, mediaType: 'image/webp' });
      const decoded = Buffer.from(dataUrl.slice('data:image/webp;base64,'.length), 'base64');
      expect([decoded.length, (await sharp(decoded).metadata()).width]).to.deep.equal([bytes, 160]);
    });

    it('in sizes that are made once, also for many at the same time', async () => {
      const made = async (): Promise<number> => {
        const { bytes } = await media.call('GET', '/metrics');
        const counted = /florin_image_decode_seconds_count\{[^}]*kind="derive"[^}]*\} (\d+)/.exec(bytes.toString());
        return Number(counted?.[1] ?? 0);
      };
      const before = await made();
      const answers = await Promise.all(Array.from({ length: 12 }, () => read(id, { query: '?width=640' })));
      expect(answers.every(({ status, bytes }) => status === 200 && bytes.equals(answers[0]?.bytes ?? Buffer.alloc(0)))).to.equal(
        true,
      );
      await read(id, { query: '?width=640' });
      expect(await made()).to.equal(before + 1);
    });
  });

  describe('of claims', () => {
    const bob: Bearer = { id: newId() };
    const photo = async (shade: number, bearer = bob): Promise<Answer> =>
      upload(await drawPicture({ shade }).png().toBuffer(), { bearer, purpose: 'claim' });

    it('are read by their owner and staff alone, and kept by no cache', async () => {
      const { status, body } = await photo(20);
      expect(status).to.equal(201);
      const { id } = body.data;
      for (const bearer of [undefined, alice]) {
        const { status: refused, body: problem } = await read(id, { ...(bearer && { bearer }) });
        expect([refused, problem.code]).to.deep.equal([404, 'NOT_FOUND']);
      }
      for (const bearer of [bob, staff]) {
        const { status: found, headers } = await read(id, { bearer });
        expect([found, headers.get('cache-control')]).to.deep.equal([200, 'private, no-store']);
      }
    });

    it('are bounded by day, not by repetition', async () => {
      const claimant: Bearer = { id: newId() };
      const answers = await Promise.all([30, 31, 32, 33, 34].map((shade) => photo(shade, claimant)));
      expect(answers.filter(({ status }) => status === 201)).to.have.length(3);
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused).to.have.length(2);
      expect(Number(refused[0]?.headers.get('retry-after'))).to.be.within(86_000, 86_400);
      const kept = answers.findIndex(({ status }) => status === 201);
      expect((await photo(30 + kept, claimant)).status).to.equal(200);
      await media.database
        .db('images')
        .where('owner_id', idBytes(claimant.id))
        .update({ created_at: new Date(0) });
      expect((await photo(35, claimant)).status).to.equal(201);
    });

    it('are deleted with their owner, files and all, and the owner uploads no more', async () => {
      const eve: Bearer = { id: newId(), roles: ['buyer', 'staff'] };
      const { id } = (await photo(40, eve)).body.data;
      const product = (await upload(await drawPicture({ shade: 41 }).png().toBuffer(), { bearer: eve })).body.data.id;
      await read(id, { bearer: eve, query: '?width=160' });
      expect(await filesOf(id)).to.deep.equal(['160.jpeg', 'original']);
      await media.publish(makeEvent('user-erased', { sequence: 1, data: { userId: eve.id } }));
      await eventually(async () => expect((await read(id, { bearer: staff })).status).to.equal(404));
      await eventually(async () => expect(await filesOf(id)).to.deep.equal([]));
      await eventually(async () => expect(await media.database.db('deleted_images')).to.deep.equal([]));
      expect((await read(product)).status).to.equal(200);
      expect((await photo(42, eve)).status).to.equal(401);
    });
  });

  it('without a row lose their files, and the others do not', async () => {
    const storage = openStorage({ kind: 'directory', directory: media.directory });
    const { id } = (await upload(await drawPicture({ shade: 50 }).png().toBuffer())).body.data;
    const orphan = newId();
    await storage.put(orphan, 'original', Buffer.from('left by a crash between file and row'));
    const { db } = media.database;
    const sweep = async (now: Date): Promise<number> => {
      let deleted = 0;
      for (let part = 0; part < STORAGE_PARTS; part++) deleted += await deleteOrphans(db, storage, { part, now });
      return deleted;
    };
    expect(await sweep(new Date())).to.equal(0);
    expect(await sweep(new Date(Date.now() + DAY_AHEAD_MS))).to.equal(1);
    expect([await filesOf(orphan), await filesOf(id)]).to.deep.equal([[], ['original']]);
  });

  it('of the demo catalogue are drawn once', async () => {
    const storage = openStorage({ kind: 'directory', directory: media.directory });
    const { db } = media.database;
    const seed = (): Promise<number> =>
      seedImages({ db, transact: createTransact(db), storage, actor: { actorId: null, actorName: 'olga' } });
    expect([await seed(), await seed()]).to.deep.equal([demoImages.length, 0]);
    const { status, bytes } = await read(demoImages[0]?.id ?? '', { accept: 'image/webp', query: '?width=160' });
    expect([status, (await sharp(bytes).metadata()).width]).to.deep.equal([200, 160]);
  });

  it('without a file are found', async () => {
    const storage = openStorage({ kind: 'directory', directory: media.directory });
    const { id } = (await upload(await drawPicture({ shade: 51 }).png().toBuffer())).body.data;
    await storage.deleteImage(id);
    const found: string[] = [];
    const missing = findMissingFiles(media.database.db, storage, (imageId) => found.push(imageId));
    expect([await missing.next(), found]).to.deep.equal([1, [id]]);
    await media.database.db('images').where('id', idBytes(id)).del();
  });
});

describe('uploads at the same time', function () {
  this.timeout(300_000);
  let media: RunningMedia;
  before(async () => {
    media = await startMedia({ IMAGE_UPLOADS_MAX: '1', IMAGE_UPLOADS_PER_MIN: '5' });
  });
  after(() => media?.stop());

  it('are bounded in one instance, and per user', async () => {
    const bytes = await drawPicture({ width: 1_500, height: 1_500 }).png().toBuffer();
    const send = (): Promise<Answer> =>
      media.call('POST', '/v1/images?purpose=product', { bearer: staff, headers: { 'content-type': 'image/png' }, body: bytes });
    const statuses = (await Promise.all(Array.from({ length: 4 }, send))).map(({ status }) => status);
    expect(statuses).to.include(201).and.include(503);
    const later: number[] = [];
    for (let sent = 0; sent < 6; sent++)
      await eventually(async () => expect(later.push((await send()).status) && later.at(-1)).not.to.equal(503));
    expect(later).to.include(200);
    expect(later.at(-1)).to.equal(429);
  });
});
