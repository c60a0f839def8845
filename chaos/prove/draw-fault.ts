import type { Failpoint } from '@florin/runtime';
import type { Random } from '../../dev/seed/random.ts';
import type { ServiceName } from '../../ops/platform/service-names.ts';

export const faultKinds = ['kill', 'crash', 'stop', 'broker', 'database', 'network', 'duplicate', 'poison', 'clock'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What is done to the platform. `crash` is not among them: instances are born with it, see `drawCrashPoint`. */
export type Fault =
  | { kind: 'kill'; instance: string }
  | { kind: 'stop'; instance: string; forMs: number }
  | { kind: 'broker' | 'database' }
  /** `kafka` for the instance: between all of them and the broker. Else between it and its database. */
  | { kind: 'network'; instance: string; how: NetworkFault; forMs: number }
  | { kind: 'duplicate'; how: DuplicateFault; share: number; forMs: number }
  | { kind: 'poison'; what: PoisonFault }
  /** Ahead by so much for a while, or behind where it is negative; the other instances' clocks stay, or are moved by faults of their own. */
  | { kind: 'clock'; instance: string; offsetMs: number; forMs: number };

/** `lose`: nothing comes through for a while, and then the connections break. */
export type NetworkFault = 'cut' | 'refuse' | 'delay' | 'stall' | 'lose';
/** `copy`: the very same message again; `ask again`: the same request under a new event id, as a reconciler would send it. */
export type DuplicateFault = 'copy' | 'ask again';
/** `no event`: not even JSON; `broken event`: one whose data breaks its schema. */
export type PoisonFault = 'no event' | 'broken event';

type Circumstances = {
  kinds: readonly FaultKind[];
  instances: readonly string[];
  /** The weights of the kinds, where the usual ones will not do. */
  weights?: Partial<Record<FaultKind, number>>;
  /** What is done to the network, where it is not to be everything. */
  network?: readonly NetworkFault[];
};

const allOfNetwork: readonly NetworkFault[] = ['cut', 'refuse', 'delay', 'stall', 'lose'];

const usualWeights: Record<FaultKind, number> = {
  kill: 26,
  crash: 0,
  stop: 14,
  broker: 2,
  database: 4,
  network: 18,
  duplicate: 16,
  poison: 10,
  clock: 12,
};

/** Draws the next fault; undefined where none of the kinds is one that is drawn. Pure but for the generator. */
export function drawFault(
  random: Random,
  { kinds, instances, weights, network = allOfNetwork }: Circumstances,
): Fault | undefined {
  const choices = kinds
    .map((kind) => [weights?.[kind] ?? usualWeights[kind], kind] as const)
    .filter(([weight, kind]) => weight > 0 && kind !== 'crash');
  if (choices.length === 0) return undefined;
  const kind = random.pickWeighted(choices);
  const instance = random.pick(instances);
  switch (kind) {
    case 'kill':
      return { kind, instance };
    case 'stop':
      return { kind, instance, forMs: random.between(1_000, random.chance(0.2) ? 12_000 : 5_000) };
    case 'network':
      return {
        kind,
        instance: random.chance(0.15) ? 'kafka' : instance,
        how: random.pick(network),
        forMs: random.between(200, 4_000),
      };
    case 'duplicate':
      return {
        kind,
        how: random.pick(['copy', 'copy', 'ask again']),
        share: 0.05 + 0.45 * random.next(),
        forMs: random.between(1_000, 5_000),
      };
    case 'clock':
      return { kind, instance, offsetMs: drawOffset(random), forMs: random.between(500, 15_000) };
    case 'poison':
      return { kind, what: random.pick(['no event', 'broken event']) };
    case 'broker':
    case 'database':
      return { kind };
    case 'crash':
      return undefined;
  }
}

/** Two instances then differ by less than the minute that a token may be issued ahead of the clock of who checks it. */
const MAX_OFFSET_MS = 29_000;

/** Small differences are as likely as large ones, ahead as likely as behind. */
function drawOffset(random: Random): number {
  const offsetMs = Math.round(MAX_OFFSET_MS ** random.next());
  return random.chance(0.5) ? offsetMs : -offsetMs;
}

const consumerPoints: readonly Failpoint[] = ['inside-batch', 'before-commit', 'after-commit-before-offset'];
const relayPoints: readonly Failpoint[] = ['after-read-before-publish', 'after-publish-before-delete'];

/** Where an instance that starts now will crash; '' for nowhere. Of auth only the relay has much to do. */
export function drawCrashPoint(
  random: Random,
  service: ServiceName,
  { share, mostCount }: { share: number; mostCount: number },
): string {
  const point = random.pick(service === 'auth' ? relayPoints : [...consumerPoints, ...relayPoints]);
  const count = random.between(1, service === 'auth' ? Math.ceil(mostCount / 20) : mostCount);
  return random.chance(share) ? `${point}:${count}` : '';
}
