import { setTimeout as sleep } from 'node:timers/promises';
import type { Infra } from '../../dev/infra/start-infra.ts';
import type { Random } from '../../dev/seed/random.ts';
import type { ServiceName } from '../../ops/platform/service-names.ts';
import { drawFault, type Fault, type FaultKind, type NetworkFault, type PoisonFault } from './draw-fault.ts';
import type { Duplicator } from './start-duplicator.ts';
import type { Platform } from './start-platform.ts';
import type { Poison } from './start-poisoning.ts';
import type { Instance } from './supervise-instance.ts';
import { throwSwitch } from './throw-switch.ts';

export type FaultOptions = {
  platform: Platform;
  infra: Infra;
  duplicator: Duplicator | undefined;
  poison: Poison;
  /** Picks the buyer whose events wait behind the next poison message. */
  pickBuyer(): string | undefined;
  random: Random;
  kinds: readonly FaultKind[];
  weights?: Partial<Record<FaultKind, number>>;
  network?: readonly NetworkFault[];
  /** Services whose instances get faults (default: all). */
  services?: readonly ServiceName[];
  /** Mean milliseconds between two faults. */
  everyMs: number;
  /** Called after a fault; `point` is its detail. */
  onFault(kind: FaultKind, point: string): void;
};

/** More than ten dead letters of one cause in a minute would stop a consumer, as they should. */
const POISON_PAUSE_MS = 8_000;

/** The part of an instance that a fault hits. One part has one fault at a time; a process with a moved clock can be killed. */
const targets = { network: 'network', kill: 'process', stop: 'process', clock: 'clock' } as const;

/** Injects faults until the signal aborts, some at the same time. Returns when all are repaired. */
export async function runFaults(options: FaultOptions, signal: AbortSignal): Promise<void> {
  const { random, platform, kinds, weights, network, services, everyMs } = options;
  const instances = platform.instances.filter(({ service }) => services?.includes(service) ?? true).map(({ name }) => name);
  const underWay = new Set<Promise<void>>();
  const busy = new Set<string>();
  const failures: unknown[] = [];
  while (!signal.aborted && failures.length === 0) {
    await rest(-Math.log(1 - random.next()) * everyMs, signal);
    if (signal.aborted) break;
    const fault = drawFault(random, { kinds, instances, ...(weights ? { weights } : {}), ...(network ? { network } : {}) });
    if (fault === undefined) continue;
    // One fault at a time for each target.
    const target = 'instance' in fault ? `${targets[fault.kind]} ${fault.instance}` : fault.kind;
    if (busy.has(target)) continue;
    busy.add(target);
    const work = doFault(options, fault, signal)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => {
        busy.delete(target);
        underWay.delete(work);
      });
    underWay.add(work);
  }
  await Promise.all([...underWay]);
  if (failures.length > 0) throw failures[0];
}

async function doFault(options: FaultOptions, fault: Fault, signal: AbortSignal): Promise<void> {
  const { platform, duplicator, onFault } = options;
  switch (fault.kind) {
    case 'kill':
      // The supervisor counts the fault when the process ends.
      instanceOf(platform, fault.instance).kill();
      return;
    case 'stop': {
      const instance = instanceOf(platform, fault.instance);
      if (!instance.freeze()) return;
      onFault('stop', fault.instance);
      await rest(fault.forMs, signal);
      instance.thaw();
      return;
    }
    case 'clock': {
      const { shiftClock } = instanceOf(platform, fault.instance);
      onFault('clock', `${fault.offsetMs < 0 ? 'behind' : 'ahead'}, ${fault.instance}`);
      shiftClock(fault.offsetMs);
      await rest(fault.forMs, signal);
      shiftClock(0);
      return;
    }
    case 'network':
      return disturbNetwork(options, fault, signal);
    case 'duplicate':
      onFault('duplicate', fault.how);
      duplicator?.begin(fault.how, fault.share);
      await rest(fault.forMs, signal);
      duplicator?.end();
      return;
    case 'switch':
      onFault('switch', `${fault.of.service} ${fault.of.name}`);
      await throwSwitch(platform, fault.of, { isOn: true });
      await rest(fault.forMs, signal);
      await throwSwitch(platform, fault.of, { isOn: false });
      return;
    case 'poison':
      return plantPoison(options, fault.what, signal);
    case 'broker':
    case 'database':
      return killServer(options, fault.kind, signal);
  }
}

async function disturbNetwork(
  { platform, onFault }: FaultOptions,
  { instance, how, forMs }: Extract<Fault, { kind: 'network' }>,
  signal: AbortSignal,
): Promise<void> {
  const proxy = platform.proxies.get(instance);
  if (proxy === undefined) return;
  onFault('network', instance === 'kafka' ? `${how}, kafka` : `${how}, database`);
  if (how === 'delay') proxy.delay(Math.min(300, forMs));
  else if (how === 'lose') proxy.stall();
  else proxy[how]();
  if (how !== 'cut') await rest(forMs, signal);
  if (how === 'lose') proxy.cut();
  proxy.allow();
}

async function plantPoison({ poison, pickBuyer, onFault }: FaultOptions, what: PoisonFault, signal: AbortSignal): Promise<void> {
  const buyer = pickBuyer();
  if (buyer === undefined) return;
  await poison.plant(what, buyer);
  onFault('poison', what);
  await rest(POISON_PAUSE_MS, signal);
}

async function killServer(
  { infra, onFault, random }: FaultOptions,
  name: 'broker' | 'database',
  signal: AbortSignal,
): Promise<void> {
  await infra.kill(name);
  onFault(name, 'SIGKILL');
  await rest(random.between(0, 1_500), signal);
  await infra.restart(name);
}

function instanceOf({ instances }: Platform, name: string): Instance {
  const instance = instances.find((one) => one.name === name);
  if (instance === undefined) throw new Error(`Unknown instance ${name}`);
  return instance;
}

/** Sleeps; returns early when the signal aborts. */
async function rest(durationMs: number, signal: AbortSignal): Promise<void> {
  await sleep(durationMs, undefined, { signal }).catch(() => {});
}
