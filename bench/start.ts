import { type Bench, openStage, type Stage, startServices } from './bench-platform.ts';
import { manyWallets } from './contents.ts';
import { readMemoryBytes } from './read-cpu.ts';
import { runLoad } from './run-load.ts';
import { median, type Scenario } from './scenario.ts';

const IDLE_MS = 5_000;
const MIB = 1024 * 1024;

type Started = {
  startMs: Record<'product' | 'payment', number>;
  idleMib: Record<string, number>;
  loadedMib: Record<string, number>;
};

/** Measures start-up time and memory of each service. */
export const start: Scenario = {
  name: 'start',
  summary: 'process start to ready; resident memory idle and under purchases',
  async run(bench, { rounds, seconds }) {
    const stage = await openStage(bench, 'start', manyWallets);
    const runs: Started[] = [];
    for (let round = 1; round <= rounds; round++) {
      const run = await startOnce(bench, stage, seconds);
      bench.onProgress(`Round ${round}: ${JSON.stringify(run)}`);
      runs.push(run);
    }
    await stage.close();
    const most = Math.max(...(['product', 'payment'] as const).map((name) => median(runs.map(({ startMs }) => startMs[name]))));
    const memory = Math.max(...runs.flatMap(({ loadedMib }) => Object.values(loadedMib)));
    return {
      tables: [
        {
          title: 'Start and memory',
          columns: ['service', 'start ms', 'idle MiB', 'under load MiB'],
          rows: runs.flatMap(({ startMs, idleMib, loadedMib }) =>
            (['product', 'payment'] as const).map((name) => [name, startMs[name], idleMib[name] ?? '', loadedMib[name] ?? '']),
          ),
        },
      ],
      targets: [
        { what: 'start to ready', wanted: '<= 2 s', measured: `${(most / 1_000).toFixed(2)} s`, isMet: most <= 2_000 },
        { what: 'memory under purchases', wanted: '<= 200 MiB', measured: `${memory.toFixed(0)} MiB`, isMet: memory <= 200 },
      ],
      raw: { runs },
    };
  },
};

async function startOnce(bench: Bench, stage: Stage, seconds: number): Promise<Started> {
  const running = await startServices(bench, stage);
  try {
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const idleMib = memoryOf(running.pids);
    await runLoad({
      url: running.productUrl,
      connections: 64,
      seconds,
      dataPath: stage.dataPath,
      wallets: 'uniform',
      products: 'uniform',
    });
    return { startMs: running.startMs, idleMib, loadedMib: memoryOf(running.pids) };
  } finally {
    await running.stop();
  }
}

function memoryOf({ product, payment }: { product: number; payment: number }): Record<string, number> {
  return { product: readMemoryBytes(product) / MIB, payment: readMemoryBytes(payment) / MIB };
}
