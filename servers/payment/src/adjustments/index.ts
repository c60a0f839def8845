export { adjustmentInvariants } from './invariants.ts';
export { makeRoom, type Room, recordRoom } from './make-room.ts';
