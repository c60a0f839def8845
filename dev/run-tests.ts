import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { connectToServer } from '@florin/database';
import type { RowDataPacket } from 'mysql2/promise';
import { runCommandLine, UsageError, wholeNumber } from '../ops/command-line.ts';
import { provideNginx } from './infra/provide-nginx.ts';
import { providePromtool } from './infra/provide-promtool.ts';
import { startInfra } from './infra/start-infra.ts';
import { changedFiles } from './tests/changed-files.ts';
import { chooseTests } from './tests/choose-tests.ts';
import { type Durations, planTests } from './tests/plan-tests.ts';
import { readReferences } from './tests/read-references.ts';
import { runSteps, type Step } from './tests/run-steps.ts';

const root = join(import.meta.dirname, '..');
const directory = join(root, '.florin/test');
const summary = join(root, 'reports/tests.txt');
const failures = join(root, 'reports/failed.txt');
const unstable = join(root, 'reports/unstable.txt');
/** Milliseconds that the longest files took in a run of all tests on two cores. */
const knownDurations = join(root, 'dev/tests/known-durations.json');
/** Where nyc looks for counts. */
const counts = join(root, '.nyc_output');
const allSpecs = [
  '{packages,apps}/*/test/**/*.test.ts',
  'servers/*/test/**/*.test.ts',
  '{ops,dev,release,chaos}/**/*.test.ts',
  'bench/*.test.ts',
  'e2e/**/*.test.ts',
];
/** Marks a file whose subject changes rarely and that costs much. The suites of a pipeline have it too. */
const ONLY_FULL = /^\/\/ Runs with --full: /m;
/** Higher than the number of cores, because tests wait for the broker and other processes more than they compute. */
const defaultWorkers = Math.min(3 * availableParallelism(), 12);

type TestInfra = { databaseUrl: string; kafkaBrokers: string[]; stop(): Promise<void> };

/** A part of the tests, for a pipeline that shows its parts one after the other. */
const suites: Record<string, (file: string) => boolean> = {
  unit: (file) => !/\.(int|e2e)\.test\.ts$/.test(file),
  integration: (file) => file.endsWith('.int.test.ts'),
  e2e: (file) => file.endsWith('.e2e.test.ts'),
};

const build: Step = { name: 'Build', tool: 'tsc', args: ['-b', 'tsconfig.build.json'] };

const apps: Step = { name: 'Apps', tool: process.execPath, args: ['--conditions=source', 'dev/apps/build-apps-command.ts'] };

