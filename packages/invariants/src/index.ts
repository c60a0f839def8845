export { delayedWorkChecks } from './delayed-work-checks.ts';
export type {
  BrokenRow,
  Invariant,
  KeysOfUser,
  Query,
  RowInvariant,
  SweepInvariant,
  SweptPage,
  SweptTable,
} from './invariant.ts';
export { markedAmount, showAmounts } from './marked-amounts.ts';
export { PAGE_KEYS, type SweepOptions, sweepInvariant, type Violation } from './sweep-invariant.ts';
