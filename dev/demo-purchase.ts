import { type BaseUrl, createFlorinClient, type FlorinClient } from '@florin/client';
import { sleep } from '@florin/runtime';
import { formatAmount } from '@florin/values';

type Account = { email: string; password: string };

const WALLET_TIMEOUT_MS = 30_000;
const DECISION_TIMEOUT_MS = 30_000;

/** Makes a purchase over HTTP and prints its timeline. */
export async function makeDemoPurchase(urls: BaseUrl, account: Account, print: (line: string) => void): Promise<void> {
  const florin = createFlorinClient({ baseUrl: urls });
  await florin.session.signIn(account);
  const wallet = await untilWalletIsOpen(florin);
  print(`The buyer's wallet holds ${formatAmount(wallet.balanceMinor, wallet.currency)}.`);
  const query = { withinLimit: true, inStock: true, sort: '-price', limit: 1 } as const;
  const [product] = (await florin.get('/v1/products', { params: { query } })).data;
  if (product === undefined) {
    print('No product in stock is within the spend limit, so there is no demo purchase this time.');
    return;
  }
  const purchase = await florin.buy([{ productId: product.variantId ?? product.id, quantity: 1 }], {
    timeoutMs: DECISION_TIMEOUT_MS,
  });
  const outcome = purchase.declineReason ?? formatAmount(purchase.totalMinor, purchase.currency);
  print(`Bought "${product.name}": purchase ${purchase.id} is ${purchase.status} (${outcome}).`);
  for await (const { at, type, service } of florin.list('/v1/purchases/{id}/timeline', { params: { path: { id: purchase.id } } }))
    print(`  ${at}  ${type.padEnd(20)} ${service}`);
  if (purchase.status !== 'paid') throw new Error(`The demo purchase ended as ${purchase.status}, not as paid.`);
}

async function untilWalletIsOpen(florin: FlorinClient): Promise<{ balanceMinor: number; currency: string }> {
  const deadline = Date.now() + WALLET_TIMEOUT_MS;
  const { data: wallet } = await florin.get('/v1/wallet', { retry: { maxAttempts: 1_000, maxElapsedMs: WALLET_TIMEOUT_MS } });
  for (;;) {
    const { data: withinLimit } = await florin.get('/v1/products', { params: { query: { withinLimit: true, limit: 1 } } });
    if (withinLimit.length > 0 || wallet.balanceMinor === 0) return wallet;
    if (Date.now() > deadline)
      throw new Error('Product has not consumed the event of the wallet: look at the logs of payment and product.');
    await sleep(100);
  }
}
