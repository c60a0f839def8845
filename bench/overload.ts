import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, openStage, type Running, type Stage, startServices } from './bench-platform.ts';
import { manyWallets } from './contents.ts';
import { requireCleanAudit } from './require-clean-audit.ts';
import { acceptedOf, type LoadResult, type LoadSpec, runLoad } from './run-load.ts';
import type { Scenario, ScenarioResult } from './scenario.ts';
import { untilDecided } from './until-decided.ts';

const OVERLOAD_S = 60;
const TIMES_THE_MAX = 3;
/** A waiting connection sends nothing: three times the maximum rate needs three times the connections. */
const CONNECTIONS = 2_000;
const RECOVERY_S = 10;
const PACED_S = 10;
/** Warm-up: the first purchases run while the code of broker and services is still being compiled. */
const WARM_UP_S = 20;
const NORMAL_SHARE = 0.5;

type Phases = { maxPerS: number; before: LoadResult; during: LoadResult; after: LoadResult; stored: number };

/** Runs three times the maximum load for a minute: accepted purchases stay fast, the rest is rejected at once, and the platform recovers. */
export const overload: Scenario = {
  name: 'overload',
  summary:
    'three times the maximum load for a minute: accepted purchases are in time, the rest is rejected at once, recovery takes 10 s',
  async run(bench, { seconds }) {
    const stage = await openStage(bench, 'overload', manyWallets);
    const running = await startServices(bench, stage);
    let phases: Phases;
    try {
      phases = await overloadOnce(bench, stage, { running, seconds });
    } finally {
      await running.stop();
    }
    await requireCleanAudit(stage);
    await stage.close();
    return judge(phases);
  },
};

async function overloadOnce(
  bench: Bench,
  stage: Stage,
  { running, seconds }: { running: Running; seconds: number },
): Promise<Phases> {
  const spec: LoadSpec = {
    url: running.productUrl,
    connections: 64,
    seconds,
    dataPath: stage.dataPath,
    wallets: 'uniform',
    products: 'uniform',
  };
  const warmUp = await runLoad({ ...spec, seconds: WARM_UP_S });
  const most = await runLoad(spec);
  const maxPerS = acceptedOf(most) / seconds;
  await untilDecided(stage.product);
  const normal = { ...spec, seconds: PACED_S, ratePerS: Math.floor(maxPerS * NORMAL_SHARE) };
  const before = await runLoad(normal);
  bench.onProgress(`The maximum is ${maxPerS.toFixed(0)}/s; at half of it POST p99 ${before.latencyMs.p99} ms`);
  const during = await runLoad({
    ...spec,
    seconds: OVERLOAD_S,
    connections: CONNECTIONS,
    ratePerS: Math.floor(maxPerS * TIMES_THE_MAX),
  });
  bench.onProgress(`Overload: ${JSON.stringify(during)}`);
  await sleep(RECOVERY_S * 1_000);
  const after = await runLoad(normal);
  await untilDecided(stage.product);
  const accepted = [warmUp, most, before, during, after].reduce((sum, load) => sum + acceptedOf(load), 0);
  const stored = await countPurchases(stage);
  if (stored < accepted) throw new Error(`${accepted} purchases accepted, ${stored} stored`);
  return { maxPerS, before, during, after, stored };
}

async function countPurchases({ product }: Stage): Promise<number> {
  const [[row]] = (await product.raw('SELECT COUNT(*) AS purchases FROM purchases')) as [[{ purchases: number }]];
  return row.purchases;
}

function judge({ maxPerS, before, during, after, stored }: Phases): ScenarioResult {
  const refused = (during.statuses['429'] ?? 0) + (during.statuses['503'] ?? 0);
  const isNormal = after.latencyMs.p99 <= Math.max(2 * before.latencyMs.p99, 100);
  const row = (name: string, load: LoadResult): (string | number)[] => [
    name,
    acceptedOf(load),
    (load.statuses['429'] ?? 0) + (load.statuses['503'] ?? 0),
    load.failures,
    load.latencyMs.p50,
    load.latencyMs.p99,
    load.refusalMs.p99,
  ];
  return {
    tables: [
      {
        title: `The maximum: ${maxPerS.toFixed(0)} purchases/s; ${stored} are stored`,
        columns: ['', 'taken', 'refused', 'no answer', 'taken p50 ms', 'taken p99 ms', 'refused p99 ms'],
        rows: [
          row('half the most, before', before),
          row('three times the most', during),
          row('half the most, 10 s after', after),
        ],
      },
    ],
    targets: [
      { what: 'taken p99', wanted: '<= 1 s', measured: `${during.latencyMs.p99} ms`, isMet: during.latencyMs.p99 <= 1_000 },
      {
        what: 'the rest is refused at once',
        wanted: 'p99 <= 1 s, none without an answer',
        measured: `${refused} refused, p99 ${during.refusalMs.p99} ms, ${during.failures} without`,
        isMet: refused > 0 && during.refusalMs.p99 <= 1_000 && during.failures === 0,
      },
      {
        what: 'back to normal within 10 s',
        wanted: `p99 near ${before.latencyMs.p99} ms`,
        measured: `${after.latencyMs.p99} ms`,
        isMet: isNormal,
      },
    ],
    raw: { maxPerS, before, during, after, stored },
  };
}
