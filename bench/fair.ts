import { readFile } from 'node:fs/promises';
import { newId } from '@florin/database';
import { seedProducts } from '../dev/seed/seed-products.ts';
import { type Bench, openStage, type Stage, startServices } from './bench-platform.ts';
import { hostilePlatform } from './contents.ts';
import { type AttackName, type AttackTarget, attackNames } from './fair-attacks.ts';
import type { AttackResult, AttackSpec } from './fair-client.ts';
import { requireCleanAudit } from './require-clean-audit.ts';
import { runChild } from './run-child.ts';
import { acceptedOf, type LoadResult, type LoadSpec, runLoad } from './run-load.ts';
import { median, type Scenario, type ScenarioOptions, type ScenarioResult } from './scenario.ts';
import { untilDecided } from './until-decided.ts';

const SEARCHED_PRODUCTS = 200_000;
const WARM_UP_S = 10;
const CONNECTIONS = 64;
/** Of the maximum: honest clients do not saturate a healthy platform. */
const HONEST_SHARE = 0.5;
/** Units that the hostile buyer wants of each product: most of its stock, and more than its wallet covers. */
const HOSTILE_UNITS = 900_000;
const ALONE = 'honest alone';

/** The limits of production. Proxies are trusted, because all clients of this machine have few addresses. */
const settings = {
  TRUSTED_PROXIES: '1',
  RATE_LIMIT_USER_PER_MIN: '600',
  RATE_LIMIT_ADDRESS_PER_MIN: '300',
  SEARCH_ADDRESS_PER_MIN: '60',
  SEARCH_MAX_WAITING: '16',
  SEARCH_TIMEOUT_MS: '2000',
  PURCHASES_UNDECIDED_MAX: '500',
};

type Figures = { attack: AttackName | typeof ALONE; honest: LoadResult; hostile: AttackResult };

/** Runs one hostile client beside honest purchases, one attack after another. */
export const fair: Scenario = {
  name: 'fair',
  summary: 'one hostile client beside honest purchases, one attack after another: what the honest lose',
  async run(bench, options) {
    const stage = await openStage(bench, 'fair', hostilePlatform);
    const target = await prepareTarget(bench, stage);
    const running = await startServices(bench, stage, { settings });
    const figures: Figures[] = [];
    try {
      const spec = await honestLoad(bench, { url: running.productUrl, stage, options });
      for (let round = 1; round <= options.rounds; round++) {
        for (const attack of [ALONE, ...attackNames] as const) {
          const measured = await measure(spec, { attack, target });
          await untilDecided(stage.product);
          bench.onProgress(`Round ${round}, ${attack}: ${describe(measured)}`);
          figures.push(measured);
        }
      }
    } finally {
      await running.stop();
    }
    await requireCleanAudit(stage);
    await stage.close();
    return judge(figures, options);
  },
};

/** The products of the honest load come first. Those that are only searched follow. */
async function prepareTarget({ issuer, signal, onProgress }: Bench, { dataPath, product }: Stage): Promise<AttackTarget> {
  const { tokens, productIds } = JSON.parse(await readFile(dataPath, 'utf8')) as { tokens: string[]; productIds: string[] };
  const actor = { actorId: null, actorName: 'bench' };
  await seedProducts(product, { actor, products: SEARCHED_PRODUCTS, currency: 'EUR', signal, onProgress: () => {} });
  onProgress(`${SEARCHED_PRODUCTS} products to search`);
  const staffToken = issuer.tokenFor({ id: newId(), roles: ['buyer', 'staff'] });
  return { token: tokens.at(-1) ?? '', staffToken, productIds, quantity: HOSTILE_UNITS };
}

type Honest = { url: string; stage: Stage; options: ScenarioOptions };

async function honestLoad(bench: Bench, { url, stage, options }: Honest): Promise<LoadSpec> {
  const spec: LoadSpec = {
    url,
    connections: CONNECTIONS,
    seconds: options.seconds,
    dataPath: stage.dataPath,
    wallets: 'uniform',
    products: 'uniform',
    hasAddresses: true,
  };
  await runLoad({ ...spec, seconds: WARM_UP_S });
  const most = await runLoad({ ...spec, seconds: WARM_UP_S });
  await untilDecided(stage.product);
  bench.onProgress(`The most is ${acceptedOf(most) / WARM_UP_S}/s; answers ${statusesOf(most.statuses)}`);
  // Each connection has a share of the rate, which must be at least one request per second.
  return { ...spec, ratePerS: Math.max(CONNECTIONS, Math.floor((acceptedOf(most) / WARM_UP_S) * HONEST_SHARE)) };
}

async function measure(
  spec: LoadSpec,
  { attack, target }: { attack: Figures['attack']; target: AttackTarget },
): Promise<Figures> {
  const hostile: Promise<{ result: AttackResult }> =
    attack === ALONE
      ? Promise.resolve({ result: {} })
      : runChild<AttackResult>('fair-client.ts', { attack, url: spec.url, seconds: spec.seconds, target } satisfies AttackSpec);
  const [honest, { result }] = await Promise.all([runLoad(spec), hostile]);
  return { attack, honest, hostile: result };
}

function describe({ honest, hostile }: Figures): string {
  return `${acceptedOf(honest)} honest purchases accepted, p99 ${honest.latencyMs.p99} ms; hostile answers ${statusesOf(hostile)}`;
}

function statusesOf(answers: AttackResult): string {
  return Object.entries(answers)
    .map(([status, times]) => `${status}: ${times}`)
    .join(', ');
}

function judge(figures: readonly Figures[], { seconds }: ScenarioOptions): ScenarioResult {
  const of = (attack: Figures['attack']): readonly Figures[] => figures.filter((one) => one.attack === attack);
  const perS = (attack: Figures['attack']): number => median(of(attack).map(({ honest }) => acceptedOf(honest) / seconds));
  const p99 = (attack: Figures['attack']): number => median(of(attack).map(({ honest }) => honest.latencyMs.p99));
  const shares = attackNames.map((attack) => ({
    attack,
    throughput: perS(attack) / perS(ALONE),
    latency: p99(attack) / p99(ALONE),
  }));
  return {
    tables: [
      {
        title: 'Honest purchases beside one hostile client, as a share of those without it',
        columns: ['attack', 'honest/s', 'share', 'p99 ms', 'times', 'hostile answers'],
        rows: [
          [ALONE, perS(ALONE), '', p99(ALONE), '', ''],
          ...shares.map(({ attack, throughput, latency }) => [
            attack,
            perS(attack),
            `${(throughput * 100).toFixed(0)}%`,
            p99(attack),
            latency.toFixed(2),
            statusesOf(of(attack).at(-1)?.hostile ?? {}),
          ]),
        ],
      },
    ],
    targets: shares.flatMap(({ attack, throughput, latency }) => [
      {
        what: `${attack}: honest throughput`,
        wanted: '>= 80%',
        measured: `${(throughput * 100).toFixed(0)}%`,
        isMet: throughput >= 0.8,
      },
      { what: `${attack}: honest p99`, wanted: '<= 2 times', measured: `${latency.toFixed(2)} times`, isMet: latency <= 2 },
    ]),
    raw: { figures },
  };
}
