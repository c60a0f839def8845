import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import { countStock } from './count-stock.ts';
import { dataOf, drawKey, type InventoryClient, type InventoryOptions, postMove } from './inventory-client.ts';
import { type ImportFile, moveReasons } from './inventory-history.ts';
import type { PurchaseView } from './purchase-history.ts';
import { reportParcel } from './report-parcel.ts';
import { signIn } from './staff.ts';

/** Several clients, so that they meet at one product, one file and one parcel. */
const CLIENTS = 3;
const EVERY_MS = 300;
const NEWEST_PRODUCTS = 3;
/** More rows than one transaction of the import takes. */
const FILE_ROWS = 620;
const STOCK = 3;

/** The returned function moves and counts stock, imports product files, ships parcels and reports what happens to them. */
export async function prepareInventoryClients(options: InventoryOptions): Promise<(signal: AbortSignal) => Promise<void>> {
  const token = await signIn(options.call, options.random, demoAccounts.admin);
  // Created once for all rounds: a generator per round would repeat its keys.
  const clients = Array.from({ length: CLIENTS }, (_, index) => ({
    ...options,
    random: options.random.split(`client ${index}`),
    token,
    shelf: { moves: [] },
  }));
  return async (signal) => {
    await Promise.all(clients.map((client) => work(client, signal)));
  };
}

async function work(client: InventoryClient, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sleep(EVERY_MS * (0.5 + client.random.next()));
    if (signal.aborted) return;
    const act = client.random.pickWeighted([
      [10, moveStock],
      [5, countStock],
      [6, sendParcel],
      [6, reportParcel],
      [1, sendFile],
    ] as const);
    await act(client);
  }
}

async function moveStock(client: InventoryClient): Promise<void> {
  const { random, shop, history } = client;
  if (shop.products.length === 0) return;
  const isDelivery = random.chance(0.6);
  const move = history.move({
    productId: random.pick(shop.products.slice(-NEWEST_PRODUCTS)).id,
    delta: isDelivery ? random.between(1, 50) : -random.between(1, 40),
    reason: isDelivery ? random.pick(['delivery', 'found'] as const) : random.pick(moveReasons.slice(1)),
    key: drawKey(random),
  });
  // A double click.
  const times = random.chance(0.3) ? 2 : 1;
  await Promise.all(Array.from({ length: times }, () => postMove(client, move)));
}

/** Sends a file until it is done, sometimes twice at once. Each attempt continues where another was cut. */
async function sendFile(client: InventoryClient): Promise<void> {
  const { random, history } = client;
  const stem = Math.floor(random.next() * 2 ** 40).toString(36);
  const skus = Array.from({ length: FILE_ROWS }, (_, index) => (index % 100 === 7 ? undefined : `${stem}-${index}`));
  const file = history.importFile({ key: drawKey(random), skus, stock: STOCK });
  const times = random.chance(0.4) ? 2 : 1;
  await Promise.all(Array.from({ length: times }, () => postFile(client, file)));
}

async function postFile(client: InventoryClient, file: ImportFile): Promise<void> {
  const { call, random, token, history, onOperation } = client;
  const categoryId = await anyCategory(client);
  if (categoryId === undefined) return;
  const rows = file.skus.map((sku) => `${sku ?? '*'},Imported,100,${categoryId},${file.stock}`);
  const reply = await call(
    {
      service: 'product',
      method: 'POST',
      path: '/v1/products/import',
      token,
      body: `sku,name,priceMinor,categoryId,stock\n${rows.join('\n')}\n`,
      headers: { 'idempotency-key': file.key, 'content-type': 'text/csv' },
      timeoutMs: 15_000,
    },
    random,
  );
  onOperation('import products');
  if (reply?.status === 201 || reply?.status === 200) history.imported(file, dataOf(reply));
  else if (reply)
    history.reportViolation(
      'an import is answered 200 or 201',
      file.key,
      `answered ${reply.status}: ${JSON.stringify(reply.body)}`,
    );
}

/** The first category by id: the same for every attempt to send a file. */
async function anyCategory({ call, random, token }: InventoryClient): Promise<string | undefined> {
  const reply = await call({ service: 'product', method: 'GET', path: '/v1/categories', token }, random);
  return reply?.status === 200
    ? dataOf<{ id: string }[]>(reply)
        .map(({ id }) => id)
        .toSorted()[0]
    : undefined;
}

async function sendParcel({ call, random, token, purchaseHistory, history, onOperation }: InventoryClient): Promise<void> {
  const step = random.chance(0.6) ? ({ from: 'paid', verb: 'ship' } as const) : ({ from: 'shipped', verb: 'deliver' } as const);
  const path = `/v1/purchases?status=${step.from}&limit=10`;
  const page = await call({ service: 'product', method: 'GET', path, token }, random);
  if (page?.status !== 200) return;
  const found = dataOf<PurchaseView[]>(page);
  if (found.length === 0) return;
  const { id } = random.pick(found);
  const floor = purchaseHistory.purchaseFloor(id);
  const reply = await call(
    {
      service: 'product',
      method: 'POST',
      path: `/v1/purchases/${id}/${step.verb}`,
      token,
      body: random.chance(0.5) ? { trackingCode: drawKey(random) } : {},
    },
    random,
  );
  onOperation(step.verb);
  if (reply?.status === 200) {
    purchaseHistory.sawPurchase(dataOf<PurchaseView>(reply), floor);
    history.sent(id, step.verb === 'ship' ? 'shipped' : 'delivered');
  } else if (reply && reply.status !== 409)
    history.reportViolation('a shipment is answered 200 or 409', id, `${step.verb} answered ${reply.status}`);
}
