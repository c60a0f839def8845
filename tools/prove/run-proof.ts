import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccounts } from '../../servers/auth/src/demo-accounts.ts';
import type { Infra } from '../infra/start-infra.ts';
import type { ServiceName } from '../platform/service-names.ts';
import { createAnswers } from './answers.ts';
import { type Call, createCall } from './call.ts';
import { type CheckResult, checkEverything, type LedgerAudit } from './check-everything.ts';
import { describePurchase } from './describe-purchase.ts';
import { drawCrashPoint, type FaultKind } from './draw-fault.ts';
import { startDuplicator } from './duplicator.ts';
import type { Finding } from './finding.ts';
import { openChecker } from './open-checker.ts';
import { createRandom, type Random } from './random.ts';
import { runFaults } from './run-faults.ts';
import { settle } from './settle.ts';
import { signIn } from './staff.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { operationsOf, sigkillsOf, startCounting, type Tally } from './tally.ts';
import { prepareWorkload, type WorkloadShape } from './workload.ts';

export type ProofOptions = {
  infra: Infra;
  code: string;
  directory: string;
  /** Names its databases and topics. */
  name: string;
  seed: number;
  durationMs: number;
  /** Faults go on for so long, then everything is checked; then again, until the duration is over. */
  roundMs: number;
  faults: readonly FaultKind[];
  faultEveryMs: number;
  weights?: Partial<Record<FaultKind, number>>;
  /** An instance that is to crash does so at the latest when it reaches its point for this time. */
  mostPointCount: number;
  shape: WorkloadShape;
  settings?: NodeJS.ProcessEnv;
  sql?: Partial<Record<ServiceName, readonly string[]>>;
  stuckAfterMs: number;
  signal: AbortSignal;
  onProgress(line: string): void;
};

export type Proof = {
  seed: number;
  tally: Tally;
  copies: Record<string, number>;
  checked: CheckResult['checked'];
  rounds: number;
  findings: Finding[];
  /** Of the first finding's purchase, if it is about one. */
  story: string[];
  /** Of the part under faults and load. */
  durationMs: number;
  /** From the first of it to the last check. */
  wallMs: number;
};

const GIVE_UP_MS = 90_000;
const READY_TIMEOUT_MS = 60_000;
const SETTLE_TIMEOUT_MS = 300_000;
const PROGRESS_EVERY_MS = 5_000;

const settings: NodeJS.ProcessEnv = {
  NODE_ENV: 'development',
  LOG_LEVEL: 'warn',
  KAFKA_PARTITIONS: '4',
  KAFKA_SESSION_TIMEOUT_MS: '3000',
  OUTBOX_POLL_MS: '100',
  OUTBOX_BATCH_SIZE: '50',
  CONSUMER_BATCH_SIZE: '50',
  ACCESS_TOKEN_TTL_S: '3600',
  PURCHASE_TIMEOUT_S: '60',
  JWKS_REFRESH_S: '5',
  WALLET_OPENING_CREDIT_MINOR: '1000000',
};

