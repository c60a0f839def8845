import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../dev/seed/random.ts';
import type { BuyerAccount } from './buyer-client.ts';
import type { CartHistory } from './cart-history.ts';
import type { Call, Reply, Request } from './create-call.ts';
import { dataOf, drawKey } from './inventory-client.ts';
import type { PurchaseHistory, PurchaseRequest, PurchaseView } from './purchase-history.ts';
import { fillBasket, type Shop } from './shop.ts';

type Options = {
  call: Call;
  random: Random;
  shop: Shop;
  history: CartHistory;
  purchases: PurchaseHistory;
  /** The accounts of the buyer clients. Two cart clients share each, as two windows of one browser do. */
  slots: readonly { current: BuyerAccount }[];
  everyMs: number;
  signal: AbortSignal;
  onOperation(kind: string): void;
};

/** The marks of checkouts among the idempotency keys. */
export const CHECKOUT_KEYS = 'cart-';
const MAX_UNITS = 3;

type CartView = { totalMinor: number; items: unknown[]; problems: { severity: string; productId?: string }[] };

/** Fills carts and checks them out until the signal aborts: alone, in two windows at once, and twice under one key. */
export async function runCartClient(options: Options): Promise<void> {
  const { random, slots, everyMs, signal } = options;
  while (!signal.aborted) {
    await sleep(everyMs * 2 * random.next());
    if (signal.aborted) return;
    const account = random.pick(slots).current;
    await random.pickWeighted([
      [5, addItem],
      [3, checkOut],
      [3, checkOutInTwoWindows],
      [1, checkOutTwiceUnderOneKey],
    ] as const)(options, account);
  }
}

async function addItem(options: Options, account: BuyerAccount): Promise<void> {
  const { random, shop, history, onOperation } = options;
  const productId = random.pick(fillBasket({ ...shop, largeBaskets: 0 }, random))?.productId;
  if (productId === undefined) return;
  const item = { productId, quantity: random.between(1, MAX_UNITS) };
  history.adding(account.userId, item);
  const headers = { 'idempotency-key': `add-${drawKey(random)}` };
  const reply = await send(options, account, { method: 'POST', path: '/v1/cart/items', body: item, headers });
  onOperation('add to a cart');
  if (reply?.status === 200) history.added(account.userId, item);
  else if (reply !== undefined && reply.lost === 0) history.rejected(account.userId, item);
}

async function checkOut(options: Options, account: BuyerAccount): Promise<void> {
  const totalMinor = await readTotal(options, account);
  if (totalMinor === undefined) return;
  await sendCheckout(options, account, { request: newRequest(options, account), totalMinor });
}

async function checkOutInTwoWindows(options: Options, account: BuyerAccount): Promise<void> {
  const totalMinor = await readTotal(options, account);
  if (totalMinor === undefined) return;
  await Promise.all([
    sendCheckout(options, account, { request: newRequest(options, account), totalMinor }),
    sendCheckout(options, account, { request: newRequest(options, account), totalMinor }),
  ]);
}

async function checkOutTwiceUnderOneKey(options: Options, account: BuyerAccount): Promise<void> {
  const totalMinor = await readTotal(options, account);
  if (totalMinor === undefined) return;
  const checkout = { request: newRequest(options, account), totalMinor };
  await Promise.all([sendCheckout(options, account, checkout), sendCheckout(options, account, checkout)]);
}

/** Reads what the cart costs; undefined for an empty cart. Removes what cannot be bought, which the next checkout would meet. */
async function readTotal(options: Options, account: BuyerAccount): Promise<number | undefined> {
  const reply = await send(options, account, { method: 'GET', path: '/v1/cart' });
  options.onOperation('read a cart');
  if (reply?.status !== 200) return undefined;
  const { totalMinor, items, problems } = dataOf<CartView>(reply);
  const faulty = problems.flatMap(({ severity, productId }) => (severity === 'error' && productId ? [productId] : []));
  for (const productId of new Set(faulty)) {
    options.history.removing(account.userId, productId);
    await send(options, account, { method: 'DELETE', path: `/v1/cart/items/${productId}` });
  }
  return items.length === 0 || faulty.length > 0 ? undefined : totalMinor;
}

type Checkout = { request: PurchaseRequest; totalMinor: number };

async function sendCheckout(options: Options, account: BuyerAccount, { request, totalMinor }: Checkout): Promise<void> {
  const { purchases, onOperation } = options;
  const before = request.purchaseId;
  const reply = await send(options, account, {
    method: 'POST',
    path: '/v1/cart/checkout',
    headers: { 'idempotency-key': request.key },
    body: { expectedTotalMinor: totalMinor },
  });
  onOperation('check a cart out');
  request.lost += reply?.lost ?? 1;
  if (reply === undefined) return;
  if (reply.status !== 200 && reply.status !== 202) {
    request.rejections.push((reply.body as { code?: string } | undefined)?.code ?? String(reply.status));
    return;
  }
  const purchase = dataOf<PurchaseView>(reply);
  const isReplay = reply.headers.get('idempotent-replayed') === 'true';
  if (purchase.totalMinor !== totalMinor)
    options.history.reportViolation('a checkout costs what was seen', purchase.id, `${totalMinor} seen, ${purchase.totalMinor}`);
  purchases.accepted(request, purchase, isReplay || before === undefined);
  purchases.sawPurchase(purchase, 0);
}

function newRequest({ purchases, random }: Options, account: BuyerAccount): PurchaseRequest {
  account.purchasesLeft--;
  return purchases.request(account.userId, `${CHECKOUT_KEYS}${drawKey(random)}`);
}

function send(
  { call, random }: Options,
  { token }: BuyerAccount,
  request: Omit<Request, 'service' | 'token'>,
): Promise<Reply | undefined> {
  return call({ service: 'product', token, ...request }, random);
}
