import { parseArgs } from 'node:util';
import { type FaultKind, faultKinds } from './draw-fault.ts';

export type ProveArguments = {
  seed: number;
  minutes: number;
  faults: readonly FaultKind[];
  reportPath?: string;
  /** Its databases, broker, copy of the build and logs. */
  directory?: string;
  isJson: boolean;
  /** The mutants to run, or all (an empty list); undefined for the platform as it is. */
  mutants?: readonly string[];
};

type Outcome = { kind: 'help' } | { kind: 'wrong'; reason: string } | { kind: 'run'; arguments: ProveArguments };

export const help = `npm run prove -- [--seed N] [--minutes M] [--faults a,b] [--report out.html] [--json]
npm run prove -- --mutants [a,b]

Runs a private Florin (database, Kafka, two instances of product and payment, one of auth) under a random load, breaks it in
every way it can think of, and checks that nothing was lost, doubled or untrue.

  --seed N         what everything random comes from; a new one each time by default
  --minutes M      how long load and faults go on (5)
  --faults a,b     which kinds: ${faultKinds.join(', ')} (all)
  --report FILE    write the run as a page of its own
  --json           only JSON on stdout
  --mutants [a,b]  take one safeguard away at a time, and see that each is missed
  --directory DIR  where it keeps its data and logs, inside the checkout (.florin/prove)

Exit code 0: nothing found (with --mutants: each mutant was caught); 1: a violation; 2: wrong usage.`;

/** Pure, but for the seed that it makes up. */
export function readArguments(given: readonly string[]): Outcome {
  try {
    const { values } = parseArgs({
      args: given.map(nameAllMutants),
      options: {
        seed: { type: 'string' },
        minutes: { type: 'string', default: '5' },
        faults: { type: 'string', default: faultKinds.join(',') },
        report: { type: 'string' },
        directory: { type: 'string' },
        json: { type: 'boolean', default: false },
        mutants: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
    const minutes = Number(values.minutes);
    const faults = values.faults.split(',').filter((kind) => kind !== '');
    const unknown = faults.filter((kind) => !isFaultKind(kind));
    if (!Number.isSafeInteger(seed) || seed < 0) return wrong(`--seed ${values.seed} is no whole number`);
    if (!(minutes > 0)) return wrong(`--minutes ${values.minutes} is no time`);
    if (unknown.length > 0) return wrong(`There are no such faults: ${unknown.join(', ')}`);
    return {
      kind: 'run',
      arguments: {
        seed,
        minutes,
        faults: faults.filter(isFaultKind),
        isJson: values.json,
        ...(values.report === undefined ? {} : { reportPath: values.report }),
        ...(values.directory === undefined ? {} : { directory: values.directory }),
        ...(values.mutants === undefined ? {} : { mutants: values.mutants.split(',').filter((name) => name !== '') }),
      },
    };
  } catch (error) {
    return wrong((error as Error).message);
  }
}

/** `--mutants` alone means all of them, which parseArgs has no word for. */
function nameAllMutants(argument: string, index: number, given: readonly string[]): string {
  const next = given[index + 1];
  return argument === '--mutants' && (next === undefined || next.startsWith('-')) ? '--mutants=' : argument;
}

function wrong(reason: string): Outcome {
  return { kind: 'wrong', reason };
}

function isFaultKind(text: string): text is FaultKind {
  return (faultKinds as readonly string[]).includes(text);
}
