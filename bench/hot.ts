import { openStage } from './bench-platform.ts';
import { manyWallets } from './contents.ts';
import { measurePurchases, type PurchaseFigures, type PurchaseLoad } from './measure-purchases.ts';
import { requireCleanAudit } from './require-clean-audit.ts';
import { median, type Scenario, type ScenarioResult } from './scenario.ts';

const loads: readonly { name: string; load: Pick<PurchaseLoad, 'wallets' | 'products'> }[] = [
  { name: 'uniform', load: {} },
  { name: 'one wallet', load: { wallets: 'one' } },
  { name: 'one product', load: { products: 'one' } },
  { name: 'Zipf 1.2 over both', load: { wallets: { zipf: 1.2 }, products: { zipf: 1.2 } } },
];

/** Measures contention: all buyers on one wallet or one product. */
export const hot: Scenario = {
  name: 'hot',
  summary: 'one wallet, one product, and Zipf 1.2 over both, beside all alike',
  async run(bench, { rounds, seconds }) {
    const stage = await openStage(bench, 'hot', manyWallets);
    const figures: PurchaseFigures[] = [];
    for (let round = 1; round <= rounds; round++) {
      for (const { name, load } of loads) {
        const measured = await measurePurchases(bench, stage, {
          variant: { name },
          load: { connections: 64, seconds, warmUpSeconds: 5, ...load },
        });
        bench.onProgress(
          `Round ${round}, ${name}: ${measured.decidedPerS.toFixed(0)}/s decided, POST p99 ${measured.postMs.p99} ms`,
        );
        figures.push(measured);
      }
    }
    await requireCleanAudit(stage);
    await stage.close();
    return judge(figures);
  },
};

function judge(figures: readonly PurchaseFigures[]): ScenarioResult {
  const rate = (name: string): number =>
    median(figures.filter(({ variant }) => variant === name).map(({ decidedPerS }) => decidedPerS));
  return {
    tables: [
      {
        title: 'Who wants what',
        columns: ['load', 'decided/s', 'POST p50 ms', 'POST p99 ms', 'product µs', 'payment µs', 'database µs'],
        rows: figures.map(({ variant, decidedPerS, postMs, cpuUs }) => [
          variant,
          decidedPerS,
          postMs.p50,
          postMs.p99,
          cpuUs['product'] ?? '',
          cpuUs['payment'] ?? '',
          cpuUs['database'] ?? '',
        ]),
      },
    ],
    targets: loads.slice(1).map(({ name }) => {
      const share = rate(name) / rate('uniform');
      return { what: `${name} to uniform`, wanted: '>= 90%', measured: `${(share * 100).toFixed(0)}%`, isMet: share >= 0.9 };
    }),
    raw: { figures },
  };
}
