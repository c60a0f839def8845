import { idText } from '@florin/database';
import { CHECKOUT_KEYS } from './cart-client.ts';
import type { StoredCarts } from './cart-history.ts';
import type { Checker } from './open-checker.ts';

type Row = { user_id: Buffer; product_id: Buffer; quantity: number };

/** Reads the items of carts, and those that checkouts bought. */
export async function readCarts(checker: Checker): Promise<StoredCarts> {
  const inCarts = await checker.rows<Row>('SELECT user_id, product_id, quantity FROM {product}.cart_items');
  const bought = await checker.rows<Row>(
    `SELECT p.user_id, i.product_id, i.quantity
       FROM {product}.purchases p JOIN {product}.purchase_items i ON i.purchase_id = p.id
      WHERE p.idempotency_key LIKE '${CHECKOUT_KEYS}%'`,
  );
  return { inCarts: inCarts.map(itemOf), bought: bought.map(itemOf) };
}

function itemOf({ user_id, product_id, quantity }: Row): StoredCarts['inCarts'][number] {
  return { userId: idText(user_id), productId: idText(product_id), quantity };
}
