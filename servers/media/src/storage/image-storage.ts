/** Files of one image in the storage, and when the newest of them was written. */
export type StoredImage = { imageId: string; changedAt: Date };

/**
 * Where the files of images are. Each image has a few files with names of their own: `original`, `320.webp`. A file is written as a
 * whole or not at all, and never changes.
 */
export type ImageStorage = {
  put(imageId: string, name: string, bytes: Uint8Array): Promise<void>;
  /** Undefined: there is no such file. */
  get(imageId: string, name: string): Promise<Buffer | undefined>;
  has(imageId: string, name: string): Promise<boolean>;
  /** Deletes all files of an image. Without effect if there are none. */
  deleteImage(imageId: string): Promise<void>;
  /**
   * Lists the images of one of `STORAGE_PARTS` parts, and deletes what interrupted writes left there.
   *
   * @param part 0 to 255
   */
  listPart(part: number): AsyncIterable<StoredImage>;
  /** Closes its connections. */
  close(): void;
};

export const STORAGE_PARTS = 256;

/** The folder of an image's files: the last digits of an id are random, its first ones a time. */
export function folderOf(imageId: string): string {
  return `${imageId.slice(-2)}/${imageId}`;
}

export function folderOfPart(part: number): string {
  return part.toString(16).padStart(2, '0');
}
