import { idText, query } from '@florin/database';
import type { Knex } from 'knex';

/** Finds the ids of the products with these SKUs, by SKU. */
export async function findSkus(trx: Knex.Transaction, skus: readonly string[]): Promise<Map<string, string>> {
  if (skus.length === 0) return new Map();
  const rows = await query<{ id: Buffer; sku: string }>(trx, 'SELECT id, sku FROM products WHERE sku IN (?)', [
    [...new Set(skus)],
  ]);
  return new Map(rows.map(({ id, sku }) => [sku, idText(id)]));
}
