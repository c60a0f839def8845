import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startInfra } from './infra/start-infra.ts';

const root = join(import.meta.dirname, '..');
const directory = join(root, '.florin/test');
const summary = join(root, 'reports/tests.txt');
const allSpecs = [
  'packages/*/test/**/*.test.ts',
  'servers/*/test/**/*.test.ts',
  'tools/**/*.test.ts',
  'bench/*.test.ts',
  'e2e/**/*.test.ts',
];

type TestInfra = { databaseUrl: string; kafkaBrokers: string[]; stop(): Promise<void> };

const stopRequest = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopRequest.abort());

// What CI runs: build, lint, types, then the tests on a real database and broker, with coverage. Arguments choose test files.
process.exitCode = (await runAll(process.argv.slice(2))) ? 0 : 1;

async function runAll(chosenSpecs: readonly string[]): Promise<boolean> {
  mkdirSync(join(root, 'reports'), { recursive: true });
  writeFileSync(summary, '0 passed, 1 failed\n');
  const isSound =
    (await step('Build', 'tsc', ['-b', 'tsconfig.build.json'])) &&
    (await step('Lint and format', 'biome', [
      'ci',
      '--error-on-warnings',
      ...(process.stdout.isTTY ? [] : ['--colors=off']),
      '.',
    ])) &&
    (await step('Lint with types', 'oxlint', ['--type-aware', '--deny-warnings'])) &&
    (await step('Types', 'tsc', ['-p', 'tsconfig.json']));
  if (!isSound) return false;
  const infra = runningInfra() ?? (await startTestInfra());
  try {
    return await step('Tests', 'nyc', ['mocha', ...(chosenSpecs.length > 0 ? chosenSpecs : allSpecs)], {
      FLORIN_TEST_DATABASE_URL: infra.databaseUrl,
      FLORIN_TEST_KAFKA_BROKERS: infra.kafkaBrokers.join(','),
    });
  } finally {
    await infra.stop();
  }
}

/** Runs one of the installed tools; what it prints is seen as it comes. */
async function step(
  name: string,
  tool: string,
  toolArguments: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<boolean> {
  if (stopRequest.signal.aborted) return false;
  const startedAt = Date.now();
  print(`${name} ...`);
  // In a process group of its own, so that all of it can be ended: nyc does not end the Mocha that it started.
  const child = spawn(join(root, 'node_modules/.bin', tool), toolArguments, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
    detached: true,
  });
  const endGroup = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  };
  stopRequest.signal.addEventListener('abort', endGroup);
  const [code] = (await once(child, 'close')) as [number | null];
  stopRequest.signal.removeEventListener('abort', endGroup);
  print(`${name}: ${code === 0 ? 'ok' : 'FAILED'} after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  return code === 0;
}

/** What `npm run infra` keeps running, if it does. */
function runningInfra(): TestInfra | undefined {
  const path = join(directory, 'infra.json');
  if (!existsSync(path)) return undefined;
  const { databaseUrl, kafkaBrokers, pid } = JSON.parse(readFileSync(path, 'utf8')) as Omit<TestInfra, 'stop'> & { pid: number };
  return isAlive(pid) ? { databaseUrl, kafkaBrokers, stop: () => Promise.resolve() } : undefined;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function startTestInfra(): Promise<TestInfra> {
  return startInfra({ directory, isDurable: false, onProgress: print, signal: stopRequest.signal });
}

function print(message: string): void {
  process.stdout.write(`${message}\n`);
}
