import type { Invariant } from '@florin/invariants';
import { imageInvariants } from './images/index.ts';

/** The invariants that the audit checks. */
export const invariants: readonly Invariant[] = imageInvariants;
