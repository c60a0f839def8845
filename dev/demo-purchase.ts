import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatAmount } from '@florin/values';

type Urls = { auth: string; product: string; payment: string };
type Account = { email: string; password: string };
type Step = { at: string; type: string; service: string };
type Json = Record<string, unknown>;

const WALLET_TIMEOUT_MS = 30_000;

/** Makes a purchase over HTTP and prints its timeline. */
export async function makeDemoPurchase(urls: Urls, { email, password }: Account, print: (line: string) => void): Promise<void> {
  const { accessToken: token } = await call<{ accessToken: string }>(`${urls.auth}/v1/auth/signin`, {
    body: { email, password },
  });
  const wallet = await untilWalletIsOpen(urls, token);
  print(`The buyer's wallet holds ${formatAmount(wallet.balanceMinor, wallet.currency)}.`);
  const [product] = await call<{ id: string; name: string }[]>(
    `${urls.product}/v1/products?withinLimit=true&inStock=true&sort=-price&limit=1`,
    { token },
  );
  if (product === undefined) {
    print('No product in stock is within the spend limit, so there is no demo purchase this time.');
    return;
  }
  const purchase = await call<{ id: string; status: string; totalMinor: number; currency: string; declineReason?: string }>(
    `${urls.product}/v1/purchases`,
    {
      token,
      body: { items: [{ productId: product.id, quantity: 1 }] },
      headers: { 'idempotency-key': randomUUID(), prefer: 'wait=30' },
    },
  );
  const outcome = purchase.declineReason ?? formatAmount(purchase.totalMinor, purchase.currency);
  print(`Bought "${product.name}": purchase ${purchase.id} is ${purchase.status} (${outcome}).`);
  const timeline = await call<Step[]>(`${urls.product}/v1/purchases/${purchase.id}/timeline`, { token });
  for (const { at, type, service } of timeline) print(`  ${at}  ${type.padEnd(20)} ${service}`);
  if (purchase.status !== 'paid') throw new Error(`The demo purchase ended as ${purchase.status}, not as paid.`);
}

async function untilWalletIsOpen(urls: Urls, token: string): Promise<{ balanceMinor: number; currency: string }> {
  const deadline = Date.now() + WALLET_TIMEOUT_MS;
  for (;;) {
    try {
      const wallet = await call<{ balanceMinor: number; currency: string }>(`${urls.payment}/v1/wallet`, { token });
      const withinLimit = await call<unknown[]>(`${urls.product}/v1/products?withinLimit=true&limit=1`, { token });
      if (withinLimit.length > 0 || wallet.balanceMinor === 0) return wallet;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    if (Date.now() > deadline)
      throw new Error('Product has not consumed the event of the wallet: look at the logs of payment and product.');
    await sleep(100);
  }
}

async function call<T>(url: string, options: { token?: string; body?: Json; headers?: Record<string, string> }): Promise<T> {
  const { token, body, headers = {} } = options;
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...headers,
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(40_000),
  });
  const answer = (await response.json()) as { data: T; code?: string; detail?: string; title?: string };
  if (!response.ok)
    throw new Error(`${new URL(url).pathname} answered ${response.status} ${answer.code}: ${answer.detail ?? answer.title}`);
  return answer.data;
}
