import type { Failpoint } from '@florin/runtime';
import type { Random } from '../../dev/seed/random.ts';
import type { ServiceName } from '../../ops/platform/service-names.ts';

export const faultKinds = [
  'kill',
  'crash',
  'stop',
  'broker',
  'database',
  'network',
  'duplicate',
  'poison',
  'clock',
  'switch',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A fault to inject. `crash` is missing: an instance gets its failpoint when it starts, see `drawCrashPoint`. */
export type Fault =
  | { kind: 'kill'; instance: string }
  | { kind: 'stop'; instance: string; forMs: number }
  | { kind: 'broker' | 'database' }
  /** Between the instance and its database, or between all instances and the broker if `instance` is `kafka`. */
  | { kind: 'network'; instance: string; how: NetworkFault; forMs: number }
  | { kind: 'duplicate'; how: DuplicateFault; share: number; forMs: number }
  | { kind: 'poison'; what: PoisonFault }
  /** Moves the clock of one instance by `offsetMs`; negative moves it back. */
  | { kind: 'clock'; instance: string; offsetMs: number; forMs: number }
  /** An operator throws a switch and takes it back. */
  | { kind: 'switch'; of: SwitchOf; forMs: number };

/** The switches that are thrown, each with its service. */
export const switches = [
  { service: 'product', name: 'stop-purchases' },
  { service: 'product', name: 'pause-consumer' },
  { service: 'payment', name: 'pause-consumer' },
  { service: 'payment', name: 'pause-consumer:florin.purchases' },
  { service: 'payment', name: 'stop-top-ups' },
] as const satisfies readonly { service: ServiceName; name: string }[];
export type SwitchOf = (typeof switches)[number];

/** `lose`: passes nothing for a while, then breaks the connections. */
export type NetworkFault = 'cut' | 'refuse' | 'delay' | 'stall' | 'lose';
/** `copy`: the same message again. `reissue`: the same request under a new event id, as a reconciler sends it. */
export type DuplicateFault = 'copy' | 'reissue';
/** `no event`: invalid JSON. `broken event`: an event whose data violates its schema. `forged event`: one with a wrong signature. */
export type PoisonFault = 'no event' | 'broken event' | 'forged event';

type Circumstances = {
  kinds: readonly FaultKind[];
  instances: readonly string[];
  /** Replaces the default weights of these kinds. */
  weights?: Partial<Record<FaultKind, number>>;
  /** Network faults to draw from (default: all). */
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
  switch: 8,
};

/** Draws the next fault; undefined if no kind can be drawn. Pure except for the generator. */
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
        how: random.pick(['copy', 'copy', 'reissue']),
        share: 0.05 + 0.45 * random.next(),
        forMs: random.between(1_000, 5_000),
      };
    case 'clock':
      return { kind, instance, offsetMs: drawOffset(random), forMs: random.between(500, 15_000) };
    case 'poison':
      return { kind, what: random.pick(['no event', 'broken event', 'forged event']) };
    case 'switch':
      return { kind, of: random.pick(switches), forMs: random.between(500, 8_000) };
    case 'broker':
    case 'database':
      return { kind };
    case 'crash':
      return undefined;
  }
}

/** Two clocks then differ by less than the minute that a verifier tolerates on a token's time of issue. */
const MAX_OFFSET_MS = 29_000;

/** Draws small offsets as often as large ones, and positive as often as negative ones. */
function drawOffset(random: Random): number {
  const offsetMs = Math.round(MAX_OFFSET_MS ** random.next());
  return random.chance(0.5) ? offsetMs : -offsetMs;
}

const consumerPoints: readonly Failpoint[] = ['inside-batch', 'before-commit', 'after-commit-before-offset'];
const relayPoints: readonly Failpoint[] = ['after-read-before-publish', 'after-publish-before-delete'];

/** Draws the failpoint of an instance that starts; '' for none. Auth has failpoints of the relay only. */
export function drawCrashPoint(
  random: Random,
  service: ServiceName,
  { share, maxCount }: { share: number; maxCount: number },
): string {
  const point = random.pick(service === 'auth' ? relayPoints : [...consumerPoints, ...relayPoints]);
  const count = random.between(1, service === 'auth' ? Math.ceil(maxCount / 20) : maxCount);
  return random.chance(share) ? `${point}:${count}` : '';
}