/** Runs the platform under load and faults, and checks everything whenever it has come to rest. */
export async function runProof(options: ProofOptions): Promise<Proof> {
  const { infra, name, seed, signal, onProgress } = options;
  const random = createRandom(seed);
  const counting = startCounting();
  const crashing = { isArmed: false, random: random.split('crash points') };
  const platform = await startPlatform({
    ...options,
    settings: { ...settings, ...options.settings },
    chooseCrashPoint: (service) => (crashing.isArmed ? drawCrashPoint(crashing.random, service, options.mostPointCount) : ''),
    onEnd: counting.countEnding,
  });
  try {
    await platform.ready(READY_TIMEOUT_MS);
    const duplicator = await startDuplicator({
      brokers: platform.kafkaBrokers,
      prefix: platform.kafkaPrefix,
      random: random.split('duplicates'),
    });
    const answers = createAnswers();
    const call = createCall({ urls: urlsOf(platform), giveUpMs: GIVE_UP_MS, signal, onAttempt: counting.countAnswer });
    const workload = await prepareWorkload({
      call,
      random: random.split('workload'),
      answers,
      shape: options.shape,
      onOperation: counting.countOperation,
    });
    const proof: Proof = {
      seed,
      tally: counting.tally,
      copies: duplicator.sent,
      checked: [],
      rounds: 0,
      findings: answers.lies,
      story: [],
      durationMs: 0,
      wallMs: 0,
    };
    const printing = setInterval(() => onProgress(progressLine(proof, options)), PROGRESS_EVERY_MS);
    const faultRandom = random.split('faults');
    const begunAt = Date.now();
    try {
      while (proof.durationMs < options.durationMs && proof.findings.length === 0 && !signal.aborted) {
        const startedAt = Date.now();
        const over = abortLater(Math.min(options.roundMs, options.durationMs - proof.durationMs), signal);
        crashing.isArmed = options.faults.includes('crash');
        await Promise.all([
          workload.run(over),
          runFaults(
            {
              platform,
              infra,
              duplicator,
              random: faultRandom,
              kinds: options.faults,
              ...(options.weights ? { weights: options.weights } : {}),
              everyMs: options.faultEveryMs,
              onFault: counting.countFault,
            },
            over,
          ).finally(() => {
            crashing.isArmed = false;
          }),
        ]);
        proof.durationMs += Date.now() - startedAt;
        onProgress(`${progressLine(proof, options)}; faults are over, settling`);
        const checker = await openChecker(infra.databaseUrl, name);
        try {
          await duplicator.idle();
          const settleOptions = { platform, checker, stuckAfterMs: options.stuckAfterMs, timeoutMs: SETTLE_TIMEOUT_MS };
          const stuck = await settle(settleOptions);
          const result = await checkEverything({ checker, answers, duplicator, auditLedger: () => auditLedger(call, random) });
          proof.findings = [...stuck, ...result.findings];
          proof.checked = result.checked;
          proof.rounds++;
          proof.wallMs = Date.now() - begunAt;
          proof.story = await describePurchase(checker, proof.findings);
        } finally {
          await checker.close();
        }
        onProgress(`round ${proof.rounds} checked: ${proof.findings.length} violations`);
      }
    } finally {
      clearInterval(printing);
      await duplicator.stop();
    }
    return proof;
  } finally {
    await platform.stop();
  }
}

/** By hand: what AbortSignal.any makes of a time-out may be collected as garbage before it fires (Node 20). */
function abortLater(afterMs: number, signal: AbortSignal): AbortSignal {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), afterMs);
  signal.addEventListener(
    'abort',
    () => {
      clearTimeout(timer);
      over.abort();
    },
    { once: true },
  );
  return over.signal;
}

function urlsOf({ instances }: Platform): Record<ServiceName, string[]> {
  const of = (service: ServiceName): string[] => instances.filter((one) => one.service === service).map(({ url }) => url);
  return { auth: of('auth'), product: of('product'), payment: of('payment') };
}

async function auditLedger(call: Call, random: Random): Promise<LedgerAudit> {
  for (let attempt = 1; ; attempt++) {
    const token = await signIn(call, random, demoAccounts.admin);
    const path = '/v1/ledger/audit';
    const reply = await call({ service: 'payment', method: 'GET', path, token, timeoutMs: 60_000 }, random);
    if (reply?.status === 200) return (reply.body as { data: LedgerAudit }).data;
    if (attempt === 3) throw new Error(`The ledger's audit was answered ${reply?.status}: ${JSON.stringify(reply?.body)}`);
    await sleep(1_000);
  }
}

function progressLine({ tally, findings }: Proof, { durationMs }: ProofOptions): string {
  const seconds = (Date.now() - tally.startedAt) / 1000;
  const lately =
    tally.perSecond.slice(Math.floor(seconds) - 5, Math.floor(seconds)).reduce((sum, count) => sum + (count ?? 0), 0) / 5;
  const count = (kind: string): number => tally.happenings.filter((one) => one.kind === kind).length;
  return [
    `${clock(seconds)} of ${clock(durationMs / 1000)}`,
    `${operationsOf(tally)} operations (${lately.toFixed(0)}/s)`,
    `${sigkillsOf(tally)} SIGKILLs (${count('crash')} at points)`,
    `${count('stop')} stops, ${count('network')} network, ${count('duplicate')} duplicate`,
    `${findings.length} violations`,
  ].join(' | ');
}

export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
