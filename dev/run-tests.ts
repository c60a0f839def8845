import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { runCommandLine, UsageError } from '../ops/command-line.ts';
import { provideNginx } from './infra/provide-nginx.ts';
import { startInfra } from './infra/start-infra.ts';

const root = join(import.meta.dirname, '..');
const directory = join(root, '.florin/test');
const summary = join(root, 'reports/tests.txt');
const failures = join(root, 'reports/failed.txt');
const allSpecs = [
  'packages/*/test/**/*.test.ts',
  'servers/*/test/**/*.test.ts',
  'ops/**/*.test.ts',
  'dev/**/*.test.ts',
  'release/**/*.test.ts',
  'chaos/**/*.test.ts',
  'bench/*.test.ts',
  'e2e/**/*.test.ts',
];

type TestInfra = { databaseUrl: string; kafkaBrokers: string[]; stop(): Promise<void> };

/** A part of the tests, for a pipeline that shows them one after the other; Mocha's arguments. */
const suites: Record<string, readonly string[]> = {
  unit: [...allSpecs, '--ignore', '**/*.int.test.ts', '--ignore', '**/*.e2e.test.ts'],
  integration: allSpecs.map((spec) => spec.replace('*.test.ts', '*.int.test.ts')),
  e2e: ['e2e/**/*.e2e.test.ts'],
};

const help = `npm test -- [--suite ${Object.keys(suites).join('|')}] [FILE…]

What CI runs: build, lint, types, then the tests on a real database and a real broker, with coverage. FILEs choose tests.

  --suite NAME   build, and then only these tests, without the bar for coverage; their reports are reports/tests-NAME.xml and
                 coverage/NAME

FLORIN_TEST_DATABASE_URL and FLORIN_TEST_KAFKA_BROKERS choose another database server (its administrator, without a database:
mysql://root:secret@host:3306) or broker than the private ones that it starts; the tests make databases and topics of their own there.

Exit code 0: all is well; 1: something is not, or was stopped; 2: wrong usage.`;

let stopping: AbortSignal;
await runCommandLine({
  help,
  flags: { suite: { type: 'string' } },
  mostPositionals: Number.POSITIVE_INFINITY,
  async run({ values, positionals, signal }) {
    stopping = signal;
    const { suite } = values;
    if (suite === undefined) return (await runAll(positionals)) ? 0 : 1;
    const specs = suites[String(suite)];
    if (specs === undefined || positionals.length > 0)
      throw new UsageError(`--suite is one of ${Object.keys(suites).join(', ')}.`);
    return (await runSuite(String(suite), specs)) ? 0 : 1;
  },
});

async function runSuite(name: string, specs: readonly string[]): Promise<boolean> {
  if (!(await step('Build', 'tsc', ['-b', 'tsconfig.build.json']))) return false;
  const coverage = ['--check-coverage=false', '--reporter=text-summary', '--reporter=cobertura', `--report-dir=coverage/${name}`];
  return test([...coverage, 'mocha', ...specs], { needsInfra: name !== 'unit', environment: { FLORIN_TEST_SUITE: name } });
}

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
  return test(['mocha', ...(chosenSpecs.length > 0 ? chosenSpecs : allSpecs)], { needsInfra: true });
}

type TestOptions = { needsInfra: boolean; environment?: NodeJS.ProcessEnv };

async function test(nycArguments: readonly string[], { needsInfra, environment }: TestOptions): Promise<boolean> {
  if (!needsInfra) return runTests(nycArguments, environment);
  await provideNginx(print, stopping);
  const infra = chosenInfra() ?? runningInfra() ?? (await startTestInfra());
  try {
    const {
      FLORIN_TEST_DATABASE_URL: databaseUrl = infra.databaseUrl,
      FLORIN_TEST_KAFKA_BROKERS: kafkaBrokers = infra.kafkaBrokers.join(','),
    } = process.env;
    print(`Node ${process.version}, database ${await versionOf(databaseUrl)}`);
    const addresses = { FLORIN_TEST_DATABASE_URL: databaseUrl, FLORIN_TEST_KAFKA_BROKERS: kafkaBrokers };
    return await runTests(nycArguments, { ...environment, ...addresses });
  } finally {
    await infra.stop();
  }
}

/** What failed is said once more at the end, where whoever looks at a log looks first. */
async function runTests(nycArguments: readonly string[], environment?: NodeJS.ProcessEnv): Promise<boolean> {
  rmSync(failures, { force: true });
  const isGreen = await step('Tests', 'nyc', nycArguments, environment);
  if (!isGreen && existsSync(failures)) print(readFileSync(failures, 'utf8'));
  return isGreen;
}

/** Runs one of the installed tools; what it prints is seen as it comes. */
async function step(
  name: string,
  tool: string,
  toolArguments: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<boolean> {
  if (stopping.aborted) return false;
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
  stopping.addEventListener('abort', endGroup);
  const [code] = (await once(child, 'close')) as [number | null];
  stopping.removeEventListener('abort', endGroup);
  print(`${name}: ${code === 0 ? 'ok' : 'FAILED'} after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  return code === 0;
}

/** Where the environment names both, nothing needs to be started. */
function chosenInfra(): TestInfra | undefined {
  const { FLORIN_TEST_DATABASE_URL: databaseUrl, FLORIN_TEST_KAFKA_BROKERS: brokers } = process.env;
  if (!databaseUrl || !brokers) return undefined;
  return { databaseUrl, kafkaBrokers: brokers.split(','), stop: () => Promise.resolve() };
}

async function versionOf(databaseUrl: string): Promise<string> {
  const connection = await createConnection({ uri: databaseUrl });
  try {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version');
    return String(rows[0]?.['version']);
  } finally {
    await connection.end();
  }
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
  return startInfra({ directory, isDurable: false, onProgress: print, signal: stopping });
}

function print(message: string): void {
  process.stdout.write(`${message}\n`);
}
