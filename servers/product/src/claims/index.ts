export { claimInvariants } from './invariants.ts';
