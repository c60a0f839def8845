import type { Bench } from './bench-platform.ts';

export type ScenarioOptions = { rounds: number; seconds: number };

/** A table of figures; a cell is a measured number, or text. */
export type Table = { title: string; columns: readonly string[]; rows: readonly (readonly (string | number)[])[] };

/** Measurements of a scenario and its targets. */
export type ScenarioResult = {
  tables: readonly Table[];
  targets: readonly { what: string; wanted: string; measured: string; isMet: boolean }[];
  /** All measurements, for the JSON output. */
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
