import { AppError, requestErrors } from '@florin/app-response';
import { execute, idBytes, insertRows } from '@florin/database';
import type { Knex } from 'knex';
import { findBuyable, MAX_ITEMS, MAX_UNITS, type WantedItem } from '../pricing/index.ts';
import { readSoldProducts, type SoldProduct } from '../stock/index.ts';
import { cartItemsTable } from './carts-table.ts';
import { cartErrors } from './errors.ts';
import { type Cart, type CartItem, lockCart, lockCarts } from './lock-cart.ts';

type Change = WantedItem & { userId: string };

/**
 * Sets the quantity of a product in the cart; 0 removes it. The price of now becomes the one that the buyer saw.
 *
 * @throws AppError PRODUCT_NOT_FOUND, PRODUCT_ARCHIVED, VARIANT_REQUIRED, PRODUCT_CURRENCY_UNKNOWN or CART_FULL
 */
export async function setCartItem(trx: Knex.Transaction, { userId, productId, quantity }: Change): Promise<void> {
  const cart = await lockCart(trx, userId);
  if (quantity === 0) return deleteItem(trx, userId, productId);
  await putItem(trx, cart, { productId, quantity });
}

/**
 * Adds units of a product to those in the cart.
 *
 * @param cart the locked cart
 * @throws AppError as `setCartItem`; VALIDATION_FAILED if the sum exceeds the maximum
 */
export async function addCartItem(trx: Knex.Transaction, cart: Cart, { productId, quantity }: WantedItem): Promise<void> {
  const sum = quantity + (itemOf(cart, productId)?.quantity ?? 0);
  if (sum > MAX_UNITS)
    throw new AppError(requestErrors.VALIDATION_FAILED, {
      errors: [{ path: 'quantity', message: `quantity with the units in the cart must be at most ${MAX_UNITS}` }],
    });
  await putItem(trx, cart, { productId, quantity: sum });
}

/** An item that was not put into the cart. */
export type LeftOut = { productId: string; quantity: number; code: string; message: string };

/**
 * Puts items into the cart. If the cart has the product already, the larger quantity is kept. Repeating the request changes nothing.
 * Items that cannot be bought are left out and returned.
 *
 * @throws AppError CART_FULL
 */
export async function fillCart(
  trx: Knex.Transaction,
  userId: string,
  wanted: readonly WantedItem[],
): Promise<{ leftOut: LeftOut[] }> {
  const cart = await lockCart(trx, userId);
  const products = await readSoldProducts(
    trx,
    wanted.map(({ productId }) => productId),
  );
  const leftOut: LeftOut[] = [];
  const items: NewItem[] = [];
  for (const { productId, quantity } of wanted) {
    const product = findBuyable(products, productId);
    const inCart = itemOf(cart, productId)?.quantity ?? 0;
    if (product instanceof AppError) leftOut.push({ productId, quantity, code: product.code, message: product.message });
    else if (quantity > inCart) items.push({ product, quantity });
  }
  await writeItems(trx, cart, items);
  return { leftOut };
}

/** @throws AppError NOT_FOUND if the cart does not have the product */
export async function removeCartItem(trx: Knex.Transaction, userId: string, productId: string): Promise<void> {
  const cart = (await lockCarts(trx, [userId])).get(userId);
  if (cart === undefined || itemOf(cart, productId) === undefined)
    throw new AppError(requestErrors.NOT_FOUND, { detail: `The cart has no product ${productId}.` });
  await execute(trx, 'UPDATE carts SET version = version + 1, updated_at = NOW(3) WHERE user_id = ?', [idBytes(userId)]);
  await deleteItem(trx, userId, productId);
}

async function deleteItem(trx: Knex.Transaction, userId: string, productId: string): Promise<void> {
  await execute(trx, 'DELETE FROM cart_items WHERE user_id = ? AND product_id = ?', [idBytes(userId), idBytes(productId)]);
}

function itemOf({ items }: Cart, wantedId: string): CartItem | undefined {
  return items.find(({ productId }) => productId === wantedId);
}

async function putItem(trx: Knex.Transaction, cart: Cart, { productId, quantity }: WantedItem): Promise<void> {
  const product = findBuyable(await readSoldProducts(trx, [productId]), productId);
  if (product instanceof AppError) throw product;
  await writeItems(trx, cart, [{ product, quantity }]);
}

type NewItem = { product: SoldProduct; quantity: number };

async function writeItems(trx: Knex.Transaction, cart: Cart, items: readonly NewItem[]): Promise<void> {
  if (items.length === 0) return;
  const added = items.filter(({ product }) => itemOf(cart, product.id) === undefined);
  if (cart.items.length + added.length > MAX_ITEMS)
    throw new AppError(cartErrors.CART_FULL, { detail: `A cart has at most ${MAX_ITEMS} different products.` });
  const next = Math.max(-1, ...cart.items.map(({ position }) => position)) + 1;
  const rows = items.map(({ product, quantity }, index) => ({
    userId: cart.userId,
    productId: product.id,
    position: itemOf(cart, product.id)?.position ?? next + index,
    quantity,
    addedPriceMinor: product.priceMinor,
    addedCurrency: product.currency,
  }));
  await insertRows(trx, cartItemsTable, rows, {
    onDuplicateKey:
      'quantity = VALUES(quantity), added_price_minor = VALUES(added_price_minor), added_currency = VALUES(added_currency)',
  });
}
