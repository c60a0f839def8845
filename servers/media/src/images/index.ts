export { imageInvariants } from './invariants.ts';
