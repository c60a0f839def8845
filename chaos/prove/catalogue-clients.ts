import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import type { Random } from '../../dev/seed/random.ts';
import type { Call, Reply, Request } from './create-call.ts';
import type { Edit, Edited, EditHistory } from './edit-history.ts';
import { makeCategory } from './make-category.ts';
import type { Shop } from './shop.ts';
import { signIn } from './staff.ts';

type Options = {
  call: Call;
  random: Random;
  shop: Shop;
  history: EditHistory;
  onOperation(kind: string): void;
};

type Thing = { id: string; version: number };

/** Several clients edit few products and categories, so that their edits conflict. */
const CLIENTS = 3;
/** More than the levels that a tree may have. */
const CATEGORIES = 12;
const NEWEST_PRODUCTS = 4;
const EVERY_MS = 250;

/** Creates the categories. The returned function edits products and categories concurrently, each based on a version that was read. */
export async function prepareCatalogueClients(options: Options): Promise<(signal: AbortSignal) => Promise<void>> {
  const { call, random } = options;
  const token = await signIn(call, random, demoAccounts.admin);
  const categoryIds: string[] = [];
  for (let count = 1; count <= CATEGORIES; count++)
    categoryIds.push(await makeCategory(call, random, { token, name: `Category ${count}` }));
  // Created once for all rounds: a generator per round would repeat the names that identify edits.
  const randoms = Array.from({ length: CLIENTS }, (_, index) => random.split(`client ${index}`));
  return async (signal) => {
    await Promise.all(randoms.map((own) => keep({ ...options, random: own, token, categoryIds }, signal)));
  };
}

type Client = Options & { token: string; categoryIds: readonly string[] };

async function keep(client: Client, signal: AbortSignal): Promise<void> {
  const { random, shop, categoryIds } = client;
  while (!signal.aborted) {
    await sleep(EVERY_MS * (0.5 + random.next()));
    if (signal.aborted) return;
    const isProduct = random.chance(0.6) && shop.products.length > 0;
    await edit(
      client,
      isProduct
        ? { kind: 'product', id: random.pick(shop.products.slice(-NEWEST_PRODUCTS)).id }
        : { kind: 'category', id: random.pick(categoryIds) },
    );
  }
}

async function edit(client: Client, edited: Edited): Promise<void> {
  const { call, random, token, history, onOperation } = client;
  const path = `/v1/${edited.kind === 'product' ? 'products' : 'categories'}/${edited.id}`;
  const shown = await call({ service: 'product', method: 'GET', path, token }, random);
  if (shown?.status !== 200) return;
  const { version } = thingOf(shown);
  // One edit in ten is based on an outdated version.
  const basedOn = random.chance(0.1) ? Math.max(1, version - 1) : version;
  const name = `${edited.kind} ${Math.floor(random.next() * 2 ** 52).toString(36)}`;
  const request: Request = {
    service: 'product',
    method: 'PATCH',
    path,
    token,
    body: edited.kind === 'product' ? drawProduct(random, name) : drawPlace(client, name),
    headers: { 'if-match': `"${basedOn}"` },
  };
  const outcome = outcomeOf(await call(request, random));
  onOperation(`edit a ${edited.kind}`);
  history.edited({ ...edited, name, basedOn, outcome });
}

/** Prices change during purchases, and products are archived or drafts for a moment. */
function drawProduct(random: Random, name: string) {
  const status = random.pickWeighted([
    [18, 'active'],
    [1, 'archived'],
    [1, 'draft'],
  ] as const);
  const tags = tagsOnOffer.filter(() => random.chance(0.3));
  const attributes = { Colour: random.pick(tagsOnOffer), Size: String(random.between(36, 46)) };
  return { name, priceMinor: random.between(100, 60_000), status, brand: random.pick(tagsOnOffer), tags, attributes };
}

const tagsOnOffer = ['red', 'green', 'blue', 'sale'];

/** A move that makes a cycle or an eleventh level is rejected. Some do so only together with a concurrent move. */
function drawPlace({ random, categoryIds }: Client, name: string) {
  return { name, parentId: random.chance(0.2) ? null : random.pick(categoryIds) };
}

/** A rejection after a lost request proves nothing: the lost request may have been applied. */
function outcomeOf(reply: Reply | undefined): Edit['outcome'] {
  if (reply === undefined) return 'unknown';
  if (reply.status === 200) return 'done';
  return reply.lost === 0 ? 'rejected' : 'unknown';
}

function thingOf({ body }: Reply): Thing {
  return (body as { data: Thing }).data;
}
