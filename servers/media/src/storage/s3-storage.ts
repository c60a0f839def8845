import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { folderOf, folderOfPart, type ImageStorage, type StoredImage } from './image-storage.ts';

export type S3Options = {
  bucket: string;
  region: string;
  /** Undefined: Amazon's. */
  endpoint: string | undefined;
  forcePathStyle: boolean;
  accessKeyId: string;
  secretAccessKey: string;
};

/** Comes before every key, so that the bucket may hold other things. */
const PREFIX = 'images/';
const CONNECTION_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 20_000;
const MAX_ATTEMPTS = 3;

/** Keeps the files of images in a bucket of S3, or of a server with its API. An object appears as a whole. */
export function openS3Storage({ bucket, region, endpoint, forcePathStyle, ...credentials }: S3Options): ImageStorage {
  const client = new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    forcePathStyle,
    credentials,
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    // Other servers than Amazon's do not know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const keyOf = (imageId: string, name: string): string => `${PREFIX}${folderOf(imageId)}/${name}`;
  async function* objectsBelow(folder: string): AsyncGenerator<{ key: string; at: Date }> {
    let token: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: `${PREFIX}${folder}/`, ContinuationToken: token }),
      );
      for (const { Key: key = '', LastModified: at = new Date() } of page.Contents ?? []) yield { key, at };
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }
  return {
    async put(imageId, name, bytes) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: keyOf(imageId, name), Body: bytes }));
    },
    async get(imageId, name) {
      try {
        const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(imageId, name) }));
        return body === undefined ? undefined : Buffer.from(await body.transformToByteArray());
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async has(imageId, name) {
      try {
        await client.send(new HeadObjectCommand({ Bucket: bucket, Key: keyOf(imageId, name) }));
        return true;
      } catch (error) {
        if (error instanceof NotFound || error instanceof NoSuchKey) return false;
        throw error;
      }
    },
    async deleteImage(imageId) {
      const keys: { Key: string }[] = [];
      for await (const { key } of objectsBelow(folderOf(imageId))) keys.push({ Key: key });
      if (keys.length === 0) return;
      const { Errors: errors = [] } = await client.send(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: keys, Quiet: true } }),
      );
      if (errors.length > 0)
        throw new Error(`${errors.length} files of image ${imageId} were not deleted: ${errors[0]?.Message}`);
    },
    // Keys come in order, so that the objects of one image come one after another.
    async *listPart(part) {
      let current: StoredImage | undefined;
      for await (const { key, at } of objectsBelow(folderOfPart(part))) {
        const imageId = key.split('/')[2] ?? '';
        if (current !== undefined && current.imageId !== imageId) yield current;
        const isNewer = current?.imageId !== imageId || at > current.changedAt;
        current = { imageId, changedAt: isNewer ? at : (current?.changedAt ?? at) };
      }
      if (current !== undefined) yield current;
    },
    close: () => client.destroy(),
  };
}
