import { type Bench, openStage, type Stage } from './bench-platform.ts';
import { manyWallets } from './contents.ts';
import { type BoundFigures, measureBound } from './measure-bound.ts';
import { measurePurchases, type PurchaseFigures, type Variant } from './measure-purchases.ts';
import { requireCleanAudit } from './require-clean-audit.ts';
import { median, type Scenario, type ScenarioOptions, type ScenarioResult } from './scenario.ts';
import { bare, florin, naive } from './variants.ts';

const CONNECTIONS = [16, 64, 256] as const;
const MIN_OF_BARE = 0.65;
/** Warm-up seconds, until most tokens are cached and the broker's code is compiled. */
const WARM_UP_S = 10;
const SHARE_OF_MOST = 0.8;
/** Measures purchases from HTTP request to decision, beside a pipeline with one transaction per request and event. */
export const purchase: Scenario = {
  name: 'purchase',
  summary:
    'HTTP request to decided, 16, 64 and 256 connections, 10k wallets, 1k products; beside a naive variant and the bare statements',
  async run(bench, options) {
    const stages = new Map<Variant, Stage>();
    for (const variant of [florin, naive, bare]) stages.set(variant, await openStage(bench, variant.name, manyWallets));
    const bounds: BoundFigures[] = [];
    const figures = await interleave(bench, stages, { ...options, bounds });
    const paced = await measurePaced(bench, stages, { figures, options });
    for (const stage of stages.values()) {
      await requireCleanAudit(stage);
      await stage.close();
    }
    return judge({ figures, paced, bounds });
  },
};

async function interleave(
  bench: Bench,
  stages: ReadonlyMap<Variant, Stage>,
  { rounds, seconds, bounds }: ScenarioOptions & { bounds: BoundFigures[] },
): Promise<PurchaseFigures[]> {
  const figures: PurchaseFigures[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const connections of CONNECTIONS) {
      for (const [variant, stage] of stages) {
        const load = { connections, seconds, warmUpSeconds: WARM_UP_S };
        const measured = await measurePurchases(bench, stage, { variant, load });
        bench.onProgress(describe(round, measured));
        figures.push(measured);
      }
    }
    const bound = await measureBound(bench, stageOf(stages, florin), seconds);
    bench.onProgress(`Round ${round}, the statements alone: ${bound.decidedPerS.toFixed(0)}/s (µs: ${cpuText(bound.cpuUs)})`);
    bounds.push(bound);
  }
  return figures;
}

/** Measures latency at 80% of the maximum rate. */
async function measurePaced(
  bench: Bench,
  stages: ReadonlyMap<Variant, Stage>,
  { figures, options }: { figures: readonly PurchaseFigures[]; options: ScenarioOptions },
): Promise<PurchaseFigures> {
  const stage = stageOf(stages, florin);
  const most = median(figures.filter((one) => one.variant === 'florin' && one.connections === 64).map((one) => one.decidedPerS));
  const load = {
    connections: 64,
    seconds: options.seconds,
    warmUpSeconds: WARM_UP_S,
    ratePerS: Math.floor(most * SHARE_OF_MOST),
  };
  const measured = await measurePurchases(bench, stage, { variant: { ...florin, name: 'florin at 80%' }, load });
  bench.onProgress(describe(1, measured));
  return measured;
}

function stageOf(stages: ReadonlyMap<Variant, Stage>, variant: Variant): Stage {
  const stage = stages.get(variant);
  if (stage === undefined) throw new Error(`${variant.name} has no stage`);
  return stage;
}

type Measured = { figures: readonly PurchaseFigures[]; paced: PurchaseFigures; bounds: readonly BoundFigures[] };

