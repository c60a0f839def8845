export { imageErrors } from './errors.ts';
export { addressOf, imageIdOf } from './image-address.ts';
export { imageInvariants } from './invariants.ts';
export { findUnseen, rememberImages, requireSeen, seenImagesTable } from './seen-images.ts';
