import { type CountedShelf, dataOf, drawKey, type InventoryClient, postMove } from './inventory-client.ts';
import { type Move, moveReasons } from './inventory-history.ts';

const OPENING_STOCK = 100;
const MAX_MOVES = 30;

/**
 * Moves the client's own product and counts it as of one of the earlier movements. The client knows all movements, so it knows the stock
 * that the count must make: the counted units and all movements after the count.
 */
export async function countStock(client: InventoryClient): Promise<void> {
  const { shelf, random } = client;
  if (shelf.productId === undefined || shelf.moves.length > MAX_MOVES) await openShelf(client);
  for (let moves = random.between(1, 3); moves > 0 && shelf.productId !== undefined; moves--) {
    const reason = random.pick(moveReasons);
    await postOwn(client, { reason, delta: random.between(1, 9) * (random.chance(0.5) ? 1 : -1) });
  }
  if (shelf.productId !== undefined) await postOwn(client, drawCount(client));
}

/** Another product if the outcome of a request on this one is unknown. */
async function openShelf({ call, random, token, shelf }: InventoryClient): Promise<void> {
  delete shelf.productId;
  const page = await call({ service: 'product', method: 'GET', path: '/v1/categories', token }, random);
  const categoryId = page?.status === 200 ? dataOf<{ id: string }[]>(page)[0]?.id : undefined;
  if (categoryId === undefined) return;
  const body = { name: 'Counted', priceMinor: 100, stock: OPENING_STOCK, categoryId };
  const reply = await call({ service: 'product', method: 'POST', path: '/v1/products', token, body }, random);
  if (reply?.status !== 201) return;
  const { id, createdAt } = dataOf<{ id: string; createdAt: string }>(reply);
  shelf.productId = id;
  shelf.moves = [{ at: createdAt, delta: OPENING_STOCK }];
}

type Wanted = Pick<Move, 'reason' | 'delta' | 'count'>;

function drawCount({ random, shelf }: InventoryClient): Wanted {
  const { at: countedAt } = random.pick(shelf.moves);
  const units = random.between(0, 200);
  const sum = (moves: CountedShelf['moves']): number => moves.reduce((total, { delta }) => total + delta, 0);
  const after = sum(shelf.moves.filter(({ at }) => at > countedAt));
  return { reason: 'count', delta: units + after - sum(shelf.moves), count: { units, countedAt } };
}

async function postOwn(client: InventoryClient, wanted: Wanted): Promise<void> {
  const { shelf, history, random } = client;
  if (shelf.productId === undefined) return;
  const move = history.move({ ...wanted, productId: shelf.productId, key: drawKey(random) });
  await postMove(client, move);
  if (move.createdAt !== undefined) shelf.moves.push({ at: wanted.count?.countedAt ?? move.createdAt, delta: wanted.delta });
  else if (move.isRejected !== true || move.lost > 0) delete shelf.productId;
}
