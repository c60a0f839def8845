import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Spread } from './pick.ts';
import { type CpuTimes, cpuBetween, readCpu } from './read-cpu.ts';
import { runsTypeScript } from './runs-typescript.ts';

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
  latencyMs: { p50: number; p90: number; p99: number; most: number };
};

/** Runs one load in a process of its own; returns its figures, and the processor time that generating it took. */
export async function runLoad(spec: LoadSpec): Promise<LoadResult & { cpu: CpuTimes }> {
  const child = fork(join(import.meta.dirname, 'load.ts'), [], {
    execArgv: [...runsTypeScript],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    child.send(spec);
    const outcome = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => undefined)])) as
      | [LoadResult]
      | undefined;
    if (outcome === undefined) throw new Error('The load generator ended before it was done');
    const cpu = child.pid === undefined ? {} : cpuBetween({}, readCpu({ load: child.pid }));
    return { ...outcome[0], cpu };
  } finally {
    child.kill('SIGKILL');
  }
}

/** Answers that took a purchase. */
export function acceptedOf({ statuses }: Pick<LoadResult, 'statuses'>): number {
  return (statuses['202'] ?? 0) + (statuses['200'] ?? 0);
}
