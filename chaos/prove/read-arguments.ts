import { parseArgs } from 'node:util';
import { type KafkaDriver, kafkaDrivers, readKafkaDriver } from '@florin/runtime';
import { type FaultKind, faultKinds } from './draw-fault.ts';

export type ProveArguments = {
  seed: number;
  minutes: number;
  faults: readonly FaultKind[];
  reportPath?: string;
  /** Directory of its databases, broker, copy of the build and logs. */
  directory?: string;
  isJson: boolean;
  /** Driver of the broker port in all services. */
  driver: KafkaDriver;
  /** TLS, logins and restricted users. */
  isSecured: boolean;
  /** Mutants to run; an empty list runs all. Undefined runs the unchanged platform. */
  mutants?: readonly string[];
};

type Outcome = { kind: 'help' } | { kind: 'wrong'; reason: string } | { kind: 'run'; arguments: ProveArguments };

export const help = `npm run prove -- [--seed N] [--minutes M] [--faults a,b] [--driver NAME] [--secured] [--report out.html] [--json]
npm run prove -- --mutants [a,b] [--driver NAME] [--secured]

Runs a private platform (database, Kafka, two instances of product and payment, one of auth) under random load and faults,
and checks that nothing was lost, duplicated or reported wrongly.

  --seed N         seed of all random choices (default: random)
  --minutes M      minutes of load and faults (default 5)
  --faults a,b     kinds of faults: ${faultKinds.join(', ')} (default: all)
  --driver NAME    client library that the services connect to Kafka with: ${kafkaDrivers.join(', ')} (default: KAFKA_DRIVER,
                   otherwise kafkajs)
  --secured        TLS to the database and to Kafka, and users with rights as in production
  --report FILE    write an HTML report
  --json           print only JSON to stdout
  --mutants [a,b]  remove one safeguard at a time and check that the mutant is killed (default: all)
  --directory DIR  directory of data and logs, inside the checkout (default .florin/prove)

Exit code 0: no violation (with --mutants: every mutant was killed); 1: a violation (a mutant survived); 2: wrong usage.`;

/** Pure, except that it draws a seed if none is given, and reads KAFKA_DRIVER. */
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
        driver: { type: 'string' },
        json: { type: 'boolean', default: false },
        secured: { type: 'boolean', default: false },
        mutants: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
    const minutes = Number(values.minutes);
    const faults = values.faults.split(',').filter((kind) => kind !== '');
    const unknown = faults.filter((kind) => !isFaultKind(kind));
    if (!Number.isSafeInteger(seed) || seed < 0) return wrong(`--seed must be a whole number, 0 or more: ${values.seed}`);
    if (!(minutes > 0)) return wrong(`--minutes must be a positive number: ${values.minutes}`);
    if (unknown.length > 0) return wrong(`unknown faults: ${unknown.join(', ')}`);
    const driver = values.driver ?? readKafkaDriver(process.env);
    if (!isDriver(driver)) return wrong(`--driver must be ${kafkaDrivers.join(' or ')}: ${driver}`);
    return {
      kind: 'run',
      arguments: {
        seed,
        minutes,
        faults: faults.filter(isFaultKind),
        driver,
        isJson: values.json,
        isSecured: values.secured,
        ...(values.report === undefined ? {} : { reportPath: values.report }),
        ...(values.directory === undefined ? {} : { directory: values.directory }),
        ...(values.mutants === undefined ? {} : { mutants: values.mutants.split(',').filter((name) => name !== '') }),
      },
    };
  } catch (error) {
    return wrong((error as Error).message);
  }
}

/** Rewrites `--mutants` without a value, which parseArgs does not support, to an empty list. */
function nameAllMutants(argument: string, index: number, given: readonly string[]): string {
  const next = given[index + 1];
  return argument === '--mutants' && (next === undefined || next.startsWith('-')) ? '--mutants=' : argument;
}

function wrong(reason: string): Outcome {
  return { kind: 'wrong', reason };
}

function isDriver(text: string): text is KafkaDriver {
  return (kafkaDrivers as readonly string[]).includes(text);
}

function isFaultKind(text: string): text is FaultKind {
  return (faultKinds as readonly string[]).includes(text);
}
