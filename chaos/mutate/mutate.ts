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

Removes one safeguard of the ledger at a time (a lock, a limit, the inbox, a unique key …) from a copy of the sources and checks
that a test fails. The tests must pass on the unchanged copy. NAME selects a mutant, with dashes for spaces (default: all).

Exit code 0: every mutant was killed; 1: a mutant survived, or the tests fail on the unchanged copy; 2: wrong usage.`;

type Outcome = { name: string; isKilled: boolean; seconds: number; failing: readonly string[] };

await runCommandLine({
  help,
  maxPositionals: Number.POSITIVE_INFINITY,
  async run({ positionals, progress, answer, signal }) {
    const chosen = choose(positionals);
    const code = join(directory, 'code');
    await copySources(root, code);
    const infra = await startInfra({
      ...{ directory, isDurable: false, fresh: true, signal, onProgress: progress },
      onUnexpectedExit: (name) => progress(`The ${name} ended unexpectedly`),
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
      if (control.isFailing) throw new Error(`The tests fail on the unchanged copy:\n${control.failing.join('\n')}`);
      const outcomes: Outcome[] = [];
      for (const mutation of chosen) {
        if (signal.aborted) break;
        const outcome = await tryMutation(code, mutation, runTests);
        outcomes.push(outcome);
        progress(
          `${outcome.isKilled ? 'killed' : 'SURVIVED'} after ${outcome.seconds} s: ${outcome.name}: ${outcome.failing[0] ?? ''}`,
        );
      }
      const killed = outcomes.filter(({ isKilled }) => isKilled).length;
      answer(outcomes, `${killed} of ${chosen.length} mutants killed.`);
      return killed === chosen.length ? 0 : 1;
    } finally {
      await infra.stop();
    }
  },
});

function choose(names: readonly string[]): readonly Mutation[] {
  if (names.length === 0) return mutations;
  return names.map((name) => {
    const found = mutations.find((mutation) => mutation.name.replaceAll(' ', '-') === name);
    if (found === undefined) throw new UsageError(`Unknown mutant ${name}.`);
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
    return { name: mutation.name, isKilled: isFailing, seconds: Math.round((Date.now() - startedAt) / 1000), failing };
  } finally {
    await restore();
  }
}

/** Runs tests and returns the titles of those that fail. A run that ends without mocha's report throws. */
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
