import { type Bench, openStage, type Stage } from './bench-platform.ts';
import { enlargeBufferPool, untilWritten } from './buffer-pool.ts';
import { manyWallets } from './contents.ts';
import { growLedger } from './grow-ledger.ts';
import { measurePurchases, type PurchaseFigures } from './measure-purchases.ts';
import { requireCleanAudit } from './require-clean-audit.ts';
import { median, type Scenario } from './scenario.ts';

const SIZES = [10_000, 1_000_000, 5_000_000] as const;

/** Measures the cost of a purchase by the size of the ledger. */
export const growth: Scenario = {
  name: 'growth',
  summary: 'purchase at 10 thousand, 1 million and 5 million ledger entries',
  async run(bench, { rounds, seconds }) {
    await enlargeBufferPool(bench);
    const stages: { size: number; stage: Stage }[] = [];
    for (const size of SIZES) stages.push({ size, stage: await openGrown(bench, size) });
    await untilWritten(bench);
    const figures: PurchaseFigures[] = [];
    for (let round = 1; round <= rounds; round++) {
      for (const { size, stage } of stages) {
        const variant = { name: String(size) };
        const measured = await measurePurchases(bench, stage, {
          variant,
          load: { connections: 64, seconds, warmUpSeconds: 5 },
        });
        bench.onProgress(
          `Round ${round}, ${size} entries: ${measured.decidedPerS.toFixed(0)}/s, ${cpuOf(measured).toFixed(0)} µs`,
        );
        figures.push(measured);
      }
    }
    for (const { stage } of stages) {
      await requireCleanAudit(stage);
      await stage.close();
    }
    const cost = (size: number): number => median(figures.filter(({ variant }) => variant === String(size)).map(cpuOf));
    return {
      tables: [
        {
          title: 'Ledger entries before the run',
          columns: ['entries', 'decided/s', 'product µs', 'payment µs', 'database µs', 'together µs'],
          rows: figures.map((one) => [
            one.variant,
            one.decidedPerS,
            one.cpuUs['product'] ?? '',
            one.cpuUs['payment'] ?? '',
            one.cpuUs['database'] ?? '',
            cpuOf(one),
          ]),
        },
      ],
      targets: SIZES.slice(1).map((size) => {
        const more = cost(size) / cost(SIZES[0]) - 1;
        return { what: `${size} entries`, wanted: '<= 15% more', measured: `${(more * 100).toFixed(0)}%`, isMet: more <= 0.15 };
      }),
      raw: { figures },
    };
  },
};

async function openGrown(bench: Bench, size: number): Promise<Stage> {
  const stage = await openStage(bench, `growth_${size}`, manyWallets);
  bench.onProgress(`Growing a ledger to ${size} entries`);
  await growLedger(stage, size);
  return stage;
}

/** Processor time of the services and the database, without broker and load. */
function cpuOf({ cpuUs }: PurchaseFigures): number {
  return (cpuUs['product'] ?? 0) + (cpuUs['payment'] ?? 0) + (cpuUs['database'] ?? 0);
}
