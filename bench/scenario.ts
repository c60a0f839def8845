import type { Bench } from './bench-platform.ts';

export type ScenarioOptions = { rounds: number; seconds: number };

/** A table of figures; a cell is a number as measured, or words. */
export type Table = { title: string; columns: readonly string[]; rows: readonly (readonly (string | number)[])[] };

/** What a scenario measured, and by which of its bars it is judged. */
export type ScenarioResult = {
  tables: readonly Table[];
  bars: readonly { what: string; wanted: string; measured: string; isMet: boolean }[];
  /** Everything measured, for whoever reads the JSON. */
  raw: unknown;
};

export type Scenario = {
  name: string;
  summary: string;
  run(bench: Bench, options: ScenarioOptions): Promise<ScenarioResult>;
};

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = low] = sorted.length % 2 === 1 ? [sorted[middle]] : [sorted[middle - 1], sorted[middle]];
  return (low + high) / 2;
}
