import { inspect } from 'node:util';
import fc from 'fast-check';
import { comparePurchaseFlow } from './compare-purchase-flow.ts';
import { type PlayOptions, playPurchaseFlow } from './play-purchase-flow.ts';
import { type PurchaseFlowServices, startPurchaseFlowServices } from './purchase-flow-services.ts';
import { endings, sequences, worlds } from './purchase-flow-steps.ts';

/** As many runs as a test may take time for; `FLORIN_PROPERTY_RUNS` asks for more, then each time from another seed. */
const { FLORIN_PROPERTY_RUNS: wantedRuns, FLORIN_PROPERTY_SEED: wantedSeed } = process.env;
const runs = Number(wantedRuns ?? 50);
const seed = Number(wantedSeed ?? (wantedRuns === undefined ? 20_260 : Date.now() % 2 ** 31));

describe('product and payment, against a model', () => {
  let services: PurchaseFlowServices;
  before(async () => {
    services = await startPurchaseFlowServices();
  });
  after(() => services.stop());

  it('agree with it whatever is bought, cancelled, repeated, delivered twice, late or in another order', async () => {
    const plays = fc.record({ world: worlds, steps: sequences, ending: endings });
    await fc.assert(fc.asyncProperty(plays, check), { numRuns: runs, seed });
  }).timeout(0);

  async function check(options: PlayOptions): Promise<void> {
    const journal: string[] = [];
    try {
      await comparePurchaseFlow(services, await playPurchaseFlow(services, options, journal));
    } catch (error) {
      throw new Error(inWords(error, options, journal), { cause: error });
    }
  }
});

function inWords(error: unknown, { world }: PlayOptions, journal: readonly string[]): string {
  const { message, actual, expected } = error as Error & { actual?: unknown; expected?: unknown };
  const differs =
    expected === undefined
      ? []
      : [`the servers: ${inspect(actual, { depth: 5 })}`, `the model: ${inspect(expected, { depth: 5 })}`];
  return [message, ...differs, `What happened, with ${inspect(world.terms)}:`, ...journal.map((line) => `  ${line}`)].join('\n');
}
