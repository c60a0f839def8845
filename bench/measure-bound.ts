import type { Bench, Stage } from './bench-platform.ts';
import { type CpuTimes, cpuBetween, readCpu } from './read-cpu.ts';
import { runChild } from './run-child.ts';

export type BoundSpec = { databaseUrls: { product: string; payment: string }; dataPath: string; seconds: number };
export type BoundResult = { purchases: number; durationMs: number };
export type BoundFigures = { decidedPerS: number; cpuUs: CpuTimes };

/** Measures the statements of purchases alone, see bound.ts. */
export async function measureBound(bench: Bench, stage: Stage, seconds: number): Promise<BoundFigures> {
  const { databaseUrls, dataPath } = stage;
  const before = readCpu(bench.pids);
  const { result, cpuMs } = await runChild<BoundResult>('bound.ts', { databaseUrls, dataPath, seconds } satisfies BoundSpec);
  const { purchases, durationMs } = result;
  const cpu = { ...cpuBetween(before, readCpu(bench.pids)), statements: cpuMs };
  return {
    decidedPerS: (purchases * 1_000) / durationMs,
    cpuUs: Object.fromEntries(Object.entries(cpu).map(([name, ms]) => [name, (ms * 1_000) / purchases])),
  };
}
