import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';

export type LockedProduct = {
  id: string;
  name: string;
  priceMinor: number;
  currency: string;
  stock: number;
  status: 'active' | 'archived';
};

/** Locks the products that exist among these, in id order, so that no two transactions wait for each other in a circle. */
export async function lockProducts(trx: Knex.Transaction, ids: readonly string[]): Promise<Map<string, LockedProduct>> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return new Map();
  const [rows] = (await trx.raw(
    `SELECT id, name, price_minor, currency, stock, status FROM products
     WHERE id IN (${unique.map(() => '?').join(', ')}) ORDER BY id FOR UPDATE`,
    unique.map(idBytes),
  )) as [ProductRow[]];
  return new Map(rows.map((row) => [idText(row.id), lockedProduct(row)]));
}

type ProductRow = {
  id: Buffer;
  name: string;
  price_minor: number;
  currency: string;
  stock: number;
  status: 'active' | 'archived';
};

function lockedProduct({ id, name, price_minor, currency, stock, status }: ProductRow): LockedProduct {
  return { id: idText(id), name, priceMinor: price_minor, currency, stock, status };
}
