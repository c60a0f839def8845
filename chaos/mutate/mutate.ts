import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startInfra } from '../../dev/infra/start-infra.ts';
import { runCommandLine, UsageError } from '../../ops/command-line.ts';
import { copySources, mutate } from './copy-sources.ts';
import { type Mutation, mutations } from './mutations.ts';

const root = join(import.meta.dirname, '../..');
const directory = join(root, '.florin/mutate');
const TIMEOUT_MS = 300_000;

const help = `npm run mutate -- [NAME…] [--json]

Takes one safeguard of the ledger away at a time (a lock, a limit, the inbox, a unique key …) in a copy of the sources, and sees
that a test fails; with nothing taken away they must pass. NAMEs choose safeguards, with dashes for spaces; all by default.

Exit code 0: each was missed by a test; 1: one was not, or the tests fail by themselves; 2: wrong usage.`;

type Outcome = { name: string; isCaught: boolean; seconds: number; failing: readonly string[] };

await runCommandLine({
  help,
  mostPositionals: Number.POSITIVE_INFINITY,
  async run({ positionals, progress, answer, signal }) {
    const chosen = choose(positionals);
    const code = join(directory, 'code');
    await copySources(root, code);
    const infra = await startInfra({
      ...{ directory, isDurable: false, fresh: true, signal, onProgress: progress },
      onUnexpectedExit: (name) => progress(`The ${name} has ended by itself`),
    });
    const env = {
      ...process.env,
      LEDGER_SHRINK: 'no',
      FLORIN_TEST_DATABASE_URL: infra.databaseUrl,
      FLORIN_TEST_KAFKA_BROKERS: infra.kafkaBrokers.join(),
    };
    const runTests = (tests: readonly string[]) => runMocha(code, tests, { env, signal });
    try {
      const control = await runTests([...new Set(chosen.flatMap(({ tests }) => tests))]);
      if (control.isFailing) throw new Error(`The tests fail with nothing taken away:\n${control.failing.join('\n')}`);
      const outcomes: Outcome[] = [];
      for (const mutation of chosen) {
        if (signal.aborted) break;
        const outcome = await tryMutation(code, mutation, runTests);
        outcomes.push(outcome);
        progress(
          `${outcome.isCaught ? 'missed' : 'NOT MISSED'} after ${outcome.seconds} s: ${outcome.name}: ${outcome.failing[0] ?? ''}`,
        );
      }
      const caught = outcomes.filter(({ isCaught }) => isCaught).length;
      answer(outcomes, `${caught} of ${chosen.length} safeguards were missed by a test.`);
      return caught === chosen.length ? 0 : 1;
    } finally {
      await infra.stop();
    }
  },
});

function choose(names: readonly string[]): readonly Mutation[] {
  if (names.length === 0) return mutations;
  return names.map((name) => {
    const found = mutations.find((mutation) => mutation.name.replaceAll(' ', '-') === name);
    if (found === undefined) throw new UsageError(`There is no safeguard ${name}.`);
    return found;
  });
}

type Tested = { isFailing: boolean; failing: readonly string[] };

async function tryMutation(
  code: string,
  mutation: Mutation,
  runTests: (tests: readonly string[]) => Promise<Tested>,
): Promise<Outcome> {
  const startedAt = Date.now();
  const restore = await mutate(code, mutation);
  try {
    const { isFailing, failing } = await runTests(mutation.tests);
    return { name: mutation.name, isCaught: isFailing, seconds: Math.round((Date.now() - startedAt) / 1000), failing };
  } finally {
    await restore();
  }
}

/** A test that fails says so with its title; a run that ends in another way was not a test's doing. */
async function runMocha(
  code: string,
  tests: readonly string[],
  { env, signal }: { env: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<Tested> {
  const mocha = join(root, 'node_modules/.bin/mocha');
  const child = spawn(mocha, ['--reporter', 'json', ...tests], {
    cwd: code,
    env,
    signal,
    timeout: TIMEOUT_MS,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  const { failures } = JSON.parse(output.slice(output.indexOf('{\n  "stats"'))) as { failures: { fullTitle: string }[] };
  return { isFailing: failures.length > 0, failing: failures.map(({ fullTitle }) => fullTitle) };
}
