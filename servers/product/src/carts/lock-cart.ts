import { AppError, requestErrors } from '@florin/app-response';
import { execute, idBytes, idText, query, readRow, type StoredRowOf, sqlId } from '@florin/database';
import type { Knex } from 'knex';
import { findErased } from '../erased-users/index.ts';
import { cartItemsTable } from './carts-table.ts';

/** An item as it is stored. */
export type CartItem = { productId: string; position: number; quantity: number; addedPriceMinor: number; addedCurrency: string };

export type Cart = { userId: string; couponCode: string | null; version: number; updatedAt: Date; items: CartItem[] };

/**
 * Makes or locks the cart of a user for a change, and counts its version up.
 *
 * @throws AppError UNAUTHENTICATED if the user was erased: a token may outlive its user by minutes
 */
export async function lockCart(trx: Knex.Transaction, userId: string): Promise<Cart> {
  await execute(
    trx,
    `INSERT INTO carts (user_id, updated_at) VALUES (?, NOW(3))
     ON DUPLICATE KEY UPDATE version = carts.version + 1, updated_at = NOW(3)`,
    [idBytes(userId)],
  );
  if ((await findErased(trx, [userId])).size > 0) throw new AppError(requestErrors.UNAUTHENTICATED);
  const cart = (await readCarts(trx, [userId])).get(userId);
  if (cart === undefined) throw new Error(`the cart of ${userId} is locked and cannot be read`);
  return cart;
}

/** Locks the carts of these users that exist, in the order of the users. */
export function lockCarts(trx: Knex.Transaction, userIds: readonly string[]): Promise<Map<string, Cart>> {
  return selectCarts(trx, `${CARTS_SQL} FOR UPDATE`, userIds);
}

/** Reads the carts of these users that exist. */
export function readCarts(db: Knex, userIds: readonly string[]): Promise<Map<string, Cart>> {
  return selectCarts(db, CARTS_SQL, userIds);
}

async function selectCarts(db: Knex, sql: string, userIds: readonly string[]): Promise<Map<string, Cart>> {
  const rows = await query<CartRow>(db, sql, [Array.from(new Set(userIds), sqlId)]);
  const carts = new Map<string, Cart>();
  for (const row of rows) {
    const userId = idText(row.cart_user_id);
    const cart = carts.get(userId) ?? {
      userId,
      couponCode: row.coupon_code,
      version: row.version,
      updatedAt: row.updated_at,
      items: [],
    };
    carts.set(userId, cart);
    if (row.product_id === null) continue;
    const { userId: _user, ...item } = readRow(cartItemsTable, row as StoredRowOf<typeof cartItemsTable>);
    cart.items.push(item);
  }
  return carts;
}

type Nullable<Row> = { [Column in keyof Row]: Row[Column] | null };
type CartRow = Nullable<StoredRowOf<typeof cartItemsTable>> & {
  cart_user_id: Buffer;
  coupon_code: string | null;
  version: number;
  updated_at: Date;
};

/** The row of a cart comes before its items, so it is locked first. */
const CARTS_SQL = `SELECT c.user_id AS cart_user_id, c.coupon_code, c.version, c.updated_at,
    ${cartItemsTable.cells.map(({ column }) => `i.${column}`).join(', ')}
  FROM carts AS c LEFT JOIN cart_items AS i ON i.user_id = c.user_id
  WHERE c.user_id IN (?) ORDER BY c.user_id, i.position`;
