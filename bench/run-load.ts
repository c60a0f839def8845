import type { Spread } from './pick.ts';
import type { CpuTimes } from './read-cpu.ts';
import { runChild } from './run-child.ts';

export type LoadSpec = {
  url: string;
  connections: number;
  seconds: number;
  /** Requests per second of all connections together (default: unlimited). */
  ratePerS?: number;
  /** File with the tokens and the ids of the products. */
  dataPath: string;
  wallets: Spread;
  products: Spread;
  /** Number of requests instead of seconds. Each is sent for the next user and product of the file, in turn. */
  amount?: number;
  /** Buys carts that have one unit of the user's product, instead of that unit. */
  isCheckout?: boolean;
  /** Requests the decision with `Prefer: wait`. */
  waitS?: number;
  /** Each request has one of many addresses, as behind a trusted proxy. */
  hasAddresses?: boolean;
};

export type LoadResult = {
  startedAt: number;
  endedAt: number;
  /** Number of answers by status. */
  statuses: Record<string, number>;
  /** Number of requests without an answer. */
  failures: number;
  /** Latency of accepted purchases, and of rejected requests. */
  latencyMs: Percentiles;
  refusalMs: Percentiles;
};

export type Percentiles = { p50: number; p90: number; p99: number; most: number };

/** Runs one load in a separate process. Returns its figures and the generator's processor time. */
export async function runLoad(spec: LoadSpec): Promise<LoadResult & { cpu: CpuTimes }> {
  const { result, cpuMs } = await runChild<LoadResult>('load.ts', spec);
  return { ...result, cpu: { load: cpuMs } };
}

/** Number of answers that accepted a purchase. */
export function acceptedOf({ statuses }: Pick<LoadResult, 'statuses'>): number {
  return (statuses['202'] ?? 0) + (statuses['200'] ?? 0);
}
