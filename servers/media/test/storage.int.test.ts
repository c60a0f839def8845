import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@florin/database';
import { failureOf } from '@florin/testing';
import { expect } from 'chai';
import { type ImageStorage, openStorage } from '../src/storage/index.ts';
import { type StubS3, startStubS3 } from './start-stub-s3.ts';

const bytes = Buffer.from('the bytes of an image');
const partOf = (imageId: string): number => Number.parseInt(imageId.slice(-2), 16);

async function listed(storage: ImageStorage, imageId: string): Promise<string[]> {
  const found: string[] = [];
  for await (const image of storage.listPart(partOf(imageId))) found.push(image.imageId);
  return found;
}

function keepsFiles(open: () => ImageStorage): void {
  it('keeps files, finds them, and deletes those of one image', async () => {
    const storage = open();
    const imageId = newId();
    const other = newId().slice(0, -2) + imageId.slice(-2);
    await storage.put(imageId, 'original', bytes);
    await storage.put(imageId, '160.webp', Buffer.from('small'));
    await storage.put(other, 'original', bytes);
    expect((await storage.get(imageId, 'original'))?.equals(bytes)).to.equal(true);
    expect([await storage.has(imageId, '160.webp'), await storage.has(imageId, '320.webp')]).to.deep.equal([true, false]);
    expect(await storage.get(imageId, '320.webp')).to.equal(undefined);
    expect(await listed(storage, imageId)).to.have.members([imageId, other]);
    await storage.deleteImage(imageId);
    await storage.deleteImage(imageId);
    expect(await storage.get(imageId, 'original')).to.equal(undefined);
    expect(await listed(storage, imageId)).to.deep.equal([other]);
  });

  it('replaces a file by the same one', async () => {
    const storage = open();
    const imageId = newId();
    await storage.put(imageId, 'original', bytes);
    await storage.put(imageId, 'original', bytes);
    expect((await storage.get(imageId, 'original'))?.equals(bytes)).to.equal(true);
  });
}

describe('the storage in a directory', () => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'florin-storage-'));
  });
  after(() => rm(directory, { recursive: true }));
  const open = (): ImageStorage => openStorage({ kind: 'directory', directory });

  keepsFiles(open);

  it('has no part of a file, and deletes what an interrupted write left an hour ago', async () => {
    const storage = open();
    const imageId = newId();
    await storage.put(imageId, 'original', bytes);
    const folder = join(directory, imageId.slice(-2), imageId);
    expect(await readdir(folder)).to.deep.equal(['original']);
    const [old, recent] = [join(folder, '.old'), join(folder, '.recent')];
    await Promise.all([old, recent].map((path) => writeFile(path, 'half')));
    await utimes(old, new Date(0), new Date(0));
    await listed(storage, imageId);
    expect((await readdir(folder)).sort()).to.deep.equal(['.recent', 'original']);
  });

  it('leaves nothing of a write that fails', async () => {
    const storage = open();
    const imageId = newId();
    const folder = join(directory, imageId.slice(-2), imageId);
    await mkdir(join(folder, 'original'), { recursive: true });
    await failureOf(storage.put(imageId, 'original', bytes));
    expect(await readdir(folder)).to.deep.equal(['original']);
  });
});

describe('the storage in S3', () => {
  let stub: StubS3;
  before(async () => {
    stub = await startStubS3('pictures');
  });
  after(() => stub.stop());
  const open = (): ImageStorage =>
    openStorage({
      kind: 's3',
      bucket: 'pictures',
      region: 'us-east-1',
      endpoint: stub.url,
      forcePathStyle: true,
      accessKeyId: 'key',
      secretAccessKey: 'secret',
    });

  keepsFiles(open);

  it('lists more than a page, each image once', async () => {
    const storage = open();
    const imageId = newId();
    for (let file = 0; file < 5; file++) await storage.put(imageId, `${file}.webp`, bytes);
    expect(await listed(storage, imageId)).to.deep.equal([imageId]);
    storage.close();
  });

  it('signs its requests, and says when the server refuses', async () => {
    expect(stub.authorizations.every((one) => one.startsWith('AWS4-HMAC-SHA256 Credential=key/'))).to.equal(true);
    const other = openStorage({
      kind: 's3',
      bucket: 'others',
      region: 'us-east-1',
      endpoint: stub.url,
      forcePathStyle: true,
      accessKeyId: 'key',
      secretAccessKey: 'secret',
    });
    expect(String(await failureOf(other.get(newId(), 'original')))).to.include('NoSuchBucket');
  });
});
