import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../dev/seed/random.ts';
import type { Answers, Ask, PurchaseView, WalletView, WantedItem } from './answers.ts';
import type { Call, Reply } from './call.ts';
import { fillBasket, type Shop } from './shop.ts';

/** An account that one or two shoppers use at a time. */
export type Household = { userId: string; token: string; purchasesLeft: number; own: string[]; asks: Ask[] };

export type ShopperOptions = {
  call: Call;
  random: Random;
  answers: Answers;
  shop: Shop;
  /** Shared by those who draw on one wallet. */
  home: { now: Household };
  openAccount(random: Random): Promise<Household | undefined>;
  pauseMs: number;
  acts: ActWeights;
  signal: AbortSignal;
  onOperation(kind: string): void;
};

const REMEMBERED = 30;

/** What a shopper does, by how often. */
export type ActWeights = Readonly<Partial<Record<Act, number>>>;

type Act = keyof typeof usualActs;

const usualActs = {
  buy: 34,
  buyTwiceAtOnce: 4,
  buyAndCancelAtOnce: 4,
  repeatKey: 5,
  reuseKey: 2,
  cancel: 8,
  cancelTwiceAtOnce: 2,
  readPurchase: 20,
  readWallet: 14,
  listPurchases: 4,
  listProducts: 3,
};

const acts: Record<Act, (shopper: ShopperOptions, who: Household) => Promise<void>> = {
  buy,
  buyTwiceAtOnce,
  buyAndCancelAtOnce,
  repeatKey,
  reuseKey,
  cancel,
  cancelTwiceAtOnce,
  readPurchase,
  readWallet,
  listPurchases,
  listProducts,
};

/** Shops until told to stop: one thing after the other, each followed up until it is answered. */
export async function runShopper(options: ShopperOptions): Promise<void> {
  const { random, home, signal, pauseMs } = options;
  const wanted = Object.entries({ ...usualActs, ...options.acts }) as [Act, number][];
  const weighed = wanted.map(([act, weight]) => [weight, acts[act]] as const);
  while (!signal.aborted) {
    if (home.now.purchasesLeft <= 0) await moveOn(options);
    await random.pickWeighted(weighed)(options, home.now);
    await sleep(pauseMs * 2 * random.next());
  }
}

/** A new account takes the old one's place, before its wallet is empty for good. */
async function moveOn({ home, openAccount, random }: ShopperOptions): Promise<void> {
  home.now.purchasesLeft = Number.POSITIVE_INFINITY;
  home.now = (await openAccount(random)) ?? home.now;
}

async function buy(shopper: ShopperOptions, who: Household): Promise<void> {
  const { random, answers, shop } = shopper;
  const ask = newAsk(answers, who, fillBasket(shop, random), random);
  await sendAsk(shopper, who, ask, random.chance(0.12) ? random.between(1, 4) : 0);
}

/** A double click. */
async function buyTwiceAtOnce(shopper: ShopperOptions, who: Household): Promise<void> {
  const { random, answers, shop } = shopper;
  const ask = newAsk(answers, who, fillBasket(shop, random), random);
  await Promise.all([sendAsk(shopper, who, ask, 0), sendAsk(shopper, who, ask, 0)]);
}

async function buyAndCancelAtOnce(shopper: ShopperOptions, who: Household): Promise<void> {
  const { random, answers, shop } = shopper;
  const ask = newAsk(answers, who, fillBasket(shop, random), random);
  await sendAsk(shopper, who, ask, 0);
  if (ask.purchaseId !== undefined) await sendCancel(shopper, who, ask.purchaseId);
}

async function repeatKey(shopper: ShopperOptions, who: Household): Promise<void> {
  if (who.asks.length > 0) await sendAsk(shopper, who, shopper.random.pick(who.asks), 0);
}

/** The key of a purchase that was taken, with another body. */
async function reuseKey(shopper: ShopperOptions, who: Household): Promise<void> {
  const { random, answers, call, onOperation } = shopper;
  const taken = who.asks.filter(({ purchaseId }) => purchaseId !== undefined);
  if (taken.length === 0) return;
  const { key, items, purchaseId = '' } = random.pick(taken);
  const others = items.map((item) => ({ ...item, quantity: item.quantity + 1 }));
  const reply = await call(purchaseRequest(who, key, others), random);
  onOperation('key reused');
  if (reply && reply.status !== 422)
    answers.lie('a key is good for one body', purchaseId, `another body under the key ${key} was answered ${reply.status}`);
}

async function cancel(shopper: ShopperOptions, who: Household): Promise<void> {
  if (who.own.length > 0) await sendCancel(shopper, who, shopper.random.pick(who.own));
}

async function cancelTwiceAtOnce(shopper: ShopperOptions, who: Household): Promise<void> {
  if (who.own.length === 0) return;
  const id = shopper.random.pick(who.own);
  await Promise.all([sendCancel(shopper, who, id), sendCancel(shopper, who, id)]);
}

async function readPurchase({ call, random, answers, onOperation }: ShopperOptions, who: Household): Promise<void> {
  if (who.own.length === 0) return;
  const id = random.pick(who.own);
  const floor = answers.purchaseFloor(id);
  const reply = await call({ service: 'product', method: 'GET', path: `/v1/purchases/${id}`, token: who.token }, random);
  onOperation('read a purchase');
  if (reply?.status === 200) answers.sawPurchase(dataOf<PurchaseView>(reply), floor);
  else if (reply) answers.lie('a purchase that was shown exists', id, `reading it was answered ${reply.status}`);
}

