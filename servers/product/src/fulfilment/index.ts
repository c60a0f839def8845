export { fulfilmentInvariants } from './invariants.ts';
