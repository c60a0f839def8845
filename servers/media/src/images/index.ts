export { imageInvariants } from './invariants.ts';
export { seedImages } from './seed-images.ts';
