import { AppError } from '@florin/app-response';
import { idBytes, isDuplicateKey } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Product } from '../catalogue/index.ts';
import { productErrors } from '../catalogue/index.ts';

/**
 * Writes products that were changed, in one statement: from the rows to the products, by key, see setStock.
 *
 * @param products as they are to be, locked by this transaction
 * @throws AppError SKU_TAKEN when another transaction gave the SKU to a product meanwhile
 */
export async function editProducts(trx: Knex.Transaction, products: readonly Product[]): Promise<void> {
  if (products.length === 0) return;
  const rows = products.map(
    () => `SELECT ? AS id, ? AS sku, ? AS name, ? AS description, ? AS price_minor, ? AS currency, ? AS category_id,
      ? AS image_url, ? AS low_stock_threshold, ? AS status`,
  );
  try {
    await trx.raw(
      `UPDATE (${rows.join(' UNION ALL ')}) AS edited STRAIGHT_JOIN products FORCE INDEX (PRIMARY) ON products.id = edited.id
       SET products.sku = edited.sku, products.name = edited.name, products.description = edited.description,
         products.price_minor = edited.price_minor, products.currency = edited.currency,
         products.category_id = edited.category_id, products.image_url = edited.image_url,
         products.low_stock_threshold = edited.low_stock_threshold, products.status = edited.status,
         products.version = products.version + 1, products.updated_at = ?`,
      [...products.flatMap(valuesOf), new Date()],
    );
  } catch (error) {
    throw isDuplicateKey(error, 'products_sku') ? new AppError(productErrors.SKU_TAKEN, { cause: error }) : error;
  }
}

function valuesOf(product: Product): Knex.Value[] {
  const { id, sku, name, description, priceMinor, currency, categoryId, imageUrl, lowStockThreshold, status } = product;
  return [
    idBytes(id),
    sku,
    name,
    description,
    priceMinor,
    currency,
    idBytes(categoryId),
    imageUrl,
    lowStockThreshold,
    status,
  ] as Knex.Value[];
}
