import { createRandom } from '../../dev/seed/random.ts';
import { forEachService, type ServiceName } from '../../ops/platform/service-names.ts';
import type { ChaosOptions, ChaosRun } from './chaos-run.ts';
import { type Counters, startCounters } from './counters.ts';
import { type CallOptions, createCall } from './create-call.ts';
import { drawCrashPoint } from './draw-fault.ts';
import { createHistories } from './histories.ts';
import { prepareWorkload } from './prepare-workload.ts';
import { progressLine } from './print-run.ts';
import { runRound, type Stage } from './run-round.ts';
import { startDuplicator } from './start-duplicator.ts';
import { type Platform, startPlatform } from './start-platform.ts';
import { startPoisoning } from './start-poisoning.ts';
import { REVIEW_ABOVE_MINOR } from './wallet-history.ts';

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
  // Two large purchases, so that most batches are cut.
  OUTBOX_BATCH_BYTES: '70000',
  CONSUMER_BATCH_SIZE: '50',
  ACCESS_TOKEN_TTL_S: '3600',
  STAFF_ACCESS_TOKEN_TTL_S: '3600',
  PURCHASE_TIMEOUT_S: '60',
  JWKS_REFRESH_S: '5',
  WALLET_OPENING_CREDIT_MINOR: '1000000',
  TOP_UP_MAX_PAUSE_S: '2',
  ADJUSTMENT_REVIEW_ABOVE_MINOR: String(REVIEW_ABOVE_MINOR),
  // A file is sent twice at once.
  IMPORT_USER_CONCURRENCY: '2',
};

/** Runs the platform under load and faults, and checks it after each round. Stops at the first violation. */
export async function runChaos(options: ChaosOptions): Promise<ChaosRun> {
  const { durationMs, roundMs, signal, onProgress } = options;
  const stage = await buildStage(options);
  try {
    const run = emptyRun(options.seed, stage);
    const startedAt = Date.now();
    const printing = setInterval(() => onProgress(progressLine(run, durationMs)), PROGRESS_EVERY_MS);
    try {
      while (run.durationMs < durationMs && run.findings.length === 0 && !signal.aborted) {
        const forMs = Math.min(roundMs, durationMs - run.durationMs);
        const round = await runRound(options, { ...stage, forMs });
        run.durationMs += round.durationMs;
        run.wallMs = Date.now() - startedAt;
        run.rounds++;
        Object.assign(run, round.outcome);
        onProgress(`${progressLine(run, durationMs)} | check ${run.rounds} done`);
      }
      return run;
    } finally {
      clearInterval(printing);
    }
  } finally {
    await stage.stop();
  }
}

/** Starts the platform, its clients and its fault injectors, all drawn from the seed. */
async function buildStage(options: ChaosOptions): Promise<Omit<Stage, 'forMs'> & { counters: Counters; stop(): Promise<void> }> {
  const random = createRandom(options.seed);
  const { counters, ...counting } = startCounters();
  const histories = createHistories();
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
      histories.tokens.sawAnswer(outcome, request);
    };
    const call = createCall({ urls: urlsOf(platform), giveUpMs: GIVE_UP_MS, signal, onAttempt });
    const workload = await prepareWorkload({
      call,
      histories,
      shape,
      random: random.split('workload'),
      onOperation: counting.countOperation,
    });
    const duplicator = await startDuplicator({ ...platform, random: random.split('duplicates') });
    const poison = await startPoisoning({ ...platform, call, random: random.split('poison') });
    return {
      platform,
      call,
      histories,
      workload,
      duplicator,
      poison,
      counters,
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

function emptyRun(
  seed: number,
  { counters, duplicator, histories }: Pick<Stage, 'duplicator' | 'histories'> & { counters: Counters },
): ChaosRun {
  return {
    seed,
    counters,
    copies: duplicator.sent,
    checked: [],
    rounds: 0,
    findings: histories.purchases.violations,
    story: [],
    durationMs: 0,
    wallMs: 0,
  };
}

function urlsOf({ instances }: Platform): Record<ServiceName, string[]> {
  const of = (service: ServiceName): string[] => instances.filter((one) => one.service === service).map(({ url }) => url);
  return forEachService(of);
}
