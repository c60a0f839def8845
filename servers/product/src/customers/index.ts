export { customerInvariants } from './invariants.ts';
