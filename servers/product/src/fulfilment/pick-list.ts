import { AppError, requestErrors } from '@florin/app-response';
import { databaseTime, idBytes, idText, query } from '@florin/database';
import type { Knex } from 'knex';
import { type Purchase, type PurchaseRow, purchaseColumns, withItems } from '../purchases/index.ts';
import { CLAIM_S } from './claim-packing.ts';

/** Maximum number of purchases on a pick list. */
export const MAX_PICKED = 100;

/** How many units of a product the purchases need. */
export type PickLine = {
  sku: string | undefined;
  name: string;
  optionValues: Readonly<Record<string, string>>;
  quantity: number;
  /** The number of purchases that need it. */
  purchases: number;
};

export type PickList = {
  at: Date;
  /** By name; lines by SKU, products without one last. */
  categories: { name: string; lines: PickLine[] }[];
  /** The purchases that are picked for, the oldest first. */
  purchases: Purchase[];
  /** Purchases that are not paid, or not any more. */
  leftOut: Purchase[];
};

/**
 * Adds up the units that paid purchases need, by category and SKU.
 *
 * @param options the purchases, or the packer whose unreleased claims are picked for
 * @throws AppError NOT_FOUND if a purchase does not exist
 */
export async function readPickList(
  db: Knex,
  options: { purchaseIds: readonly string[] | undefined; packerId: string },
): Promise<PickList> {
  const at = await databaseTime(db);
  const ids = options.purchaseIds ?? (await readClaimed(db, options.packerId, at));
  const purchases = await readPurchases(db, ids);
  const paid = purchases.filter(({ status }) => status === 'paid');
  return {
    at,
    categories: await groupLines(db, paid),
    purchases: paid,
    leftOut: purchases.filter(({ status }) => status !== 'paid'),
  };
}

async function readClaimed(db: Knex, packerId: string, at: Date): Promise<string[]> {
  const rows = await query<{ id: Buffer }>(
    db,
    `SELECT c.purchase_id AS id FROM packing_claims c JOIN purchases p ON p.id = c.purchase_id
      WHERE c.packer_id = ? AND c.claimed_at > ? AND p.status = 'paid' ORDER BY c.claimed_at, c.purchase_id LIMIT ?`,
    [idBytes(packerId), new Date(at.getTime() - CLAIM_S * 1_000), MAX_PICKED],
  );
  return rows.map(({ id }) => idText(id));
}

async function readPurchases(db: Knex, ids: readonly string[]): Promise<Purchase[]> {
  if (ids.length === 0) return [];
  const rows = await query<PurchaseRow>(db, `SELECT ${purchaseColumns} FROM purchases WHERE id IN (?) ORDER BY id`, [
    ids.map(idBytes),
  ]);
  const found = new Set(rows.map(({ id }) => idText(id)));
  const missing = ids.find((id) => !found.has(id));
  if (missing !== undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no purchase ${missing}.` });
  return withItems(db, rows);
}

async function groupLines(db: Knex, purchases: readonly Purchase[]): Promise<PickList['categories']> {
  const lines = new Map<string, PickLine>();
  for (const { productId, sku, name, optionValues = {}, quantity } of purchases.flatMap(({ items }) => items)) {
    const line = lines.get(productId) ?? { sku, name, optionValues, quantity: 0, purchases: 0 };
    lines.set(productId, { ...line, quantity: line.quantity + quantity, purchases: line.purchases + 1 });
  }
  const names = await readCategoryNames(db, [...lines.keys()]);
  const categories = new Map<string, PickLine[]>();
  for (const [productId, line] of lines) {
    const { category, sku } = names.get(productId) ?? { category: '', sku: null };
    const ofCategory = categories.get(category) ?? [];
    categories.set(category, [...ofCategory, { ...line, sku: sku ?? line.sku }]);
  }
  return Array.from(categories, ([name, ofCategory]) => ({ name, lines: ofCategory.sort(bySku) })).sort((a, b) =>
    a.name.localeCompare(b.name, 'en'),
  );
}

/** The category and the SKU that products have now: where they lie in the warehouse. */
async function readCategoryNames(
  db: Knex,
  productIds: readonly string[],
): Promise<Map<string, { category: string; sku: string | null }>> {
  if (productIds.length === 0) return new Map();
  const rows = await query<{ id: Buffer; sku: string | null; category: string }>(
    db,
    'SELECT p.id, p.sku, c.name AS category FROM products p JOIN categories c ON c.id = p.category_id WHERE p.id IN (?)',
    [productIds.map(idBytes)],
  );
  return new Map(rows.map(({ id, ...row }) => [idText(id), row]));
}

/** Digits sort as numbers: `T-2` before `T-10`. */
function bySku(a: PickLine, b: PickLine): number {
  if (a.sku === undefined || b.sku === undefined) return Number(a.sku === undefined) - Number(b.sku === undefined);
  return a.sku.localeCompare(b.sku, 'en', { numeric: true });
}
