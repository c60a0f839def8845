import type { Infra } from '../../dev/infra/start-infra.ts';
import { createRandom } from '../../dev/seed/random.ts';
import { forEachService, type ServiceName } from '../../ops/platform/service-names.ts';
import { createAnswers } from './answers.ts';
import { type CallOptions, createCall } from './call.ts';
import type { CheckResult } from './check-everything.ts';
import { drawCrashPoint, type FaultKind, type NetworkFault } from './draw-fault.ts';
import { startDuplicator } from './duplicator.ts';
import { createEdits } from './edits.ts';
import type { Finding } from './finding.ts';
import { startPoisoning } from './poison.ts';
import { progressLine } from './print-proof.ts';
import { runRound, type Stage } from './run-round.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { startCounting, type Tally } from './tally.ts';
import { createTokens } from './tokens.ts';
import { createWalletDeeds } from './wallet-deeds.ts';
import { createWalletPasts } from './wallet-pasts.ts';
import { createWarehouseDeeds } from './warehouse-deeds.ts';
import { prepareWorkload, type WorkloadShape } from './workload.ts';

export type ProofOptions = {
  infra: Infra;
  /** Where freezeBuild put the code. */
  code: string;
  /** Keeps pid files and logs. */
  directory: string;
  /** Names its databases and topics. */
  name: string;
  seed: number;
  durationMs: number;
  /** Faults go on for so long, then everything is checked; then again, until the duration is over. */
  roundMs: number;
  faults: readonly FaultKind[];
  /** The mean time between two faults. */
  faultEveryMs: number;
  weights?: Partial<Record<FaultKind, number>>;
  network?: readonly NetworkFault[];
  /** Whose instances the faults are for; everybody's where it is left out. */
  services?: readonly ServiceName[];
  /** How many of the instances that start are to crash at a point, and at the latest when they reach it for which time. */
  crashes: { share: number; mostCount: number };
  shape: WorkloadShape;
  settings?: NodeJS.ProcessEnv;
  sql?: Partial<Record<ServiceName, readonly string[]>>;
  /** At rest nothing may be on its way for longer than this without moving. */
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
const READY_TIMEOUT_MS = 120_000;
const PROGRESS_EVERY_MS = 5_000;

const settings: NodeJS.ProcessEnv = {
  NODE_ENV: 'development',
  LOG_LEVEL: 'warn',
  KAFKA_PARTITIONS: '4',
  KAFKA_SESSION_TIMEOUT_MS: '3000',
  OUTBOX_POLL_MS: '100',
  OUTBOX_BATCH_SIZE: '50',
  // Two large purchases: batches are cut all the time.
  OUTBOX_BATCH_BYTES: '70000',
  CONSUMER_BATCH_SIZE: '50',
  ACCESS_TOKEN_TTL_S: '3600',
  PURCHASE_TIMEOUT_S: '60',
  JWKS_REFRESH_S: '5',
  WALLET_OPENING_CREDIT_MINOR: '1000000',
  TOP_UP_MAX_PAUSE_S: '2',
};

/** Runs the platform under load and faults, and checks everything whenever it has come to rest; stops at the first violation. */
export async function runProof(options: ProofOptions): Promise<Proof> {
  const { durationMs, roundMs, signal, onProgress } = options;
  const stage = await buildStage(options);
  try {
    const proof = emptyProof(options.seed, stage);
    const begunAt = Date.now();
    const printing = setInterval(() => onProgress(progressLine(proof, durationMs)), PROGRESS_EVERY_MS);
    try {
      while (proof.durationMs < durationMs && proof.findings.length === 0 && !signal.aborted) {
        const forMs = Math.min(roundMs, durationMs - proof.durationMs);
        const round = await runRound(options, { ...stage, forMs });
        proof.durationMs += round.durationMs;
        proof.wallMs = Date.now() - begunAt;
        proof.rounds++;
        Object.assign(proof, round.outcome);
        onProgress(`${progressLine(proof, durationMs)} | at rest and checked for the ${proof.rounds}. time`);
      }
      return proof;
    } finally {
      clearInterval(printing);
    }
  } finally {
    await stage.stop();
  }
}

/** The platform, its load and what disturbs it, all drawn from the seed. */
async function buildStage(options: ProofOptions): Promise<Omit<Stage, 'forMs'> & { tally: Tally; stop(): Promise<void> }> {
  const random = createRandom(options.seed);
  const { tally, ...counting } = startCounting();
  const answers = createAnswers();
  const tokens = createTokens();
  const edits = createEdits();
  const deeds = createWalletDeeds();
  const pasts = createWalletPasts();
  const warehouse = createWarehouseDeeds();
  const crashing = { isArmed: false, random: random.split('crash points') };
  const platform = await startPlatform({
    ...options,
    settings: { ...settings, ...options.settings },
    chooseFailpoint: (service) => (crashing.isArmed ? drawCrashPoint(crashing.random, service, options.crashes) : ''),
    onEnd: counting.countEnding,
  });
  try {
    await platform.ready(READY_TIMEOUT_MS);
    const { signal, shape } = options;
    const onAttempt: CallOptions['onAttempt'] = (outcome, request, body) => {
      counting.countAnswer(outcome, request, body);
      tokens.sawAnswer(outcome, request);
    };
    const call = createCall({ urls: urlsOf(platform), giveUpMs: GIVE_UP_MS, signal, onAttempt });
    const load = {
      call,
      answers,
      tokens,
      edits,
      deeds,
      pasts,
      warehouse,
      shape,
      random: random.split('workload'),
      onOperation: counting.countOperation,
    };
    const workload = await prepareWorkload(load);
    const duplicator = await startDuplicator({ ...platform, random: random.split('duplicates') });
    const poison = await startPoisoning({ ...platform, call, random: random.split('poison') });
    return {
      platform,
      call,
      answers,
      tokens,
      edits,
      deeds,
      pasts,
      warehouse,
      workload,
      duplicator,
      poison,
      tally,
      faultRandom: random.split('faults'),
      onFault: counting.countFault,
      armCrashes: (isArmed) => {
        crashing.isArmed = isArmed && options.faults.includes('crash');
      },
      async stop() {
        await poison.stop();
        await duplicator.stop();
        await platform.stop();
      },
    };
  } catch (error) {
    await platform.stop();
    throw error;
  }
}

function emptyProof(
  seed: number,
  { tally, duplicator, answers }: Pick<Stage, 'duplicator' | 'answers'> & { tally: Tally },
): Proof {
  return {
    seed,
    tally,
    copies: duplicator.sent,
    checked: [],
    rounds: 0,
    findings: answers.lies,
    story: [],
    durationMs: 0,
    wallMs: 0,
  };
}

function urlsOf({ instances }: Platform): Record<ServiceName, string[]> {
  const of = (service: ServiceName): string[] => instances.filter((one) => one.service === service).map(({ url }) => url);
  return forEachService(of);
}
