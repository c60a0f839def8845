export { type ImageStorage, STORAGE_PARTS } from './image-storage.ts';
export { openStorage, type StorageOptions } from './open-storage.ts';
