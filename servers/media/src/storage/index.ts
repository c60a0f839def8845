export { openStorage, type StorageOptions } from './open-storage.ts';
export { type ImageStorage, STORAGE_PARTS } from './image-storage.ts';