const checks: readonly Step[] = [
  {
    name: 'Lint and format',
    tool: 'biome',
    args: ['ci', '--error-on-warnings', ...(process.stdout.isTTY ? [] : ['--colors=off']), '.'],
  },
  { name: 'Lint with types', tool: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  { name: 'Types', tool: 'tsc', args: ['-p', 'tsconfig.json'] },
  { name: 'Types of the apps', tool: 'tsc', args: ['-p', 'tsconfig.apps.json'] },
];

const help = `npm test -- [--full | --changed | --suite ${Object.keys(suites).join('|')}] [--workers N] [FILE…]

Runs build, lint and types, then the tests on a real database, a real broker and a real browser. FILEs choose tests.

  --full         also the tests whose first lines say that they run with --full, and the minimum of coverage
  --changed      only tests that reach a file that differs from main, committed or not
  --suite NAME   build, then only these tests, without a minimum of coverage; their reports are reports/tests-NAME.xml and
                 coverage/NAME
  --workers N    number of processes that run test files concurrently (default here: ${defaultWorkers})

FLORIN_TEST_DATABASE_URL and FLORIN_TEST_KAFKA_BROKERS choose another database server (its administrator, without a database:
mysql://root:secret@host:3306) or broker than the private ones that it starts; the tests create databases and topics there.

Exit code 0: all passed; 1: something failed, or was stopped; 2: wrong usage.`;

/** `coverage`: undefined means that nothing is counted. `minimum` also compares the counts with .nycrc.json. */
type Choice = { files: readonly string[]; suite?: string; coverage?: 'report' | 'minimum' };

await runCommandLine({
  help,
  flags: { full: { type: 'boolean' }, suite: { type: 'string' }, changed: { type: 'boolean' }, workers: { type: 'string' } },
  maxPositionals: Number.POSITIVE_INFINITY,
  async run({ values, positionals, signal }) {
    const workers = values['workers'] === undefined ? defaultWorkers : wholeNumber('workers', values['workers']);
    const { full = false, changed = false, suite } = values;
    const choice = choose({ suite, isChanged: changed === true, isFull: full === true, patterns: positionals });
    return (await runTests(choice, { workers, signal })) ? 0 : 1;
  },
});

type ChoiceOptions = { suite: string | boolean | undefined; isChanged: boolean; isFull: boolean; patterns: readonly string[] };

function choose({ suite, isChanged, isFull, patterns }: ChoiceOptions): Choice {
  if ([suite !== undefined, isChanged, isFull, patterns.length > 0].filter(Boolean).length > 1)
    throw new UsageError('Choose one of --full, --changed, --suite and files.');
  if (patterns.length > 0) return { files: filesOf(patterns) };
  const all = allTests();
  if (isChanged) return { files: chooseTests(all, changedFiles(root), readReferences(root)) };
  if (isFull) return { files: all, coverage: 'minimum' };
  if (suite === undefined) return { files: all.filter((file) => !isOnlyFull(file)) };
  const isInSuite = suites[String(suite)];
  if (isInSuite === undefined) throw new UsageError(`--suite is one of ${Object.keys(suites).join(', ')}.`);
  return { files: all.filter(isInSuite), suite: String(suite), coverage: 'report' };
}

function isOnlyFull(file: string): boolean {
  return ONLY_FULL.test(readFileSync(join(root, file), 'utf8'));
}

function allTests(): string[] {
  return filesOf(allSpecs).filter((file) => !file.includes('node_modules/'));
}

/** @throws UsageError if one of them names no file */
function filesOf(patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => {
    const files = globSync(pattern, { cwd: root });
    if (files.length === 0) throw new UsageError(`There is no test ${pattern}.`);
    return files;
  });
}

type Conditions = { workers: number; signal: AbortSignal };

async function runTests(choice: Choice, { workers, signal }: Conditions): Promise<boolean> {
  mkdirSync(join(root, 'reports'), { recursive: true });
  writeFileSync(summary, '0 passed, 1 failed\n');
  for (const report of [failures, unstable]) rmSync(report, { force: true });
  const needsInfra = choice.files.some((file) => !suites['unit']?.(file));
  const steps = [build, ...(needsInfra ? [apps] : []), ...(choice.suite === undefined ? checks : [])];
  const [sound, started] = await Promise.allSettled([
    runSteps(steps, { root, signal, print }),
    needsInfra ? openInfra(signal) : undefined,
  ]);
  try {
    const failure = [sound, started].find(({ status }) => status === 'rejected');
    if (failure?.status === 'rejected') throw failure.reason;
    const infra = started.status === 'fulfilled' ? started.value : undefined;
    return sound.status === 'fulfilled' && sound.value && (await runPlan(choice, { workers, infra, signal }));
  } finally {
    if (started.status === 'fulfilled') await started.value?.stop();
  }
}

type Surroundings = Conditions & { infra: TestInfra | undefined };

