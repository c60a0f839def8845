import type { ServiceName } from '../platform/service-names.ts';
import type { Counters } from './counters.ts';
import type { Doors } from './open-doors.ts';

/** A row of either service, with the key that both share. */
export type Keyed = { row_key: Buffer };

export type Statement = { sql: string; values: readonly unknown[] };

/** SQL that reads one service's rows: pages in the order of their keys, and rows by key. */
export type Side = {
  service: ServiceName;
  page(after: Buffer | undefined, limit: number): Statement;
  ofKeys(keys: readonly Buffer[]): Statement;
};

export type Pair<L extends Keyed, R extends Keyed> = { key: Buffer; left: L | undefined; right: R | undefined };

export type Difference = { check: string; detail: string };

/** Rows of two services that must agree, and the rule by which they do. */
export type Comparison<L extends Keyed, R extends Keyed> = {
  left: Side;
  right: Side;
  /** Checks that its differences belong to, each with the noun for its rows if it reads all of them. */
  checks: Readonly<Record<string, string | undefined>>;
  checksOf(pair: Pair<L, R>): readonly string[];
  subjectOf(key: Buffer): string;
  /** Returns the difference between the two, if any. Pure. */
  differenceOf(pair: Pair<L, R>): Difference | undefined;
  /** Returns the part of the first difference that remains (default: differenceOf(now)). */
  remainingOf?(first: Pair<L, R>, now: Pair<L, R>): Difference | undefined;
};

export type CompareOptions = { doors: Doors; counters: Counters; recheckMs: number; signal?: AbortSignal | undefined };
