import { openStage, startServices } from './bench-platform.ts';
import { manyWallets } from './contents.ts';
import { requireCleanAudit } from './require-clean-audit.ts';
import { acceptedOf, type Percentiles, runLoad } from './run-load.ts';
import { median, type Scenario } from './scenario.ts';
import { untilDecided } from './until-decided.ts';
import { florin } from './variants.ts';

const CONNECTIONS = [1, 4, 16] as const;
const WARM_UP_S = 5;
const MAX_WAIT_S = 10;
const MAX_MEDIAN_MS = 60;

type Figures = { connections: number; answersPerS: number; decidedMs: Percentiles };

/** Measures what a buyer waits for on a platform with few others: from the request to the decision, with `Prefer: wait`. */
export const latency: Scenario = {
  name: 'latency',
  summary: 'HTTP request to decided for 1, 4 and 16 buyers who each wait for the decision before they buy again',
  async run(bench, { rounds, seconds }) {
    const stage = await openStage(bench, florin.name, manyWallets);
    const running = await startServices(bench, stage, florin);
    const figures: Figures[] = [];
    try {
      const load = (connections: number, forS: number) =>
        runLoad({
          url: running.productUrl,
          dataPath: stage.dataPath,
          wallets: 'uniform',
          products: 'uniform',
          waitS: MAX_WAIT_S,
          connections,
          seconds: forS,
        });
      await load(Math.max(...CONNECTIONS), WARM_UP_S);
      for (let round = 1; round <= rounds; round++) {
        for (const connections of CONNECTIONS) {
          const result = await load(connections, seconds);
          const answersPerS = (acceptedOf(result) * 1_000) / (result.endedAt - result.startedAt);
          figures.push({ connections, answersPerS, decidedMs: result.latencyMs });
          bench.onProgress(
            `Round ${round}, ${connections} connections: ${answersPerS.toFixed(0)}/s ${JSON.stringify(result.latencyMs)}`,
          );
        }
      }
      await untilDecided(stage.product);
    } finally {
      await running.stop();
    }
    await requireCleanAudit(stage);
    await stage.close();
    return judge(figures);
  },
};

function judge(figures: readonly Figures[]): Awaited<ReturnType<Scenario['run']>> {
  const single = median(figures.filter(({ connections }) => connections === 1).map(({ decidedMs }) => decidedMs.p50));
  return {
    tables: [
      {
        title: 'From the request to the decision',
        columns: ['connections', 'decided/s', 'p50 ms', 'p90 ms', 'p99 ms'],
        rows: figures.map((one) => [one.connections, one.answersPerS, one.decidedMs.p50, one.decidedMs.p90, one.decidedMs.p99]),
      },
    ],
    targets: [
      {
        what: 'median of one buyer',
        wanted: `<= ${MAX_MEDIAN_MS} ms`,
        measured: `${single} ms`,
        isMet: single <= MAX_MEDIAN_MS,
      },
    ],
    raw: figures,
  };
}