/** Repeats the failures at the end, where readers of a log look first. At most three failed files run a second time, alone. */
async function runPlan({ files, suite, coverage }: Choice, { workers, infra, signal }: Surroundings): Promise<boolean> {
  mkdirSync(directory, { recursive: true });
  const durationsFile = join(directory, 'durations.json');
  const planFile = join(directory, 'plan.json');
  const schemas = join(directory, 'schemas');
  rmSync(schemas, { recursive: true, force: true });
  mkdirSync(schemas);
  // A fresh checkout has no times. Their order by size alone lets two minutes of one file remain at the end.
  const plan = planTests(root, files, { ...readDurations(knownDurations), ...readDurations(durationsFile) });
  writeFileSync(planFile, JSON.stringify({ ...plan, workers, suite, durationsFile }));
  rmSync(counts, { recursive: true, force: true });
  mkdirSync(counts);
  // Enables Node's compile cache: tests start some hundred processes.
  const environment = {
    NODE_COMPILE_CACHE: join(directory, 'compiled'),
    FLORIN_TEST_SCHEMAS: schemas,
    ...(coverage && { FLORIN_COVERAGE: counts }),
    ...(infra && addressesOf(infra)),
  };
  const args = [...nodeOptions(), 'dev/tests/run-plan.ts', planFile];
  const tests: Step = { name: 'Tests', tool: process.execPath, args, environment, isShown: true };
  const report: Step = { name: 'Coverage', tool: 'nyc', args: coverageOf(suite, coverage === 'minimum'), isShown: true };
  const steps = coverage === undefined ? [tests] : [tests, report];
  const outcomes: boolean[] = [];
  for (const step of steps) outcomes.push(await runSteps([step], { root, signal, print }));
  const isGreen = outcomes.every((isOk) => isOk);
  for (const file of [unstable, failures]) if (existsSync(file)) print(readFileSync(file, 'utf8'));
  return isGreen;
}

/**
 * nyc's arguments: reports what the workers wrote, without running anything. A part of the tests has no minimum of coverage and
 * does not report files that it does not load.
 */
function coverageOf(suite: string | undefined, hasMinimum: boolean): string[] {
  const report = ['--no-clean', process.execPath, '--eval', ''];
  if (hasMinimum) return report;
  const place = suite === undefined ? ['--all=false'] : ['--reporter=cobertura', `--report-dir=coverage/${suite}`];
  return ['--check-coverage=false', '--reporter=text-summary', ...place, ...report];
}

/** The options that Mocha also uses for a single file. */
function nodeOptions(): string[] {
  const { 'node-option': options } = JSON.parse(readFileSync(join(root, '.mocharc.json'), 'utf8')) as { 'node-option': string[] };
  return options.map((option) => `--${option}`);
}

function readDurations(path: string): Durations {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Durations) : {};
}

async function openInfra(signal: AbortSignal): Promise<TestInfra> {
  await provideNginx(print, signal);
  await providePromtool(print, signal);
  // Empty servers: tests leave topics behind, and a broker with those of many runs takes minutes to start.
  const options = { directory, isDurable: false, fresh: true, onProgress: print, signal };
  const found = chosenInfra() ?? runningInfra() ?? (await startInfra(options));
  const infra = withChosenAddresses(found);
  print(`Node ${process.version}, database ${await versionOf(infra.databaseUrl)}`);
  return infra;
}

function addressesOf({ databaseUrl, kafkaBrokers }: TestInfra): NodeJS.ProcessEnv {
  return { FLORIN_TEST_DATABASE_URL: databaseUrl, FLORIN_TEST_KAFKA_BROKERS: kafkaBrokers.join(',') };
}

/** An address that the environment names wins, also if it names only one of the two servers. */
function withChosenAddresses(infra: TestInfra): TestInfra {
  const { FLORIN_TEST_DATABASE_URL: databaseUrl, FLORIN_TEST_KAFKA_BROKERS: brokers } = process.env;
  return {
    ...infra,
    databaseUrl: databaseUrl || infra.databaseUrl,
    kafkaBrokers: brokers ? brokers.split(',') : infra.kafkaBrokers,
  };
}

/** Starts nothing if the environment names both. */
function chosenInfra(): TestInfra | undefined {
  const { FLORIN_TEST_DATABASE_URL: databaseUrl, FLORIN_TEST_KAFKA_BROKERS: brokers } = process.env;
  if (!databaseUrl || !brokers) return undefined;
  return { databaseUrl, kafkaBrokers: brokers.split(','), stop: () => Promise.resolve() };
}

async function versionOf(databaseUrl: string): Promise<string> {
  const connection = await connectToServer(databaseUrl);
  try {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version');
    return String(rows[0]?.['version']);
  } finally {
    await connection.end();
  }
}

/** The servers of `npm run infra`, if it runs. */
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

function print(message: string): void {
  process.stdout.write(`${message}\n`);
}
