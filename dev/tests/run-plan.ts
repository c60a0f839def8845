// Runs a plan of test files and writes the reports. It is a process of its own, so that Node's options are those of its workers.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Durations, TestPlan } from './plan-tests.ts';
import { repeatFailed } from './repeat-failed.ts';
import { runInWorkers } from './run-in-workers.ts';
import type { FileResult } from './test-result.ts';
import { lineOf, writeReports } from './write-reports.ts';

export type PlanToRun = TestPlan & { workers: number; suite?: string; durationsFile: string };

const root = join(import.meta.dirname, '../..');
const { together, alone, workers, suite, durationsFile } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as PlanToRun;

const startedAt = performance.now();
const first: FileResult[] = [];
const total = together.length + alone.length;
await run(together, { workers, into: first, total });
await run(alone, { workers: 1, into: first, total });
const results = await repeatFailed(first, async (files) => {
  print(`\nFailed, and run once more: ${files.join(', ')}`);
  return run(files, { workers: 1, into: [], total: files.length });
});
const durationMs = performance.now() - startedAt;
const counts = writeReports(results, { directory: join(root, 'reports'), suite, durationMs });
keepDurations();
print(slowestFiles());
print(`${lineOf(counts)} in ${seconds(durationMs)} s`);
process.exitCode = counts.failed === 0 ? 0 : 1;

type Running = { workers: number; into: FileResult[]; total: number };

async function run(files: readonly string[], { into, total, ...running }: Running): Promise<FileResult[]> {
  const onResult = (result: FileResult): void => {
    into.push(result);
    print(`\n${result.file} (${timesOf(result)}, ${into.length} of ${total})${result.output}`);
  };
  await runInWorkers(files, { workers: running.workers, execArgv: process.execArgv, onResult });
  return into;
}

function keepDurations(): void {
  const durations = Object.fromEntries(results.map(({ file, durationMs: took }) => [file, Math.round(took)]));
  writeFileSync(durationsFile, JSON.stringify({ ...readDurations(), ...durations }, null, 2));
}

function readDurations(): Durations {
  try {
    return JSON.parse(readFileSync(durationsFile, 'utf8')) as Durations;
  } catch {
    return {};
  }
}

function slowestFiles(): string {
  const slowest = [...results].sort((a, b) => b.durationMs - a.durationMs).slice(0, 10);
  const lines = slowest.map((result) => `  ${timesOf(result)}  ${result.file}`);
  const sumOf = (field: 'cpuMs' | 'childrenCpuMs'): string => seconds(results.reduce((sum, result) => sum + result[field], 0));
  const total = `Processor time of the workers: ${sumOf('cpuMs')} s, of their child processes: ${sumOf('childrenCpuMs')} s`;
  return `\nThe slowest files:\n${lines.join('\n')}\n${total}\n`;
}

/** The duration, and the processor time of the worker and of its child processes. */
function timesOf({ durationMs, cpuMs, childrenCpuMs }: FileResult): string {
  return `${seconds(durationMs)} s, processor ${seconds(cpuMs)} + ${seconds(childrenCpuMs)} s`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
