import { startCollector } from '../dev/observability/start-collector.ts';
import { type Bench, openStage, type Stage } from './bench-platform.ts';
import { compareRates } from './compare-rates.ts';
import { manyWallets } from './contents.ts';
import { measurePurchases, type PurchaseFigures, type Variant } from './measure-purchases.ts';
import { requireCleanAudit } from './require-clean-audit.ts';
import type { Scenario, ScenarioResult } from './scenario.ts';

const CONNECTIONS = [64, 256] as const;
const WARM_UP_S = 3;
const WANTED = 0.92;
/** As Prometheus does by default in deploy/observability. */
const METRICS_EVERY_MS = 15_000;

const unobserved: Variant = { name: 'unobserved', settings: { INVARIANT_CHECKS_PERCENT: '0' } };

/** What a production server has: its share of traces, the default share of checks. */
const observedAt = (endpoint: string): Variant => ({
  name: 'observed',
  settings: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: '0.1' },
  metricsEveryMs: METRICS_EVERY_MS,
});

/** Measures what traces, metrics and background checks cost purchases. */
export const observed: Scenario = {
  name: 'observed',
  summary: 'purchases with traces (10%), metrics read every 15 s and background checks, relative to none of them',
  async run(bench, { rounds, seconds }) {
    const collector = await startCollector();
    const variants = [unobserved, observedAt(collector.endpoint)] as const;
    const stages: { variant: Variant; stage: Stage }[] = [];
    for (const variant of variants) stages.push({ variant, stage: await openStage(bench, variant.name, manyWallets) });
    const figures: PurchaseFigures[] = [];
    for (let round = 1; round <= rounds; round++) {
      // The order changes, because the machine's speed does.
      const inOrder = round % 2 === 1 ? stages : stages.toReversed();
      for (const connections of CONNECTIONS)
        for (const { variant, stage } of inOrder)
          figures.push(await measure(bench, { variant, stage, connections, seconds, round }));
    }
    for (const { stage } of stages) {
      await requireCleanAudit(stage);
      await stage.close();
    }
    await collector.stop();
    if (collector.requests() === 0) throw new Error('The collector got no traces');
    return judge(figures);
  },
};

type Run = { variant: Variant; stage: Stage; connections: number; seconds: number; round: number };

async function measure(bench: Bench, { variant, stage, connections, seconds, round }: Run): Promise<PurchaseFigures> {
  const figures = await measurePurchases(bench, stage, { variant, load: { connections, seconds, warmUpSeconds: WARM_UP_S } });
  bench.onProgress(`Round ${round}, ${connections} connections, ${variant.name}: ${figures.decidedPerS.toFixed(0)}/s`);
  return figures;
}

function judge(figures: readonly PurchaseFigures[]): ScenarioResult {
  const of = (name: string, connections: number): PurchaseFigures[] =>
    figures.filter((one) => one.variant === name && one.connections === connections);
  const cpuOf = ({ cpuUs }: PurchaseFigures): number => (cpuUs['product'] ?? 0) + (cpuUs['payment'] ?? 0);
  const compared = CONNECTIONS.map((connections) => {
    const pairs = of('unobserved', connections).map((reference, index) => ({
      reference,
      subject: of('observed', connections)[index] ?? reference,
    }));
    return {
      connections,
      rate: compareRates(
        pairs.map(({ reference, subject }) => ({ reference: reference.decidedPerS, subject: subject.decidedPerS })),
      ),
      cpu: compareRates(pairs.map(({ reference, subject }) => ({ reference: cpuOf(reference), subject: cpuOf(subject) }))),
    };
  });
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  return {
    tables: [
      {
        title: 'Purchases with everything on, relative to everything off (95% interval)',
        columns: ['connections', 'decided', 'from', 'to', "services' processor time", 'from', 'to'],
        rows: compared.map(({ connections, rate, cpu }) => [
          connections,
          ...[rate.mean, rate.low, rate.high, cpu.mean, cpu.low, cpu.high].map(percent),
        ]),
      },
    ],
    targets: compared.map(({ connections, rate }) => ({
      what: `purchases with everything on, ${connections} connections`,
      wanted: `>= ${percent(WANTED)}`,
      measured: `${percent(rate.mean)} (${percent(rate.low)} to ${percent(rate.high)})`,
      isMet: rate.mean >= WANTED,
    })),
    raw: { figures, compared },
  };
}