function judge({ figures, paced, bounds }: Measured): ScenarioResult {
  const of = (variant: string, connections: number): PurchaseFigures[] =>
    figures.filter((one) => one.variant === variant && one.connections === connections);
  const rate = (variant: string, connections: number): number => median(of(variant, connections).map((one) => one.decidedPerS));
  const ratios = CONNECTIONS.map((connections) => rate('florin', connections) / rate('naive', connections));
  const bound = median(bounds.map((one) => one.decidedPerS));
  const most = Math.max(...CONNECTIONS.map((connections) => rate('florin', connections)));
  const overloaded = of('florin', 256).reduce((sum, { statuses }) => sum + (statuses['503'] ?? 0), 0);
  const percent = (share: number): string => `${(100 * share).toFixed(0)}%`;
  const decidedMs = paced.decidedMs?.p99 ?? Number.POSITIVE_INFINITY;
  return {
    tables: [
      {
        title: 'Purchases',
        columns: [
          'variant',
          'connections',
          'decided/s',
          'POST p50 ms',
          'POST p99 ms',
          'decided p99 ms',
          ...processes.map((name) => `${name} µs`),
        ],
        rows: [...figures, paced].map((one) => [
          one.variant,
          one.connections,
          one.decidedPerS,
          one.postMs.p50,
          one.postMs.p99,
          one.decidedMs?.p99 ?? '',
          ...processes.map((name) => one.cpuUs[name] ?? ''),
        ]),
      },
      {
        title: 'The statements alone',
        columns: ['', 'decided/s', 'node µs', 'database µs'],
        rows: bounds.map((one, index) => [
          `round ${index + 1}`,
          one.decidedPerS,
          one.cpuUs['statements'] ?? '',
          one.cpuUs['database'] ?? '',
        ]),
      },
    ],
    targets: [
      ...CONNECTIONS.map((connections, index) => ({
        what: `florin to naive, ${connections} connections`,
        wanted: '>= 4',
        measured: (ratios[index] ?? 0).toFixed(2),
        isMet: (ratios[index] ?? 0) >= 4,
      })),
      ...CONNECTIONS.map((connections) => {
        const ofBare = rate('florin', connections) / rate('bare', connections);
        return {
          what: `florin to its statements behind plain HTTP, ${connections} connections`,
          wanted: `>= ${percent(MIN_OF_BARE)}`,
          measured: percent(ofBare),
          isMet: ofBare >= MIN_OF_BARE,
        };
      }),
      { what: 'answers 503 at 256 connections', wanted: '0', measured: String(overloaded), isMet: overloaded === 0 },
      {
        what: 'florin to its statements alone',
        wanted: '>= 60%',
        measured: percent(most / bound),
        isMet: most / bound >= 0.6,
      },
      { what: 'POST p99 at 80%', wanted: '<= 60 ms', measured: `${paced.postMs.p99} ms`, isMet: paced.postMs.p99 <= 60 },
      { what: 'decided p99 at 80%', wanted: '<= 150 ms', measured: `${decidedMs} ms`, isMet: decidedMs <= 150 },
    ],
    raw: { figures, paced, bounds },
  };
}

const processes = ['product', 'payment', 'database', 'broker', 'load'] as const;

function cpuText(cpuUs: Readonly<Record<string, number>>): string {
  return Object.entries(cpuUs)
    .map(([name, us]) => `${name} ${us.toFixed(0)}`)
    .join(', ');
}

function describe(round: number, one: PurchaseFigures): string {
  const statuses = Object.entries(one.statuses).map(([status, count]) => `${status}: ${count}`);
  return [
    `Round ${round}, ${one.variant}, ${one.connections} connections: ${one.decidedPerS.toFixed(0)}/s decided`,
    `POST p50 ${one.postMs.p50} p99 ${one.postMs.p99} ms`,
    ...(one.decidedMs ? [`decided p50 ${one.decidedMs.p50} p99 ${one.decidedMs.p99} ms`] : []),
    `µs: ${cpuText(one.cpuUs)}`,
    [...statuses, ...(one.failures > 0 ? [`${one.failures} failures`] : [])].join(' '),
  ].join(', ');
}
