import { AppError, requestErrors } from '@florin/app-response';
import { faultOf, type Logger } from '@florin/runtime';
import type { Decoder, DecodeTask } from '../decoder/index.ts';
import type { ImageStorage } from '../storage/index.ts';
import { type Image, ORIGINAL } from './image.ts';

/** The widths that clients may ask for, in pixels. */
export const widths = [160, 320, 640, 1280] as const;
export type Width = (typeof widths)[number];

export type DerivedFormat = Extract<DecodeTask, { kind: 'derive' }>['format'];

/** A size and format of an image. Without `width`, or if the image is not wider, its own size. */
export type ImageSize = { format: DerivedFormat; width?: Width | undefined };

export type ImageSizes = {
  /**
   * Returns a size of an image. It is made when it is first asked for, and kept. Concurrent requests wait for the same work.
   *
   * @throws AppError UNAVAILABLE if the decoders or the storage are busy or away
   */
  get(image: Image, size: ImageSize): Promise<Buffer>;
};

type Dependencies = {
  storage: ImageStorage;
  decoder: Decoder;
  logger: Logger;
  /** Maximum number of sizes that are being made. Each holds its original in memory. */
  maxUnderWay: number;
};

export function createImageSizes({ storage, decoder, logger, maxUnderWay }: Dependencies): ImageSizes {
  const underWay = new Map<string, Promise<Buffer>>();
  const make = async ({ id }: Image, size: ImageSize, name: string): Promise<Buffer> => {
    const original = await orUnavailable(storage.get(id, ORIGINAL));
    if (original === undefined) throw new Error(`the file of image ${id} is missing`);
    const task: DecodeTask = { kind: 'derive', format: size.format, ...(size.width !== undefined && { width: size.width }) };
    const decoded = await decoder.run(original, task);
    if (typeof decoded === 'string') throw unavailable(`image ${id} could not be made into a size: ${decoded}`);
    const bytes = Buffer.from(decoded.bytes);
    // The answer does not need the file.
    await storage
      .put(id, name, bytes)
      .catch((error: unknown) => logger.warn('could not keep a size of an image', faultOf(error)));
    return bytes;
  };
  return {
    async get(image, size) {
      const name = nameOf(image, size);
      const kept = await orUnavailable(storage.get(image.id, name));
      if (kept !== undefined) return kept;
      const key = `${image.id}/${name}`;
      const known = underWay.get(key);
      if (known !== undefined) return known;
      if (underWay.size >= maxUnderWay) throw unavailable('too many sizes of images are being made');
      const made = make(image, fitted(image, size), name).finally(() => underWay.delete(key));
      underWay.set(key, made);
      return made;
    },
  };
}

/** The name of a size: of its file, and in its `ETag`. */
export function nameOf(image: Image, size: ImageSize): string {
  const { width, format } = fitted(image, size);
  return `${width ?? 'full'}.${format}`;
}

/** A width that the image does not have is its own. */
function fitted(image: Image, { width, format }: ImageSize): ImageSize {
  return { format, width: width !== undefined && width < image.width ? width : undefined };
}

/** Pixels of a size, as the decoder rounds them. */
export function pixelsOf(image: Image, size: ImageSize): { width: number; height: number } {
  const { width = image.width } = fitted(image, size);
  return { width, height: Math.max(1, Math.round((image.height * width) / image.width)) };
}

async function orUnavailable<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw unavailable('the storage of images is away', error);
  }
}

export function unavailable(reason: string, cause?: unknown): AppError {
  return new AppError(requestErrors.UNAVAILABLE, { headers: { 'Retry-After': '2' }, cause: cause ?? new Error(reason) });
}
