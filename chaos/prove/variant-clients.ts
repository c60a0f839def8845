import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import type { Random } from '../../dev/seed/random.ts';
import type { Call, Reply, Request } from './create-call.ts';
import { addVariant, type Product, type Shop } from './shop.ts';
import { signIn } from './staff.ts';
import type { VariantHistory } from './variant-history.ts';

type Options = {
  call: Call;
  random: Random;
  shop: Shop;
  history: VariantHistory;
  onOperation(kind: string): void;
};

type Shown = Product & { parentId?: string; variants?: (Product & { optionValues: Record<string, string> })[] };

/** Several clients add few sizes to the newest products, so that they add the same variant. */
const CLIENTS = 3;
const EVERY_MS = 300;
const NEWEST_PARENTS = 2;
const SIZES = 30;
const STOCK = 40;
const PRICE_MINOR = 500;

/** The returned function gives options to products that are bought, adds variants to them, and archives them for a moment. */
export async function prepareVariantClients(options: Options): Promise<(signal: AbortSignal) => Promise<void>> {
  const token = await signIn(options.call, options.random, demoAccounts.admin);
  const category = await options.call(
    { service: 'product', method: 'POST', path: '/v1/categories', token, body: { name: 'Clothing' } },
    options.random,
  );
  const categoryId = category?.status === 201 ? dataOf<{ id: string }>(category).id : undefined;
  if (categoryId === undefined) throw new Error(`Could not make a category: ${JSON.stringify(category?.body)}`);
  const parents: string[] = [];
  // Created once for all rounds: a generator per round would repeat its names.
  const clients = Array.from({ length: CLIENTS }, (_, index) => ({
    ...{ ...options, token, categoryId, parents },
    random: options.random.split(`client ${index}`),
  }));
  return async (signal) => {
    await Promise.all(clients.map((client) => work(client, signal)));
  };
}

type Client = Options & { token: string; categoryId: string; parents: string[] };

async function work(client: Client, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(EVERY_MS * (0.5 + client.random.next()));
    if (signal.aborted) return;
    const act = client.random.pickWeighted([
      [2, giveOptions],
      [10, addVariants],
      [1, closeForAMoment],
      [3, buyParent],
    ] as const);
    await act(client);
  }
}

/** Puts a product on sale, and gives options to it while it is bought, sometimes twice at once. */
async function giveOptions(client: Client): Promise<void> {
  const { random, shop, history, parents, categoryId, onOperation } = client;
  const body = { name: `Shirt ${random.between(1, 1e9)}`, priceMinor: PRICE_MINOR, stock: STOCK, categoryId };
  const made = await send(client, { method: 'POST', path: '/v1/products', body });
  if (made?.status !== 201) return;
  const { id } = dataOf<Shown>(made);
  addVariant(shop, { id, priceMinor: PRICE_MINOR });
  await sleep(EVERY_MS * random.next());
  const times = random.chance(0.4) ? 2 : 1;
  const request = {
    method: 'POST' as const,
    path: `/v1/products/${id}/options`,
    headers: { 'if-match': '*' },
    body: { options: ['Size'], optionValues: { Size: 'given' } },
  };
  const replies = await Promise.all(Array.from({ length: times }, () => send(client, request)));
  onOperation('give options');
  for (const reply of replies) {
    if (reply?.status !== 201) continue;
    const parent = dataOf<Shown>(reply);
    history.gave(id, parent.id);
    parents.push(parent.id);
  }
}

/** Adds a size, sometimes twice at once. */
async function addVariants(client: Client): Promise<void> {
  const { random, shop, history, parents, onOperation } = client;
  const parentId = parents.length === 0 ? undefined : random.pick(parents.slice(-NEWEST_PARENTS));
  if (parentId === undefined) return;
  const variant = history.want(parentId, `size ${random.between(1, SIZES)}`, STOCK);
  const body = { variants: [{ optionValues: { Size: variant.size }, stock: STOCK }] };
  const times = random.chance(0.4) ? 2 : 1;
  await Promise.all(
    Array.from({ length: times }, async () => {
      const reply = await send(client, { method: 'POST', path: `/v1/products/${parentId}/variants`, body });
      onOperation('add a variant');
      variant.lost += reply?.lost ?? 1;
      if (reply?.status !== 201) return;
      history.created(variant);
      const found = dataOf<Shown>(reply).variants?.find(({ optionValues }) => optionValues['Size'] === variant.size);
      if (found !== undefined) addVariant(shop, found);
    }),
  );
}

async function closeForAMoment(client: Client): Promise<void> {
  const { random, parents, onOperation } = client;
  const parentId = parents.length === 0 ? undefined : random.pick(parents);
  if (parentId === undefined) return;
  const request = { method: 'PATCH', path: `/v1/products/${parentId}`, headers: { 'if-match': '*' } } as const;
  await send(client, { ...request, body: { status: 'archived' } });
  await sleep(EVERY_MS * random.next());
  await send(client, { ...request, body: { status: 'active' } });
  onOperation('archive a product with variants');
}

async function buyParent(client: Client): Promise<void> {
  const { random, history, parents, onOperation } = client;
  const parentId = parents.length === 0 ? undefined : random.pick(parents);
  if (parentId === undefined) return;
  const headers = { 'idempotency-key': `parent-${Math.floor(random.next() * 2 ** 52).toString(36)}` };
  const body = { items: [{ productId: parentId, quantity: 1 }] };
  const reply = await send(client, { method: 'POST', path: '/v1/purchases', headers, body });
  onOperation('buy a product with options');
  if (reply?.status === 202 || reply?.status === 200) history.soldParent(parentId);
}

function send({ call, random, token }: Client, request: Omit<Request, 'service' | 'token'>): Promise<Reply | undefined> {
  return call({ service: 'product', token, ...request }, random);
}

function dataOf<T>(reply: Reply): T {
  return (reply.body as { data: T }).data;
}
