import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../dev/seed/random.ts';
import type { Call, Reply } from './create-call.ts';
import type { PurchaseHistory, PurchaseRequest, PurchaseView, WalletView } from './purchase-history.ts';
import { drawCouponOf, fillBasket, type Shop } from './shop.ts';

/** An account that one or two buyer clients share. */
export type BuyerAccount = { userId: string; token: string; purchasesLeft: number; own: string[]; requests: PurchaseRequest[] };

export type BuyerClientOptions = {
  call: Call;
  random: Random;
  history: PurchaseHistory;
  shop: Shop;
  /** Shared by the clients of one wallet. */
  slot: { current: BuyerAccount };
  openAccount(random: Random): Promise<BuyerAccount | undefined>;
  pauseMs: number;
  acts: ActWeights;
  signal: AbortSignal;
  onOperation(kind: string): void;
};

const REMEMBERED = 30;

/** Weight of each action. */
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

const acts: Record<Act, (buyer: BuyerClientOptions, account: BuyerAccount) => Promise<void>> = {
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

/** Sends one action after another until the signal aborts, each until it is answered. */
export async function runBuyerClient(options: BuyerClientOptions): Promise<void> {
  const { random, slot, signal, pauseMs } = options;
  const wanted = Object.entries({ ...usualActs, ...options.acts }) as [Act, number][];
  const weighed = wanted.map(([act, weight]) => [weight, acts[act]] as const);
  while (!signal.aborted) {
    if (slot.current.purchasesLeft <= 0) await moveOn(options);
    await random.pickWeighted(weighed)(options, slot.current);
    await sleep(pauseMs * 2 * random.next());
  }
}

/** Opens a new account before the wallet of the old one is empty. */
async function moveOn({ slot, openAccount, random }: BuyerClientOptions): Promise<void> {
  slot.current.purchasesLeft = Number.POSITIVE_INFINITY;
  slot.current = (await openAccount(random)) ?? slot.current;
}

async function buy(buyer: BuyerClientOptions, account: BuyerAccount): Promise<void> {
  const { random } = buyer;
  const request = newRequest(buyer, account);
  await sendRequest(buyer, account, request, random.chance(0.12) ? random.between(1, 4) : 0);
}

/** A double click. */
async function buyTwiceAtOnce(buyer: BuyerClientOptions, account: BuyerAccount): Promise<void> {
  const request = newRequest(buyer, account);
  await Promise.all([sendRequest(buyer, account, request, 0), sendRequest(buyer, account, request, 0)]);
}

async function buyAndCancelAtOnce(buyer: BuyerClientOptions, account: BuyerAccount): Promise<void> {
  const request = newRequest(buyer, account);
  await sendRequest(buyer, account, request, 0);
  if (request.purchaseId !== undefined) await sendCancel(buyer, account, request.purchaseId);
}

async function repeatKey(buyer: BuyerClientOptions, account: BuyerAccount): Promise<void> {
  if (account.requests.length > 0) await sendRequest(buyer, account, buyer.random.pick(account.requests), 0);
}

/** Sends the key of an accepted purchase with another body. */
async function reuseKey(buyer: BuyerClientOptions, account: BuyerAccount): Promise<void> {
  const { random, history, call, onOperation } = buyer;
  const taken = account.requests.filter(({ purchaseId }) => purchaseId !== undefined);
  if (taken.length === 0) return;
  const { key, items = [], purchaseId = '' } = random.pick(taken);
  const others = items.map((item) => ({ ...item, quantity: item.quantity + 1 }));
  const reply = await call(purchaseRequest(account, { key, items: others }), random);
  onOperation('reuse a key');
  if (reply && reply.status !== 422)
    history.reportViolation(
      'a key with another body is answered 422',
      purchaseId,
      `key ${key} with another body answered ${reply.status}`,
    );
}

async function cancel(buyer: BuyerClientOptions, account: BuyerAccount): Promise<void> {
  if (account.own.length > 0) await sendCancel(buyer, account, buyer.random.pick(account.own));
}

async function cancelTwiceAtOnce(buyer: BuyerClientOptions, account: BuyerAccount): Promise<void> {
  if (account.own.length === 0) return;
  const id = buyer.random.pick(account.own);
  await Promise.all([sendCancel(buyer, account, id), sendCancel(buyer, account, id)]);
}

async function readPurchase({ call, random, history, onOperation }: BuyerClientOptions, account: BuyerAccount): Promise<void> {
  if (account.own.length === 0) return;
  const id = random.pick(account.own);
  const floor = history.purchaseFloor(id);
  const reply = await call({ service: 'product', method: 'GET', path: `/v1/purchases/${id}`, token: account.token }, random);
  onOperation('read a purchase');
  if (reply?.status === 200) history.sawPurchase(dataOf<PurchaseView>(reply), floor);
  else if (reply) history.reportViolation('a purchase once read still exists', id, `answered ${reply.status}`);
}

async function readWallet({ call, random, history, onOperation }: BuyerClientOptions, account: BuyerAccount): Promise<void> {
  const floor = history.walletFloor(account.userId);
  const reply = await call({ service: 'payment', method: 'GET', path: '/v1/wallet', token: account.token }, random);
  onOperation('read a wallet');
  if (reply?.status === 200) history.sawWallet(dataOf<WalletView>(reply), floor);
  else if (reply && (reply.status !== 404 || floor > 0))
    history.reportViolation('a wallet once read still exists', account.userId, `answered ${reply.status}`);
}

async function listPurchases({ call, random, history, onOperation }: BuyerClientOptions, account: BuyerAccount): Promise<void> {
  const wanted = new Map(account.own.map((id) => [id, history.purchaseFloor(id)]));
  const reply = await call({ service: 'product', method: 'GET', path: '/v1/purchases?limit=100', token: account.token }, random);
  onOperation('list purchases');
  if (reply?.status !== 200) return;
  const page = dataOf<PurchaseView[]>(reply);
  for (const purchase of page) history.sawPurchase(purchase, wanted.get(purchase.id) ?? 0);
  const listed = new Set(page.map(({ id }) => id));
  // The list is newest first: a first page that is not full has every purchase answered before the list was requested.
  const missing = page.length < 100 ? [...wanted.keys()].find((id) => !listed.has(id)) : undefined;
  if (missing !== undefined) history.reportViolation('a list has all purchases', missing, `missing among ${page.length}`);
}

async function listProducts({ call, random, onOperation, history }: BuyerClientOptions): Promise<void> {
  const reply = await call({ service: 'product', method: 'GET', path: '/v1/products?limit=20&sort=price' }, random);
  onOperation('list products');
  if (reply?.status !== 200) return;
  const listed = dataOf<{ id: string; stock: number }[]>(reply);
  if (new Set(listed.map(({ id }) => id)).size < listed.length)
    history.reportViolation('a page has each product once', 'products', listed.map(({ id }) => id).join(', '));
  for (const { id, stock } of listed) if (stock < 0) history.reportViolation('stock is never negative', id, `stock ${stock}`);
}

function newRequest({ random, history, shop }: BuyerClientOptions, account: BuyerAccount): PurchaseRequest {
  account.purchasesLeft--;
  const items = fillBasket(shop, random);
  const key = `k-${Math.floor(random.next() * 2 ** 52).toString(36)}`;
  const request = history.request(account.userId, key, items, drawCouponOf(shop, random));
  account.requests.push(request);
  if (account.requests.length > REMEMBERED) account.requests.shift();
  return request;
}

async function sendRequest(
  { call, random, history, onOperation }: BuyerClientOptions,
  account: BuyerAccount,
  request: PurchaseRequest,
  waitS: number,
) {
  // A request sent after the first answer must be marked as a replay.
  const before = request.purchaseId;
  const reply = await call(purchaseRequest(account, request, waitS), random);
  onOperation(before === undefined ? 'buy' : 'repeat a key');
  if (reply === undefined) {
    request.lost++;
    return;
  }
  request.lost += reply.lost;
  if (reply.status !== 200 && reply.status !== 202) {
    const code = (reply.body as { code?: string } | undefined)?.code ?? String(reply.status);
    if (before !== undefined)
      history.reportViolation('a repeated key is answered as a replay', before, `key ${request.key} was rejected: ${code}`);
    request.rejections.push(code);
    return;
  }
  const purchase = dataOf<PurchaseView>(reply);
  const isReplay = reply.headers.get('idempotent-replayed') === 'true';
  history.accepted(request, purchase, isReplay || before === undefined);
  history.sawPurchase(purchase, 0);
  if (reply.status === 200 && !isReplay && purchase.status === 'requested')
    history.reportViolation('200 means a decided purchase', purchase.id, 'answered 200, still requested');
  if (!account.own.includes(purchase.id)) account.own.push(purchase.id);
  if (account.own.length > REMEMBERED) account.own.shift();
}

async function sendCancel(
  { call, random, history, onOperation }: BuyerClientOptions,
  account: BuyerAccount,
  id: string,
): Promise<void> {
  const floor = history.purchaseFloor(id);
  const reply = await call(
    {
      service: 'product',
      method: 'POST',
      path: `/v1/purchases/${id}/cancel`,
      token: account.token,
      body: { reason: 'Changed my mind' },
    },
    random,
  );
  onOperation('cancel');
  if (reply?.status === 202) {
    const purchase = dataOf<PurchaseView>(reply);
    history.cancelled(id);
    history.sawPurchase(purchase, floor);
    if (purchase.status !== 'cancelled')
      history.reportViolation('a cancel answered 202 is kept', id, `shown as ${purchase.status}`);
  } else if (reply?.status !== 409 && reply !== undefined) {
    history.reportViolation('a cancel is answered 202 or 409', id, `answered ${reply.status}`);
  }
}

type Sent = Pick<PurchaseRequest, 'key' | 'items' | 'coupon'>;

function purchaseRequest(account: BuyerAccount, { key, items = [], coupon }: Sent, waitS = 0) {
  return {
    service: 'product',
    method: 'POST',
    path: '/v1/purchases',
    token: account.token,
    body: { items, ...(coupon === undefined ? {} : { couponCode: coupon.code }) },
    headers: { 'idempotency-key': key, ...(waitS > 0 ? { prefer: `wait=${waitS}` } : {}) },
    timeoutMs: 4_000 + waitS * 1_000,
  } as const;
}

function dataOf<T>(reply: Reply): T {
  return (reply.body as { data: T }).data;
}
