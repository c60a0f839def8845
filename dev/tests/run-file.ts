import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import './answers/fail-tests.ts';
import { type FileResult, failedFile, type TestResult, type TestState } from './test-result.ts';

const root = join(import.meta.dirname, '../..');
const { Base, Spec } = Mocha.reporters;

type Settings = { timeout: number; slow: number };

const { timeout, slow } = JSON.parse(readFileSync(join(root, '.mocharc.json'), 'utf8')) as Settings;

/** Runs one file in this process with a new Mocha. Modules that an earlier file loaded are not loaded again. */
export async function runFile(file: string): Promise<FileResult> {
  const startedAt = performance.now();
  const cpuAtStart = process.cpuUsage();
  const childrenAtStart = childrenCpuMs();
  const tests: TestResult[] = [];
  const lines: string[] = [];
  Base.consoleLog = (...values: unknown[]) => void lines.push(format(...values));
  const mocha = new Mocha({ timeout, slow, reporter: Spec });
  mocha.addFile(join(root, file));
  try {
    await mocha.loadFilesAsync();
  } catch (error) {
    return failedFile(file, 'cannot be loaded', textOf(error));
  }
  // Mocha ignores these errors and emits each a second time.
  const unhandled = new Map<Promise<unknown>, unknown>();
  const note = (reason: unknown, promise: Promise<unknown>): void => void unhandled.set(promise, reason);
  process.on('unhandledRejection', note);
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (test) => tests.push(resultOf(test, 'passed')));
    runner.on('pending', (test) => tests.push(resultOf(test, 'pending')));
    runner.on('fail', (test, error) => tests.push({ ...resultOf(test, 'failed'), failure: textOf(error) }));
  });
  process.off('unhandledRejection', note);
  for (const reason of unhandled.values())
    tests.push({ suite: file, title: 'a rejection is unhandled', state: 'failed', durationMs: 0, failure: textOf(reason) });
  mocha.dispose();
  const { user, system } = process.cpuUsage(cpuAtStart);
  return {
    file,
    tests,
    durationMs: performance.now() - startedAt,
    cpuMs: (user + system) / 1000,
    childrenCpuMs: childrenCpuMs() - childrenAtStart,
    output: lines.join('\n'),
  };
}

/** Processor time of all processes that this one has started and that have ended. Linux counts it in hundredths of a second. */
function childrenCpuMs(): number {
  if (process.platform !== 'linux') return 0;
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(13, 15);
  return (Number(user) + Number(system)) * 10;
}

function resultOf(test: Mocha.Runnable, state: TestState): TestResult {
  return { suite: test.parent?.fullTitle() ?? '', title: test.title, state, durationMs: test.duration ?? 0 };
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.stack ?? error.message;
}
