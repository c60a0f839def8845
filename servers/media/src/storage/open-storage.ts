import { openDirectoryStorage } from './directory-storage.ts';
import type { ImageStorage } from './image-storage.ts';
import { openS3Storage, type S3Options } from './s3-storage.ts';

export type StorageOptions = { kind: 'directory'; directory: string } | ({ kind: 's3' } & S3Options);

/** Opens the storage of the settings. Nothing connects yet. */
export function openStorage(options: StorageOptions): ImageStorage {
  return options.kind === 'directory' ? openDirectoryStorage(options.directory) : openS3Storage(options);
}
