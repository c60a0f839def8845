import type { Knex } from 'knex';
import { type Bench, openStage, type Stage, startInstances } from './bench-platform.ts';
import { manyWallets } from './contents.ts';
import { cpuBetween, readCpu } from './read-cpu.ts';
import { requireCleanAudit } from './require-clean-audit.ts';
import { acceptedOf, runLoad } from './run-load.ts';
import type { Scenario } from './scenario.ts';
import { untilDecided } from './until-decided.ts';

const INSTANCES = [1, 2, 4] as const;
const CONNECTIONS = 64;
const WARM_UP_S = 5;

type Scaled = { instances: number; decidedPerS: number; cpuUs: Record<string, number>; redoBytes: number };

/** Measures more instances on the same machine, and audits them. */
export const scale: Scenario = {
  name: 'scale',
  summary: '1, 2 and 4 instances of payment and of product on one machine',
  async run(bench, { rounds, seconds }) {
    const stage = await openStage(bench, 'scale', manyWallets);
    const scaled: Scaled[] = [];
    for (let round = 1; round <= rounds; round++) {
      for (const instances of INSTANCES) {
        const one = await measure(bench, stage, { instances, seconds });
        bench.onProgress(`Round ${round}, ${instances} instances: ${one.decidedPerS.toFixed(0)}/s`);
        scaled.push(one);
      }
    }
    await requireCleanAudit(stage);
    const stored = await measureStored(stage);
    await stage.close();
    return {
      tables: [
        {
          title: 'Instances of product and of payment, each',
          columns: ['instances', 'decided/s', 'product µs', 'payment µs', 'database µs', 'broker µs', 'redo log bytes'],
          rows: scaled.map(({ instances, decidedPerS, cpuUs, redoBytes }) => [
            String(instances),
            decidedPerS,
            cpuUs['product'] ?? '',
            cpuUs['payment'] ?? '',
            cpuUs['database'] ?? '',
            cpuUs['broker'] ?? '',
            redoBytes,
          ]),
        },
        {
          title: 'What a purchase leaves in the databases, with its indexes',
          columns: ['database', 'bytes'],
          rows: Object.entries(stored),
        },
      ],
      targets: [{ what: 'the audit of all of it', wanted: 'in order', measured: 'in order', isMet: true }],
      raw: { scaled, stored },
    };
  },
};

async function measure(
  bench: Bench,
  stage: Stage,
  { instances, seconds }: { instances: number; seconds: number },
): Promise<Scaled> {
  const running = await startInstances(bench, stage, instances);
  try {
    const load = (forS: number) =>
      Promise.all(
        running.productUrls.map((url) =>
          runLoad({
            url,
            connections: CONNECTIONS / instances,
            seconds: forS,
            dataPath: stage.dataPath,
            wallets: 'uniform',
            products: 'uniform',
          }),
        ),
      );
    await load(WARM_UP_S);
    await untilDecided(stage.product);
    const redoBefore = await redoWritten(stage);
    const before = readCpu(running.pids);
    const startedAt = Date.now();
    const results = await load(seconds);
    const durationMs = (await untilDecided(stage.product)) - startedAt;
    const cpu = cpuBetween(before, readCpu(running.pids));
    const redoBytes = (await redoWritten(stage)) - redoBefore;
    const accepted = results.reduce((sum, result) => sum + acceptedOf(result), 0);
    const cpuUs: Record<string, number> = {};
    for (const [name, ms] of Object.entries(cpu)) {
      const kind = name.replace(/-\d+$/, '');
      cpuUs[kind] = (cpuUs[kind] ?? 0) + (ms * 1_000) / accepted;
    }
    return { instances, decidedPerS: (accepted * 1_000) / durationMs, cpuUs, redoBytes: redoBytes / accepted };
  } finally {
    await running.stop();
  }
}

async function redoWritten({ product }: Stage): Promise<number> {
  const [[row]] = (await product.raw("SHOW GLOBAL STATUS LIKE 'Innodb_os_log_written'")) as [[{ Value: string }]];
  return Number(row.Value);
}

async function measureStored({ product, payment }: Stage): Promise<Record<'product' | 'payment', number>> {
  const [[counted]] = (await product.raw('SELECT COUNT(*) AS purchases FROM purchases')) as [[{ purchases: number }]];
  const bytesOf = async (db: Knex): Promise<number> => {
    const [tables] = (await db.raw('SHOW TABLE STATUS')) as [{ Data_length: number; Index_length: number }[]];
    return tables.reduce((sum, { Data_length, Index_length }) => sum + Number(Data_length) + Number(Index_length), 0);
  };
  return { product: (await bytesOf(product)) / counted.purchases, payment: (await bytesOf(payment)) / counted.purchases };
}
