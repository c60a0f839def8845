import { createHash } from 'node:crypto';
import { AppError } from '@florin/app-response';
import { newId, type Transact } from '@florin/database';
import type { Knex } from 'knex';
import type { Decoded, Decoder, DecoderFault, DecodeTask, Format } from '../decoder/index.ts';
import type { ImageStorage } from '../storage/index.ts';
import { imageErrors } from './errors.ts';
import { findContent, type Image, ORIGINAL } from './image.ts';
import { unavailable } from './image-sizes.ts';
import { assertQuota, insertImage } from './insert-image.ts';
import type { Upload } from './read-upload.ts';
import { hasOtherContent, recogniseImage } from './recognise-image.ts';

/** Longest edge of a stored image, in pixels. Screens show no more. */
const MAX_EDGE = 2_560;

export type AddOptions = {
  db: Knex;
  transact: Transact;
  storage: ImageStorage;
  decoder: Decoder;
  claimPhotosPerDay: number;
  maxPixels: number;
};

/**
 * Stores an image: its file first, then its row with the event. A crash in between leaves a file without a row, which a periodic job
 * deletes. The same bytes of an owner for the same purpose are stored once.
 *
 * @throws AppError IMAGE_UNREADABLE, IMAGE_TYPE_MISMATCH, IMAGE_WITH_OTHER_CONTENT, IMAGE_TOO_MANY_PIXELS, IMAGE_TOO_COMPLEX,
 *   RATE_LIMITED, UNAVAILABLE, UNAUTHENTICATED if the owner was erased
 */
export async function addImage(
  upload: Upload & { ownerId: string },
  options: AddOptions,
): Promise<{ image: Image; isNew: boolean }> {
  const { db, transact, storage, claimPhotosPerDay } = options;
  const { bytes, purpose, ownerId } = upload;
  const format = requireImage(upload);
  const content = { ownerId, purpose, contentHash: createHash('sha256').update(bytes).digest() };
  const known = await findContent(db, content);
  if (known !== undefined) return { image: known, isNew: false };
  await assertQuota(db, content, claimPhotosPerDay);
  const clean = await decodeClean(options, bytes, format);
  const id = newId();
  const cleanBytes = Buffer.from(clean.bytes);
  await storage.put(id, ORIGINAL, cleanBytes).catch((error: unknown) => {
    throw unavailable('the storage of images is away', error);
  });
  // A file that stays is left to the periodic job, and does not change the answer.
  const tidy = (): Promise<void> => storage.deleteImage(id).catch(() => {});
  const { width, height } = clean;
  const row = { ...content, id, mediaType: `image/${format}`, width, height, bytes: cleanBytes.length } as const;
  const image = await transact((trx) => insertImage(trx, row, { claimPhotosPerDay })).catch(async (error: unknown) => {
    // Nothing was written. After any other error the row may be there, and the file is left to the periodic job.
    if (error instanceof AppError) await tidy();
    throw error;
  });
  if (image.id !== id) await tidy();
  return { image, isNew: image.id === id };
}

function requireImage({ bytes, mediaType }: Upload): Format {
  const format = recogniseImage(bytes);
  if (format === undefined) throw new AppError(imageErrors.IMAGE_UNREADABLE);
  if (mediaType !== `image/${format}`)
    throw new AppError(imageErrors.IMAGE_TYPE_MISMATCH, { detail: `The file is image/${format}, sent as ${mediaType}.` });
  if (hasOtherContent(bytes)) throw new AppError(imageErrors.IMAGE_WITH_OTHER_CONTENT);
  return format;
}

async function decodeClean({ decoder, maxPixels }: AddOptions, bytes: Buffer, format: Format): Promise<Decoded> {
  const task: DecodeTask = { kind: 'clean', format, maxEdge: MAX_EDGE };
  const decoded = await decoder.run(bytes, task);
  if (typeof decoded === 'string') throw errorOf(decoded, maxPixels);
  return decoded;
}

function errorOf(fault: DecoderFault, maxPixels: number): AppError {
  if (fault === 'busy' || fault === 'stopped') return unavailable(`the decoders are ${fault}`);
  if (fault === 'too-many-pixels')
    return new AppError(imageErrors.IMAGE_TOO_MANY_PIXELS, { detail: `The maximum is ${maxPixels} pixels.` });
  if (fault === 'too-slow' || fault === 'too-large') return new AppError(imageErrors.IMAGE_TOO_COMPLEX);
  return new AppError(imageErrors.IMAGE_UNREADABLE);
}
