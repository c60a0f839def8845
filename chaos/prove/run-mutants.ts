import type { Infra } from '../../dev/infra/start-infra.ts';
import { freezeBuild } from '../../dev/platform/freeze-build.ts';
import { faultKinds } from './draw-fault.ts';
import { type Mutant, mutants } from './mutants.ts';
import { runChaos } from './run-chaos.ts';

export type MutantOutcome = {
  name: string;
  /** The check that missed the safeguard; undefined where none did. */
  killedBy?: string;
  detail?: string;
  /** Until then, or in all: under load and faults, and bringing to rest. */
  seconds: number;
  /** All the checks that missed it, the first first. */
  checks: string[];
};

type Options = {
  infra: Infra;
  root: string;
  directory: string;
  seed: number;
  /** All where it is empty. */
  names: readonly string[];
  signal: AbortSignal;
  onProgress(line: string): void;
};

/** What a mutant is compared with: the same runs, nothing taken away, nothing found. */
const control: Mutant = {
  name: 'nothing (control)',
  edits: [],
  faults: faultKinds.filter((kind) => kind !== 'broker' && kind !== 'database'),
};

const MAX_DURATION_MS = 120_000;
const ROUND_MS = 12_000;
const STUCK_AFTER_MS = 15_000;

/** Takes one safeguard away at a time and runs until a check misses it. */
export async function runMutants(options: Options): Promise<MutantOutcome[]> {
  const chosen = chooseMutants(options.names);
  const outcomes: MutantOutcome[] = [];
  for (const [index, mutant] of chosen.entries()) {
    if (options.signal.aborted) break;
    options.onProgress(`Without: ${mutant.name}`);
    const outcome = await runMutant(options, mutant, index);
    options.onProgress(
      outcome.killedBy === undefined
        ? `${mutant.name}: nothing found in ${outcome.seconds.toFixed(0)} s`
        : `${mutant.name}: caught after ${outcome.seconds.toFixed(0)} s by "${outcome.checks.join('", "')}" (${outcome.detail})`,
    );
    outcomes.push(outcome);
  }
  return outcomes;
}

/** Whether each mutant was caught, and the control was not. */
export function areAllKilled(outcomes: readonly MutantOutcome[]): boolean {
  return outcomes.every(({ name, killedBy }) => (killedBy === undefined) === (name === control.name));
}

function chooseMutants(names: readonly string[]): readonly Mutant[] {
  const all = [control, ...mutants];
  if (names.length === 0) return all;
  return names.map((name) => {
    const found = all.find((mutant) => mutant.name.replaceAll(' ', '-') === name || mutant.name === name);
    if (found === undefined)
      throw new Error(`There is no mutant ${name}: choose of ${all.map((mutant) => mutant.name).join(', ')}`);
    return found;
  });
}

async function runMutant(options: Options, mutant: Mutant, index: number): Promise<MutantOutcome> {
  const { infra, root, directory, seed, signal, onProgress } = options;
  const code = await freezeBuild({ root, directory, edits: mutant.edits });
  const proof = await runChaos({
    infra,
    code,
    directory,
    name: `prove_${seed}_${index}`,
    seed,
    durationMs: MAX_DURATION_MS,
    roundMs: ROUND_MS,
    faults: mutant.faults,
    ...(mutant.weights ? { weights: mutant.weights } : {}),
    ...(mutant.network ? { network: mutant.network } : {}),
    ...(mutant.services ? { services: mutant.services } : {}),
    faultEveryMs: 1_500,
    crashes: { share: 0.7, maxCount: 12 },
    shape: { buyers: 24, operationsPerS: 120, buyersPerAccount: 2, newProductEveryMs: 2_000, ...mutant.shape },
    settings: mutant.settings ?? {},
    sql: mutant.sql ?? {},
    stuckAfterMs: STUCK_AFTER_MS,
    signal,
    onProgress,
  });
  const [first] = proof.findings;
  return {
    name: mutant.name,
    ...(first ? { killedBy: first.check, detail: `${first.subject}: ${first.detail}` } : {}),
    seconds: proof.wallMs / 1000,
    checks: [...new Set(proof.findings.map(({ check }) => check))],
  };
}

export function printMutants(outcomes: readonly MutantOutcome[]): string {
  const lines = outcomes.map(({ name, killedBy, seconds }) => {
    const time = `${seconds.toFixed(0)} s`.padStart(6);
    return `  ${name.padEnd(46)} ${time}  ${killedBy ?? 'nothing found'}`;
  });
  return ['Taken away                                       after  missed by', ...lines].join('\n');
}
