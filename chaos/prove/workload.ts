import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import type { Random } from '../../dev/seed/random.ts';
import type { Answers } from './answers.ts';
import { runBookkeeper } from './bookkeeper.ts';
import type { Call } from './call.ts';
import { runCashier } from './cashier.ts';
import type { Edits } from './edits.ts';
import { runGuests } from './guests.ts';
import { prepareKeepers } from './keeper.ts';
import type { Shop } from './shop.ts';
import { type ActWeights, type Household, runShopper } from './shopper.ts';
import { openShop } from './staff.ts';
import type { Tokens } from './tokens.ts';
import type { WalletDeeds } from './wallet-deeds.ts';
import type { WalletPasts } from './wallet-pasts.ts';
import { prepareWarehouse } from './warehouse.ts';
import type { WarehouseDeeds } from './warehouse-deeds.ts';

export type Workload = {
  /** Lets the clients shop until the signal says to stop; each then finishes what it is doing. */
  run(signal: AbortSignal): Promise<void>;
};

export type WorkloadShape = {
  shoppers: number;
  /** Of all together. */
  operationsPerS: number;
  /** How many shoppers share one wallet. */
  perHousehold: number;
  newProductEveryMs: number;
  /** Who pays in, holds and corrects; a few by default. */
  cashiers?: number;
  /** What is done more or less often than usual. */
  acts?: ActWeights;
  /** The share of baskets that are large; a few by default. */
  largeBaskets?: number;
};

type Options = {
  call: Call;
  random: Random;
  answers: Answers;
  tokens: Tokens;
  edits: Edits;
  deeds: WalletDeeds;
  pasts: WalletPasts;
  warehouse: WarehouseDeeds;
  shape: WorkloadShape;
  onOperation(kind: string): void;
};

/** Each costs auth two or three password hashes. */
const GUEST_EVERY_MS = 2_000;
const CASHIERS = 3;
const LARGE_BASKETS = 0.04;
/** Of each cashier. */
const DEED_EVERY_MS = 250;
const LOOK_BACK_EVERY_MS = 200;
const PASSWORD = 'correct horse battery';

/** Opens the shop and the first accounts. */
export async function prepareWorkload(options: Options): Promise<Workload> {
  const { call, random, answers, tokens, edits, deeds, pasts, warehouse, shape, onOperation } = options;
  const shop: Shop = { wares: [], longNamed: [], largeBaskets: shape.largeBaskets ?? LARGE_BASKETS };
  const restock = await openShop({
    call,
    random: random.split('staff'),
    shop,
    account: demoAccounts.admin,
    everyMs: shape.newProductEveryMs,
    onOperation,
  });
  const keepCatalogue = await prepareKeepers({ call, random: random.split('keepers'), shop, edits, onOperation });
  const runWarehouse = await prepareWarehouse({
    call,
    random: random.split('warehouse'),
    answers,
    deeds: warehouse,
    shop,
    onOperation,
  });
  const openAccount = createAccountOpener({ call, answers, onOperation });
  const homes = await Promise.all(
    Array.from({ length: Math.ceil(shape.shoppers / shape.perHousehold) }, async (_, index) => {
      const household = await openAccount(random.split(`household ${index}`));
      if (household === undefined) throw new Error('Could not open an account');
      return { now: household };
    }),
  );
  const shoppers = Array.from({ length: shape.shoppers }, (_, index) => ({
    random: random.split(`shopper ${index}`),
    home: homes[index % homes.length] ?? raise('no household'),
  }));
  const guestRandom = random.split('guests');
  const cashiers = Array.from({ length: shape.cashiers ?? CASHIERS }, (_, index) => random.split(`cashier ${index}`));
  const bookkeeper = random.split('bookkeeper');
  return {
    async run(signal) {
      const pauseMs = (shape.shoppers * 1_000) / shape.operationsPerS;
      const running = shoppers.map((shopper) =>
        runShopper({ ...shopper, call, answers, shop, openAccount, pauseMs, acts: shape.acts ?? {}, signal, onOperation }),
      );
      const guests = runGuests({ call, random: guestRandom, tokens, everyMs: GUEST_EVERY_MS, signal, onOperation });
      const counters = cashiers.map((cashier) =>
        runCashier({ call, random: cashier, deeds, homes, everyMs: DEED_EVERY_MS, signal, onOperation }),
      );
      const books = runBookkeeper({ call, random: bookkeeper, pasts, homes, everyMs: LOOK_BACK_EVERY_MS, signal, onOperation });
      await Promise.all([...running, restock(signal), keepCatalogue(signal), runWarehouse(signal), guests, ...counters, books]);
    },
  };
}

/** Signs up; where the answer to a first try was lost, the account may be there, and signing in tells. */
function createAccountOpener({ call, answers, onOperation }: Pick<Options, 'call' | 'answers' | 'onOperation'>) {
  return async (random: Random): Promise<Household | undefined> => {
    const email = `shopper-${Math.floor(random.next() * 2 ** 52).toString(36)}@florin.example`;
    const body = { email, password: PASSWORD, name: 'alice' };
    const reply = await call({ service: 'auth', method: 'POST', path: '/v1/auth/signup', body }, random);
    onOperation('sign up');
    if (reply === undefined) return undefined;
    const isTaken = reply.status === 409 && reply.lost > 0;
    if (reply.status !== 201 && !isTaken) {
      answers.lie('a new address can be signed up', email, `it was answered ${reply.status}`);
      return undefined;
    }
    const signedIn = isTaken
      ? await call({ service: 'auth', method: 'POST', path: '/v1/auth/signin', body: { email, password: PASSWORD } }, random)
      : reply;
    if (signedIn === undefined) return undefined;
    const { user, accessToken } = (signedIn.body as { data: { user: { id: string }; accessToken: string } }).data;
    answers.signedUp(user.id, email);
    if (!(await walletIsKnown(call, random, accessToken))) return undefined;
    return { userId: user.id, token: accessToken, purchasesLeft: random.between(30, 90), own: [], asks: [] };
  };
}

/** Product has to have heard of the wallet before it takes purchases. */
async function walletIsKnown(call: Call, random: Random, token: string): Promise<boolean> {
  for (let attempt = 0; attempt < 150; attempt++) {
    const path = '/v1/products?withinLimit=true&limit=1';
    const reply = await call({ service: 'product', method: 'GET', path, token }, random);
    if (reply?.status === 200 && (reply.body as { data: unknown[] }).data.length > 0) return true;
    await sleep(200);
  }
  return false;
}

function raise(message: string): never {
  throw new Error(message);
}
