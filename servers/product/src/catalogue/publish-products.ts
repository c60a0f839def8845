import { type EventData, makeEvent } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { type Product, showProduct } from './product.ts';

/**
 * Appends `product-changed` for each product. Every write of a product calls it, so that no caller can forget it. The statements
 * after it in the transaction insert rows or change rows that are locked already, so that outbox rows are still locked last.
 */
export async function publishProducts(trx: Knex.Transaction, products: readonly Product[]): Promise<void> {
  await appendEvents(
    trx,
    products.map((product) => makeEvent('product-changed', { sequence: product.version, data: publicStateOf(product) })),
  );
}

/** What everyone may read of a product, without its stock: sales publish nothing. */
export function publicStateOf(product: Product): EventData<'product-changed'> {
  const { id: productId, stock: _stock, ...state } = showProduct(product, { isStaff: false });
  return { productId, ...state };
}
