import type { Infra } from '../../dev/infra/start-infra.ts';
import { freezeBuild } from '../../dev/platform/freeze-build.ts';
import { faultKinds } from './draw-fault.ts';
import { type Mutant, mutants } from './mutants.ts';
import { runChaos } from './run-chaos.ts';
import type { Securing } from './secure-platform.ts';

export type MutantOutcome = {
  name: string;
  /** Name of the check that killed the mutant; undefined if it survived. */
  killedBy?: string;
  detail?: string;
  /** Seconds until the mutant was killed, or of the whole run, checks included. */
  seconds: number;
  /** All checks that failed, in their order. */
  checks: string[];
};

type Options = {
  infra: Infra;
  root: string;
  directory: string;
  seed: number;
  /** Names of the mutants; an empty list means all. */
  names: readonly string[];
  /** Of every service. */
  settings: NodeJS.ProcessEnv;
  securing: Securing;
  signal: AbortSignal;
  onProgress(line: string): void;
};

/** The control run: every safeguard in place. It must survive. */
const control: Mutant = {
  name: 'nothing (control)',
  edits: [],
  faults: faultKinds.filter((kind) => kind !== 'broker' && kind !== 'database'),
};

const MAX_DURATION_MS = 120_000;
const ROUND_MS = 12_000;
const STUCK_AFTER_MS = 15_000;

/** Runs each mutant until a check kills it. */
export async function runMutants(options: Options): Promise<MutantOutcome[]> {
  const chosen = chooseMutants(options.names);
  const outcomes: MutantOutcome[] = [];
  for (const [index, mutant] of chosen.entries()) {
    if (options.signal.aborted) break;
    options.onProgress(`Mutant: ${mutant.name}`);
    const outcome = await runMutant(options, mutant, index);
    options.onProgress(
      outcome.killedBy === undefined
        ? `${mutant.name}: SURVIVED ${outcome.seconds.toFixed(0)} s`
        : `${mutant.name}: killed after ${outcome.seconds.toFixed(0)} s by "${outcome.checks.join('", "')}" (${outcome.detail})`,
    );
    outcomes.push(outcome);
  }
  return outcomes;
}

/** True if every mutant was killed and the control survived. */
export function areAllKilled(outcomes: readonly MutantOutcome[]): boolean {
  return outcomes.every(({ name, killedBy }) => (killedBy === undefined) === (name === control.name));
}

function chooseMutants(names: readonly string[]): readonly Mutant[] {
  const all = [control, ...mutants];
  if (names.length === 0) return all;
  return names.map((name) => {
    const found = all.find((mutant) => mutant.name.replaceAll(' ', '-') === name || mutant.name === name);
    if (found === undefined) throw new Error(`Unknown mutant ${name}. Known: ${all.map((mutant) => mutant.name).join(', ')}`);
    return found;
  });
}

async function runMutant(options: Options, mutant: Mutant, index: number): Promise<MutantOutcome> {
  const { infra, root, directory, seed, settings, securing, signal, onProgress } = options;
  const code = await freezeBuild({ root, directory, edits: mutant.edits });
  const run = await runChaos({
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
    settings: { ...mutant.settings, ...settings },
    sql: mutant.sql ?? {},
    securing,
    stuckAfterMs: STUCK_AFTER_MS,
    signal,
    onProgress,
  });
  const [first] = run.findings;
  return {
    name: mutant.name,
    ...(first ? { killedBy: first.check, detail: `${first.subject}: ${first.detail}` } : {}),
    seconds: run.wallMs / 1000,
    checks: [...new Set(run.findings.map(({ check }) => check))],
  };
}

export function printMutants(outcomes: readonly MutantOutcome[]): string {
  const lines = outcomes.map(({ name, killedBy, seconds }) => {
    const time = `${seconds.toFixed(0)} s`.padStart(6);
    return `  ${name.padEnd(46)} ${time}  ${killedBy ?? 'SURVIVED'}`;
  });
  return ['Mutant                                          after  killed by', ...lines].join('\n');
}
