import type { Random } from '../../dev/seed/random.ts';
import type { Call, Reply } from './create-call.ts';
import type { DeliveryHistory } from './delivery-history.ts';
import type { InventoryHistory, Move } from './inventory-history.ts';
import type { PurchaseHistory } from './purchase-history.ts';
import type { Shop } from './shop.ts';

export type InventoryOptions = {
  call: Call;
  random: Random;
  purchaseHistory: PurchaseHistory;
  history: InventoryHistory;
  deliveryHistory: DeliveryHistory;
  shop: Shop;
  onOperation(kind: string): void;
};

/** A product that one client alone moves. `at`: the time to which a movement belongs; that of a count is when it was counted. */
export type CountedShelf = { productId?: string; moves: { at: string; delta: number }[] };

export type InventoryClient = InventoryOptions & {
  token: string;
  /** A product of this client alone, so that it knows the stock that a count must make. */
  shelf: CountedShelf;
};

/** Sends a movement or a count, and records the answer. */
export async function postMove({ call, random, token, history, onOperation }: InventoryClient, move: Move): Promise<void> {
  const { productId, delta, reason, count, key } = move;
  const path = `/v1/products/${productId}/stock-movements`;
  const headers = { 'idempotency-key': key };
  const body = count === undefined ? { delta, reason } : { reason, count: count.units, countedAt: count.countedAt };
  const reply = await call({ service: 'product', method: 'POST', path, token, body, headers }, random);
  onOperation(count === undefined ? 'move stock' : 'count stock');
  move.lost += reply?.lost ?? 1;
  if (reply?.status === 201 || reply?.status === 200) history.moved(move, dataOf(reply));
  // 422: the clock of the instance that made countedAt is ahead of the database's.
  else if (reply?.status === 409 || (reply?.status === 422 && count !== undefined)) move.isRejected = true;
  else if (reply) history.reportViolation('a stock movement is answered 200, 201 or 409', productId, `answered ${reply.status}`);
}

export function drawKey(random: Random): string {
  return `w-${Math.floor(random.next() * 2 ** 52).toString(36)}`;
}

export function dataOf<T>(reply: Reply): T {
  return (reply.body as { data: T }).data;
}
