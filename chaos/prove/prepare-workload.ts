import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import type { Random } from '../../dev/seed/random.ts';
import { type ActWeights, type BuyerAccount, runBuyerClient } from './buyer-client.ts';
import { runCartClient } from './cart-client.ts';
import { prepareCatalogueClients } from './catalogue-clients.ts';
import { prepareClaimClients } from './claim-clients.ts';
import { prepareCouponClient } from './coupon-client.ts';
import type { Call } from './create-call.ts';
import type { Histories } from './histories.ts';
import { prepareInventoryClients } from './inventory-clients.ts';
import type { PurchaseHistory } from './purchase-history.ts';
import { runSessionClient } from './session-client.ts';
import type { Shop } from './shop.ts';
import { addAdmin, openShop } from './staff.ts';
import { runStatementClient } from './statement-client.ts';
import { prepareVariantClients } from './variant-clients.ts';
import { runWalletClient } from './wallet-client.ts';

export type Workload = {
  /** Runs all clients until the signal aborts. Each then finishes its current operation. */
  run(signal: AbortSignal): Promise<void>;
};

export type WorkloadShape = {
  buyers: number;
  /** Operations per second of all buyer clients together. */
  operationsPerS: number;
  /** How many buyers share one wallet. */
  buyersPerAccount: number;
  newProductEveryMs: number;
  /** Number of clients that open claims, decide on them and refund (default 3). */
  claimClients?: number;
  /** Number of cart clients (default 4). */
  cartClients?: number;
  /** Number of wallet clients (default 3). */
  walletClients?: number;
  /** Replaces the default weights of these actions. */
  acts?: ActWeights;
  /** Share of large baskets (default 0.04). */
  largeBaskets?: number;
};

type Options = {
  call: Call;
  random: Random;
  histories: Histories;
  shape: WorkloadShape;
  onOperation(kind: string): void;
};

/** Each session costs auth two or three password hashes. */
const SESSION_EVERY_MS = 2_000;
const CART_CLIENTS = 4;
const CART_OPERATION_EVERY_MS = 250;
const WALLET_CLIENTS = 3;
/** Several, so that they meet at one purchase and one claim. */
const CLAIM_CLIENTS = 3;
const LARGE_BASKETS = 0.04;
/** Mean pause of each wallet client. */
const WALLET_OPERATION_EVERY_MS = 250;
const STATEMENT_EVERY_MS = 200;
const PASSWORD = 'correct horse battery';

