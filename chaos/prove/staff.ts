import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import type { Random } from '../../dev/seed/random.ts';
import type { Call } from './create-call.ts';
import { makeCategory } from './make-category.ts';
import { addProduct, type Product, type Shop } from './shop.ts';

type Account = { email: string; password: string };

type Options = {
  call: Call;
  random: Random;
  shop: Shop;
  account: Account;
  everyMs: number;
  onOperation(kind: string): void;
};

const INITIAL_PRODUCTS = 12;
/** Maximum number of items of a purchase. */
const LONG_NAMED_PRODUCTS = 50;
const MAX_NAME_LENGTH = 200;

/** Creates the first products. The returned function adds products, so that the old ones may sell out. */
export async function openShop(options: Options): Promise<(signal: AbortSignal) => Promise<void>> {
  const { call, random, shop, account, everyMs, onOperation } = options;
  const token = await signIn(call, random, account);
  const categoryId = await makeCategory(call, random, { token, name: 'Everything' });

  const add = async (fields: { name: string; priceMinor: number; stock: number }): Promise<Product | undefined> => {
    const body = { ...fields, categoryId };
    const reply = await call({ service: 'product', method: 'POST', path: '/v1/products', token, body }, random);
    onOperation('create a product');
    return reply?.status === 201 ? (reply.body as { data: Product }).data : undefined;
  };
  const addOne = async (): Promise<void> => {
    const name = `Product ${random.between(1, 1e9)}`;
    const product = await add({ name, priceMinor: drawPrice(random), stock: drawStock(random) });
    if (product !== undefined) addProduct(shop, product);
  };
  for (let count = 0; count < INITIAL_PRODUCTS; count++) await addOne();
  for (let count = 0; count < LONG_NAMED_PRODUCTS; count++) {
    const product = await add({ name: '漢'.repeat(MAX_NAME_LENGTH), priceMinor: random.between(1, 20), stock: 100_000_000 });
    if (product !== undefined) shop.longNamed.push(product);
  }
  return async (signal) => {
    while (!signal.aborted) {
      await sleep(everyMs * (0.5 + random.next()));
      if (!signal.aborted) await addOne();
    }
  };
}

/** Creates a second admin and returns their token. */
export async function addAdmin(call: Call, random: Random, account: Account): Promise<string> {
  const admin = await signIn(call, random, demoAccounts.admin);
  const reply = await call(
    { service: 'auth', method: 'POST', path: '/v1/auth/signup', body: { ...account, name: 'Carol' } },
    random,
  );
  const { id } = (reply?.body as { data?: { user: { id: string } } } | undefined)?.data?.user ?? {};
  if (id === undefined) throw new Error(`Could not sign up as ${account.email}: ${JSON.stringify(reply?.body)}`);
  const roles = { method: 'PUT', path: `/v1/users/${id}/roles`, token: admin, body: { roles: ['buyer', 'admin'] } } as const;
  const given = await call({ service: 'auth', ...roles }, random);
  if (given?.status !== 200) throw new Error(`Could not make a second admin: ${JSON.stringify(given?.body)}`);
  return signIn(call, random, account);
}

export async function signIn(call: Call, random: Random, { email, password }: Account): Promise<string> {
  const reply = await call({ service: 'auth', method: 'POST', path: '/v1/auth/signin', body: { email, password } }, random);
  if (reply?.status !== 200) throw new Error(`Could not sign in as ${email}: ${reply?.status} ${JSON.stringify(reply?.body)}`);
  return (reply.body as { data: { accessToken: string } }).data.accessToken;
}

function drawPrice(random: Random): number {
  return random.pickWeighted([
    [1, 0],
    [6, random.between(100, 5_000)],
    [5, random.between(5_000, 60_000)],
    // Above the spend limit of a wallet.
    [1, 1_200_000],
  ]);
}

/** Draws a stock that is mostly sufficient, and sometimes sells out under concurrent requests. */
function drawStock(random: Random): number {
  return random.chance(0.3) ? random.between(5, 60) : random.between(1_000, 5_000);
}
