export { holdInvariants } from './invariants.ts';
