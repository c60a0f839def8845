import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import type { Random } from '../../dev/seed/random.ts';
import type { ChaosOptions } from './chaos-run.ts';
import { type CheckResult, checkEverything, type LedgerAudit } from './check-everything.ts';
import { checkSwitches } from './check-switches.ts';
import type { Call } from './create-call.ts';
import { describePurchase } from './describe-purchase.ts';
import type { FaultKind } from './draw-fault.ts';
import type { Finding } from './finding.ts';
import { type Histories, violationsOf } from './histories.ts';
import { openChecker } from './open-checker.ts';
import type { Workload } from './prepare-workload.ts';
import { runFaults } from './run-faults.ts';
import { signIn } from './staff.ts';
import type { Duplicator } from './start-duplicator.ts';
import type { Platform } from './start-platform.ts';
import type { Poison } from './start-poisoning.ts';
import { throwSwitch } from './throw-switch.ts';
import { waitUntilIdle } from './wait-until-idle.ts';

/** The platform, clients and fault injectors of a round. */
export type Stage = {
  platform: Platform;
  call: Call;
  histories: Histories;
  workload: Workload;
  duplicator: Duplicator;
  poison: Poison;
  faultRandom: Random;
  forMs: number;
  onFault(kind: FaultKind, point: string): void;
  armCrashes(isArmed: boolean): void;
};

type Outcome = { findings: Finding[]; checked: CheckResult['checked']; story: string[] };

const IDLE_TIMEOUT_MS = 300_000;
const VIOLATION_CHECK_EVERY_MS = 500;

/** Runs load and faults for `forMs`, waits until the platform is idle, and runs every check. */
export async function runRound(options: ChaosOptions, stage: Stage): Promise<{ durationMs: number; outcome: Outcome }> {
  const startedAt = Date.now();
  const atRest = new AbortController();
  const clearing = stage.poison.keepClearing(atRest.signal);
  try {
    await disturb(options, stage);
    const durationMs = Date.now() - startedAt;
    return { durationMs, outcome: await checkAtRest(options, stage) };
  } finally {
    atRest.abort();
    await clearing;
  }
}

async function checkAtRest(options: ChaosOptions, stage: Stage): Promise<Outcome> {
  // The command was interrupted: the platform gets no time to become idle.
  if (options.signal.aborted) return { findings: violationsOf(stage.histories), checked: [], story: [] };
  const checker = await openChecker(options.infra.databaseUrl, options.name);
  try {
    await stage.duplicator.idle();
    const { platform } = stage;
    const bounds = { stuckAfterMs: options.stuckAfterMs, timeoutMs: IDLE_TIMEOUT_MS };
    const { isReady, stuck } = await waitUntilIdle({ platform, checker, ...bounds });
    const result = isReady
      ? await checkEverything({
          ...stage,
          ...platform,
          checker,
          auditLedger: () => auditLedger(stage),
          checkSwitches: () => lookAtSwitches(stage),
        })
      : { findings: [], checked: [] };
    // Causes first: stuck work is often their consequence.
    const findings = [...result.findings, ...stuck];
    return { findings, checked: result.checked, story: await describePurchase(checker, findings) };
  } finally {
    await checker.close();
  }
}

async function disturb(options: ChaosOptions, stage: Stage): Promise<void> {
  const { workload, histories, faultRandom, forMs, armCrashes } = stage;
  const over = new AbortController();
  // A timer, because AbortSignal.any may be garbage-collected before its timeout fires (Node 20).
  const end = (): void => over.abort();
  const timer = setTimeout(end, forMs);
  const looking = setInterval(() => violationsOf(stage.histories).length > 0 && end(), VIOLATION_CHECK_EVERY_MS);
  options.signal.addEventListener('abort', end);
  armCrashes(true);
  const faults = runFaults(
    {
      ...options,
      ...stage,
      random: faultRandom,
      kinds: options.faults,
      everyMs: options.faultEveryMs,
      // A recent buyer buys again soon.
      pickBuyer: () => histories.purchases.requests.at(-faultRandom.between(1, 20))?.userId,
    },
    over.signal,
  );
  try {
    await Promise.all([workload.run(over.signal), faults.finally(() => armCrashes(false))]);
  } finally {
    clearTimeout(timer);
    clearInterval(looking);
    options.signal.removeEventListener('abort', end);
  }
}

async function lookAtSwitches({ platform, call, faultRandom }: Stage): Promise<Finding[]> {
  return checkSwitches({
    ...platform,
    token: await signIn(call, faultRandom, demoAccounts.admin),
    flip: (isOn) => throwSwitch(platform, { service: 'product', name: 'stop-purchases' }, { isOn }),
  });
}

async function auditLedger({ call, faultRandom: random }: Stage): Promise<LedgerAudit> {
  for (let attempt = 1; ; attempt++) {
    const token = await signIn(call, random, demoAccounts.admin);
    const path = '/v1/ledger/audit';
    const reply = await call({ service: 'payment', method: 'GET', path, token, timeoutMs: 60_000 }, random);
    if (reply?.status === 200) return (reply.body as { data: LedgerAudit }).data;
    if (attempt === 3) throw new Error(`The ledger audit answered ${reply?.status}: ${JSON.stringify(reply?.body)}`);
    await sleep(1_000);
  }
}