/** Creates the products and the first accounts. */
export async function prepareWorkload(options: Options): Promise<Workload> {
  const { call, random, histories, shape, onOperation } = options;
  const shop: Shop = {
    products: [],
    variants: [],
    coupons: [],
    longNamed: [],
    largeBaskets: shape.largeBaskets ?? LARGE_BASKETS,
  };
  const restock = await openShop({
    call,
    random: random.split('staff'),
    shop,
    account: demoAccounts.admin,
    everyMs: shape.newProductEveryMs,
    onOperation,
  });
  const keepCatalogue = await prepareCatalogueClients({
    call,
    random: random.split('catalogue clients'),
    shop,
    history: histories.edits,
    onOperation,
  });
  const runInventory = await prepareInventoryClients({
    call,
    random: random.split('inventory'),
    purchaseHistory: histories.purchases,
    history: histories.inventory,
    deliveryHistory: histories.deliveries,
    shop,
    onOperation,
  });
  const reviewer = await addAdmin(call, random.split('reviewer'), { email: 'reviewer@florin.example', password: PASSWORD });
  const runVariants = await prepareVariantClients({
    call,
    random: random.split('variants'),
    shop,
    history: histories.variants,
    onOperation,
  });
  const runCoupons = await prepareCouponClient({
    call,
    random: random.split('coupons'),
    shop,
    history: histories.coupons,
    onOperation,
  });
  const openAccount = createAccountOpener({ call, history: histories.purchases, onOperation });
  const slots = await Promise.all(
    Array.from({ length: Math.ceil(shape.buyers / shape.buyersPerAccount) }, async (_, index) => {
      const account = await openAccount(random.split(`account ${index}`));
      if (account === undefined) throw new Error('Could not open an account');
      return { current: account };
    }),
  );
  const runClaims = await prepareClaimClients({
    call,
    random: random.split('claims'),
    history: histories.claims,
    slots,
    onOperation,
    clients: shape.claimClients ?? CLAIM_CLIENTS,
  });
  const buyers = Array.from({ length: shape.buyers }, (_, index) => ({
    random: random.split(`buyer ${index}`),
    slot: slots[index % slots.length] ?? raise('no account'),
  }));
  const sessionRandom = random.split('session client');
  const walletClients = Array.from({ length: shape.walletClients ?? WALLET_CLIENTS }, (_, index) =>
    random.split(`walletClient ${index}`),
  );
  const cartClients = Array.from({ length: shape.cartClients ?? CART_CLIENTS }, (_, index) =>
    random.split(`cart client ${index}`),
  );
  const statementClient = random.split('statementClient');
  return {
    async run(signal) {
      const pauseMs = (shape.buyers * 1_000) / shape.operationsPerS;
      const running = buyers.map((buyer) =>
        runBuyerClient({
          ...buyer,
          call,
          history: histories.purchases,
          shop,
          openAccount,
          pauseMs,
          acts: shape.acts ?? {},
          signal,
          onOperation,
        }),
      );
      const sessions = runSessionClient({
        call,
        random: sessionRandom,
        history: histories.tokens,
        everyMs: SESSION_EVERY_MS,
        signal,
        onOperation,
      });
      const wallets = walletClients.map((walletClient) =>
        runWalletClient({
          call,
          random: walletClient,
          history: histories.wallets,
          reviewer,
          slots,
          everyMs: WALLET_OPERATION_EVERY_MS,
          signal,
          onOperation,
        }),
      );
      const carts = cartClients.map((cartClient, index) =>
        runCartClient({
          call,
          random: cartClient,
          shop,
          history: histories.carts,
          purchases: histories.purchases,
          slots: sharedByTwo(slots, index),
          everyMs: CART_OPERATION_EVERY_MS,
          signal,
          onOperation,
        }),
      );
      const statements = runStatementClient({
        call,
        random: statementClient,
        history: histories.statements,
        slots,
        everyMs: STATEMENT_EVERY_MS,
        signal,
        onOperation,
      });
      await Promise.all([
        ...running,
        restock(signal),
        keepCatalogue(signal),
        runInventory(signal),
        runVariants(signal),
        runClaims(signal),
        runCoupons(signal),
        sessions,
        ...wallets,
        ...carts,
        statements,
      ]);
    },
  };
}

/** Signs up. If an answer was lost and the email is taken, it signs in: the account exists already. */
function createAccountOpener({
  call,
  history,
  onOperation,
}: Pick<Options, 'call' | 'onOperation'> & { history: PurchaseHistory }) {
  return async (random: Random): Promise<BuyerAccount | undefined> => {
    const email = `buyer-${Math.floor(random.next() * 2 ** 52).toString(36)}@florin.example`;
    const body = { email, password: PASSWORD, name: 'alice' };
    const reply = await call({ service: 'auth', method: 'POST', path: '/v1/auth/signup', body }, random);
    onOperation('sign up');
    if (reply === undefined) return undefined;
    const isTaken = reply.status === 409 && reply.lost > 0;
    if (reply.status !== 201 && !isTaken) {
      history.reportViolation('sign-up with a new email is answered 201', email, `answered ${reply.status}`);
      return undefined;
    }
    const signedIn = isTaken
      ? await call({ service: 'auth', method: 'POST', path: '/v1/auth/signin', body: { email, password: PASSWORD } }, random)
      : reply;
    if (signedIn === undefined) return undefined;
    const { user, accessToken } = (signedIn.body as { data: { user: { id: string }; accessToken: string } }).data;
    history.signedUp(user.id, email);
    if (!(await walletIsKnown(call, random, accessToken))) return undefined;
    return { userId: user.id, token: accessToken, purchasesLeft: random.between(30, 90), own: [], requests: [] };
  };
}

/** Waits until product has consumed the wallet's event: it rejects purchases before. */
async function walletIsKnown(call: Call, random: Random, token: string): Promise<boolean> {
  for (let attempt = 0; attempt < 150; attempt++) {
    const path = '/v1/products?withinLimit=true&limit=1';
    const reply = await call({ service: 'product', method: 'GET', path, token }, random);
    if (reply?.status === 200 && (reply.body as { data: unknown[] }).data.length > 0) return true;
    await sleep(200);
  }
  return false;
}

/** Two clients have the same slot, so that they meet at one cart. */
function sharedByTwo<Slot>(slots: readonly Slot[], client: number): Slot[] {
  const slot = slots[Math.floor(client / 2) % slots.length];
  return slot === undefined ? [] : [slot];
}

function raise(message: string): never {
  throw new Error(message);
}
