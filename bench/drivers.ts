import { type KafkaDriver, kafkaDrivers } from '@florin/runtime';
import { type Bench, openStage, type Stage } from './bench-platform.ts';
import { manyWallets } from './contents.ts';
import { measurePurchases, type PurchaseFigures } from './measure-purchases.ts';
import { drainOutbox, few, fillOutbox } from './relay.ts';
import { requireCleanAudit } from './require-clean-audit.ts';
import { median, type Scenario, type ScenarioOptions, type ScenarioResult } from './scenario.ts';

const CONNECTIONS = 64;
const WARM_UP_S = 10;
const ROWS = 100_000;
const others = kafkaDrivers.filter((driver) => driver !== 'kafkajs');

type Run = { driver: KafkaDriver; relayedPerS: number; purchases: PurchaseFigures };

/** Measures each driver of the broker port, in turn on the same databases and topics: all services stop before each switch. */
export const drivers: Scenario = {
  name: 'drivers',
  summary: 'each Kafka client in turn: purchases over 64 connections, and the relay with 100k rows',
  async run(bench, options) {
    const stage = await openStage(bench, 'drivers', manyWallets);
    // Nothing may consume what it relays.
    const outbox = await openStage(bench, 'drivers_relay', few);
    const runs: Run[] = [];
    for (let round = 1; round <= options.rounds; round++) {
      for (const driver of kafkaDrivers) {
        const run = await measureDriver(bench, { stage, outbox }, { driver, options });
        const { decidedPerS, postMs } = run.purchases;
        bench.onProgress(
          `Round ${round}, ${driver}: ${decidedPerS.toFixed(0)}/s decided, POST p99 ${postMs.p99} ms, ${run.relayedPerS.toFixed(0)} rows/s relayed`,
        );
        runs.push(run);
      }
    }
    await requireCleanAudit(stage);
    await stage.close();
    await outbox.close();
    return judge(runs);
  },
};

async function measureDriver(
  bench: Bench,
  { stage, outbox }: { stage: Stage; outbox: Stage },
  { driver, options }: { driver: KafkaDriver; options: ScenarioOptions },
): Promise<Run> {
  const purchases = await measurePurchases(bench, stage, {
    variant: { name: driver, settings: { KAFKA_DRIVER: driver } },
    load: { connections: CONNECTIONS, seconds: options.seconds, warmUpSeconds: WARM_UP_S },
  });
  await fillOutbox(outbox.payment, ROWS);
  const relayedPerS = await drainOutbox(bench, outbox, { driver, isPlain: false });
  return { driver, relayedPerS, purchases };
}

function judge(runs: readonly Run[]): ScenarioResult {
  const figure = (driver: KafkaDriver, of: (run: Run) => number): number[] => runs.filter((run) => run.driver === driver).map(of);
  const ratios = (driver: KafkaDriver, of: (run: Run) => number): string => {
    const [ours, usual] = [figure(driver, of), figure('kafkajs', of)];
    const each = ours.map((value, round) => value / (usual[round] ?? Number.NaN));
    return `${median(each).toFixed(2)} (${Math.min(...each).toFixed(2)} to ${Math.max(...each).toFixed(2)})`;
  };
  return {
    tables: [
      {
        title: 'Drivers',
        columns: ['driver', 'decided/s', 'POST p50 ms', 'POST p99 ms', 'product µs', 'payment µs', 'relayed rows/s'],
        rows: runs.map(({ driver, relayedPerS, purchases: { decidedPerS, postMs, cpuUs } }) => [
          driver,
          decidedPerS,
          postMs.p50,
          postMs.p99,
          cpuUs['product'] ?? '',
          cpuUs['payment'] ?? '',
          relayedPerS,
        ]),
      },
      {
        title: 'Relative to kafkajs, round by round: median (lowest to highest)',
        columns: ['driver', 'decided/s', 'payment µs', 'relayed rows/s'],
        rows: others.map((driver) => [
          driver,
          ratios(driver, ({ purchases }) => purchases.decidedPerS),
          ratios(driver, ({ purchases }) => purchases.cpuUs['payment'] ?? Number.NaN),
          ratios(driver, ({ relayedPerS }) => relayedPerS),
        ]),
      },
    ],
    targets: [],
    raw: { runs },
  };
}
