import { inspect } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { comparePurchaseFlow } from './compare-purchase-flow.ts';
import { type Play, type PlayOptions, playPurchaseFlow } from './play-purchase-flow.ts';
import { type PurchaseFlowServices, startPurchaseFlowServices } from './purchase-flow-services.ts';
import { endings, sequences, worlds } from './purchase-flow-steps.ts';

/** The same runs each time by default. `FLORIN_PROPERTY_RUNS` sets their number, with a random seed unless one is given. */
const { FLORIN_PROPERTY_RUNS: wantedRuns, FLORIN_PROPERTY_SEED: wantedSeed } = process.env;
const runs = Number(wantedRuns ?? 60);
const seed = Number(wantedSeed ?? (wantedRuns === undefined ? 20_260 : Date.now() % 2 ** 31));

/** Time for shrinking a failure to a short list of steps. */
const TIME_TO_SHRINK_MS = 600_000;

/** Situations that the runs must have covered. */
const telling = [
  'accepted',
  'replayed',
  'refused IDEMPOTENCY_KEY_REUSED',
  'refused PRODUCT_ARCHIVED',
  'refused PRODUCT_NOT_FOUND',
  'refused PRODUCT_OUT_OF_STOCK',
  'refused VALIDATION_FAILED',
  'refused WALLET_NOT_READY',
  'cancel already',
  'cancel cancelled',
  'cancel refused',
  'cancel unknown',
  'payment charged',
  'payment declined CURRENCY_MISMATCH',
  'payment declined INSUFFICIENT_FUNDS',
  'payment declined SPEND_LIMIT_EXCEEDED',
  'payment refunded',
  'payment voided',
];

describe('product and payment, against a model', () => {
  let services: PurchaseFlowServices;
  before(async () => {
    services = await startPurchaseFlowServices();
  });
  after(() => services.stop());

  it('agree with the model for any order of purchases, cancellations, repetitions and deliveries', async () => {
    const counters = new Map<string, number>();
    const check = async (options: PlayOptions): Promise<void> => {
      const play = await playAndCompare(services, options);
      for (const outcome of outcomesOf(play)) counters.set(outcome, (counters.get(outcome) ?? 0) + 1);
    };
    const plays = fc.record({ world: worlds, steps: sequences, ending: endings });
    await fc.assert(fc.asyncProperty(plays, check), { numRuns: runs, seed });
    if (wantedRuns !== undefined) process.stdout.write(`${runs} runs from seed ${seed}: ${inspect(counters)}\n`);
    if (runs >= 60) expect([...counters.keys()], 'outcomes').to.include.members(telling);
  }).timeout(TIME_TO_SHRINK_MS + runs * 5_000);
});

async function playAndCompare(services: PurchaseFlowServices, options: PlayOptions): Promise<Play> {
  const journal: string[] = [];
  try {
    const play = await playPurchaseFlow(services, options, journal);
    await comparePurchaseFlow(services, play);
    return play;
  } catch (error) {
    throw new Error(inWords(error, options, journal), { cause: error });
  }
}

function outcomesOf({ answers, bank }: Play): string[] {
  const payments = [...bank.decisions.values()].map(({ status, declineReason }) => ['payment', status, declineReason]);
  return [...answers, ...payments.map((words) => words.filter((word) => word !== undefined).join(' '))];
}

function inWords(error: unknown, { world }: PlayOptions, journal: readonly string[]): string {
  const { message, actual, expected } = error as Error & { actual?: unknown; expected?: unknown };
  const sides = [`  servers: ${inspect(actual, { depth: 5 })}`, `  model: ${inspect(expected, { depth: 5 })}`];
  return [
    message,
    ...(expected === undefined ? [] : sides),
    `Steps, with ${inspect(world.terms)}:`,
    ...journal.map((line) => `  ${line}`),
  ].join('\n');
}