async function readWallet({ call, random, answers, onOperation }: ShopperOptions, who: Household): Promise<void> {
  const floor = answers.walletFloor(who.userId);
  const reply = await call({ service: 'payment', method: 'GET', path: '/v1/wallet', token: who.token }, random);
  onOperation('read a wallet');
  if (reply?.status === 200) answers.sawWallet(dataOf<WalletView>(reply), floor);
  else if (reply && (reply.status !== 404 || floor > 0))
    answers.lie('a wallet that was shown exists', who.userId, `reading it was answered ${reply.status}`);
}

async function listPurchases({ call, random, answers, onOperation }: ShopperOptions, who: Household): Promise<void> {
  const wanted = new Map(who.own.map((id) => [id, answers.purchaseFloor(id)]));
  const reply = await call({ service: 'product', method: 'GET', path: '/v1/purchases?limit=100', token: who.token }, random);
  onOperation('list purchases');
  if (reply?.status !== 200) return;
  const page = dataOf<PurchaseView[]>(reply);
  for (const purchase of page) answers.sawPurchase(purchase, wanted.get(purchase.id) ?? 0);
  const listed = new Set(page.map(({ id }) => id));
  // Newest first: what was answered before the list was asked for is on its first page, as long as that is not full.
  const missing = page.length < 100 ? [...wanted.keys()].find((id) => !listed.has(id)) : undefined;
  if (missing !== undefined) answers.lie('a list shows all purchases', missing, `it is not among ${page.length}`);
}

async function listProducts({ call, random, onOperation, answers }: ShopperOptions): Promise<void> {
  const reply = await call({ service: 'product', method: 'GET', path: '/v1/products?limit=20&sort=price' }, random);
  onOperation('list products');
  if (reply?.status !== 200) return;
  for (const { id, stock } of dataOf<{ id: string; stock: number }[]>(reply))
    if (stock < 0) answers.lie('stock is never negative', id, `a stock of ${stock} was shown`);
}

function newAsk(answers: Answers, who: Household, items: WantedItem[], random: Random): Ask {
  who.purchasesLeft--;
  const ask = answers.ask(who.userId, `k-${Math.floor(random.next() * 2 ** 52).toString(36)}`, items);
  who.asks.push(ask);
  if (who.asks.length > REMEMBERED) who.asks.shift();
  return ask;
}

async function sendAsk({ call, random, answers, onOperation }: ShopperOptions, who: Household, ask: Ask, waitS: number) {
  // A replay must be said to be one if an answer had come before this request was sent.
  const before = ask.purchaseId;
  const reply = await call(purchaseRequest(who, ask.key, ask.items, waitS), random);
  onOperation(before === undefined ? 'buy' : 'repeat a key');
  if (reply === undefined) {
    ask.lost++;
    return;
  }
  ask.lost += reply.lost;
  if (reply.status !== 200 && reply.status !== 202) {
    const code = (reply.body as { code?: string } | undefined)?.code ?? String(reply.status);
    if (before !== undefined) answers.lie('a repeated key is a replay', before, `key ${ask.key} was refused: ${code}`);
    ask.refusals.push(code);
    return;
  }
  const purchase = dataOf<PurchaseView>(reply);
  const isReplay = reply.headers.get('idempotent-replayed') === 'true';
  answers.accepted(ask, purchase, isReplay || before === undefined);
  answers.sawPurchase(purchase, 0);
  if (reply.status === 200 && !isReplay && purchase.status === 'requested')
    answers.lie('200 means decided', purchase.id, 'it was answered 200 and is still requested');
  if (!who.own.includes(purchase.id)) who.own.push(purchase.id);
  if (who.own.length > REMEMBERED) who.own.shift();
}

async function sendCancel({ call, random, answers, onOperation }: ShopperOptions, who: Household, id: string): Promise<void> {
  const floor = answers.purchaseFloor(id);
  const reply = await call(
    {
      service: 'product',
      method: 'POST',
      path: `/v1/purchases/${id}/cancel`,
      token: who.token,
      body: { reason: 'Changed my mind' },
    },
    random,
  );
  onOperation('cancel');
  if (reply?.status === 202) {
    const purchase = dataOf<PurchaseView>(reply);
    answers.cancelled(id);
    answers.sawPurchase(purchase, floor);
    if (purchase.status !== 'cancelled')
      answers.lie('a cancel that was answered 202 holds', id, `it was shown as ${purchase.status}`);
  } else if (reply?.status !== 409 && reply !== undefined) {
    answers.lie('a purchase can be cancelled or not', id, `cancelling it was answered ${reply.status}`);
  }
}

function purchaseRequest(who: Household, key: string, items: readonly WantedItem[], waitS = 0) {
  return {
    service: 'product',
    method: 'POST',
    path: '/v1/purchases',
    token: who.token,
    body: { items },
    headers: { 'idempotency-key': key, ...(waitS > 0 ? { prefer: `wait=${waitS}` } : {}) },
    timeoutMs: 4_000 + waitS * 1_000,
  } as const;
}

function dataOf<T>(reply: Reply): T {
  return (reply.body as { data: T }).data;
}
