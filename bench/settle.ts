import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@florin/database';
import { makeEvent, type OutgoingEvent } from '@florin/events';
import { kafkaBroker } from '@florin/kafka';
import { invariants } from '@florin/payment-server/invariants';
import { createLogger, readKafkaDriver } from '@florin/runtime';
import { signedMessage } from '../dev/platform/signed-message.ts';
import { type Bench, openStage, type Stage, startPayment } from './bench-platform.ts';
import { manyWallets } from './contents.ts';
import type { Variant } from './measure-purchases.ts';
import { createPicker } from './pick.ts';
import { requireCleanAudit } from './require-clean-audit.ts';
import { median, type Scenario } from './scenario.ts';
import { florin, naive } from './variants.ts';

/** Smaller backlog for one transaction per event, which would take 15 minutes for the full one. */
const backlogs = new Map<Variant, number>([
  [florin, 200_000],
  [naive, 20_000],
]);
const PIECE = 1_000;
/** One in this number of purchases is cancelled right behind its request. A voided one shows that the cancel was handled first. */
const CANCELLED_EACH = 10;
const LOOK_EVERY_MS = 250;
const TIMEOUT_MS = 600_000;
/** Product knows nothing of these purchases. */
const ledgerChecks = ['ledger-sum', ...new Set(invariants.map(({ check }) => check))];

type Drained = { variant: string; purchases: number; perS: number };

/** Measures a backlog of requests, as after an outage of payment. */
export const settle: Scenario = {
  name: 'settle',
  summary: 'a backlog of 200k purchase-requested drained by payment, beside one transaction for each event',
  async run(bench, { rounds }) {
    const drained: Drained[] = [];
    for (let round = 1; round <= rounds; round++) {
      for (const [variant, purchases] of backlogs) {
        const stage = await openStage(bench, `settle_${variant.name}_${round}`, manyWallets);
        const one = await drain(bench, stage, { variant, purchases });
        bench.onProgress(
          `Round ${round}, ${variant.name}: ${purchases} purchases at ${one.perS.toFixed(0)}/s, each in its order`,
        );
        drained.push(one);
        await stage.close();
      }
    }
    const rate = (variant: Variant): number =>
      median(drained.filter((one) => one.variant === variant.name).map((one) => one.perS));
    const ratio = rate(florin) / rate(naive);
    return {
      tables: [
        {
          title: 'Backlog',
          columns: ['variant', 'purchases', 'decided/s'],
          rows: drained.map(({ variant, purchases, perS }) => [variant, purchases, perS]),
        },
      ],
      targets: [
        { what: 'florin to one transaction for each event', wanted: '>= 8', measured: ratio.toFixed(1), isMet: ratio >= 8 },
      ],
      raw: { drained },
    };
  },
};

async function drain(
  bench: Bench,
  stage: Stage,
  { variant, purchases }: { variant: Variant; purchases: number },
): Promise<Drained> {
  await publishBacklog(bench, stage, purchases);
  const payment = await startPayment(bench, stage, variant);
  try {
    // Starts at the first decision: joining the group is not part of it.
    await until(async () => (await countDecided(stage)) > 0);
    const countedAtFirst = await countDecided(stage);
    const startedAt = Date.now();
    await until(
      async () => (await countDecided(stage)) >= purchases && (await countCancelled(stage)) >= purchases / CANCELLED_EACH,
    );
    const perS = ((purchases - countedAtFirst) * 1_000) / (Date.now() - startedAt);
    await requireOrder(stage);
    await until(async () => (await stage.payment('outbox').limit(1)).length === 0);
    await requireCleanAudit(stage, ledgerChecks);
    return { variant: variant.name, purchases, perS };
  } finally {
    await payment.stop();
  }
}

async function publishBacklog({ infra }: Bench, { dataPath, kafkaPrefix }: Stage, purchases: number): Promise<void> {
  const { userIds } = JSON.parse(readFileSync(dataPath, 'utf8')) as { userIds: string[] };
  const pickUser = createPicker(userIds, 'uniform');
  const broker = kafkaBroker({
    brokers: infra.kafkaBrokers,
    security: infra.kafkaSecurity,
    driver: readKafkaDriver(process.env),
    clientId: 'florin-bench',
    prefix: kafkaPrefix,
    sessionTimeoutMs: 30_000,
    logger: createLogger({ service: 'bench', level: 'error' }),
  });
  for (let done = 0; done < purchases; done += PIECE) {
    const events = Array.from({ length: Math.min(PIECE, purchases - done) }, (_, index) =>
      askFor(pickUser(), done + index),
    ).flat();
    await broker.publish(events.map(signedMessage));
  }
  await broker.disconnect();
}

function askFor(userId: string, index: number): OutgoingEvent[] {
  const purchaseId = newId();
  const items = [{ productId: newId(), name: 'Product', quantity: 1, unitPriceMinor: 100 }];
  const data = { purchaseId, userId, items, totalMinor: 100, currency: 'EUR' };
  const requested = makeEvent('purchase-requested', { sequence: 1, data });
  if (index % CANCELLED_EACH !== 0) return [requested];
  return [requested, makeEvent('purchase-cancelled', { sequence: 2, data: { purchaseId, userId, by: 'buyer' } })];
}

async function countDecided({ payment }: Stage): Promise<number> {
  const [[row]] = (await payment.raw('SELECT COUNT(*) AS decided FROM payments')) as [[{ decided: number }]];
  return row.decided;
}

async function countCancelled({ payment }: Stage): Promise<number> {
  const [[row]] = (await payment.raw("SELECT COUNT(*) AS cancelled FROM payments WHERE status IN ('refunded', 'voided')")) as [
    [{ cancelled: number }],
  ];
  return row.cancelled;
}

async function requireOrder({ payment }: Stage): Promise<void> {
  const [[row]] = (await payment.raw("SELECT COUNT(*) AS voided FROM payments WHERE status = 'voided'")) as [
    [{ voided: number }],
  ];
  if (row.voided > 0) throw new Error(`${row.voided} cancels were handled before their requests`);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Not drained within ${TIMEOUT_MS / 1_000} s`);
    await sleep(LOOK_EVERY_MS);
  }
}
