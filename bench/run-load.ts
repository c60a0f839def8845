import type { Spread } from './pick.ts';
import type { CpuTimes } from './read-cpu.ts';
import { runChild } from './run-child.ts';

export type LoadSpec = {
  url: string;
  connections: number;
  seconds: number;
  /** Of all connections together; as fast as answers come where it is left out. */
  ratePerS?: number;
  /** Keeps the tokens and the ids of the products. */
  dataPath: string;
  wallets: Spread;
  products: Spread;
  /** Asks for the decision with `Prefer: wait`. */
  waitS?: number;
};

export type LoadResult = {
  startedAt: number;
  endedAt: number;
  /** How many answers by status. */
  statuses: Record<string, number>;
  /** Requests without an answer. */
  failures: number;
  /** Of the purchases taken, and of the requests that were refused. */
  latencyMs: Percentiles;
  refusalMs: Percentiles;
};

export type Percentiles = { p50: number; p90: number; p99: number; most: number };

/** Runs one load in a process of its own; returns its figures, and the processor time that generating it took. */
export async function runLoad(spec: LoadSpec): Promise<LoadResult & { cpu: CpuTimes }> {
  const { result, cpuMs } = await runChild<LoadResult>('load.ts', spec);
  return { ...result, cpu: { load: cpuMs } };
}

/** Answers that took a purchase. */
export function acceptedOf({ statuses }: Pick<LoadResult, 'statuses'>): number {
  return (statuses['202'] ?? 0) + (statuses['200'] ?? 0);
}
