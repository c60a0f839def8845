import { AppError } from '@florin/app-response';
import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';
import { createProducts } from '../products/create-products.ts';
import { productErrors } from '../products/errors.ts';
import { type Product, type ProductRow, presentProduct, productColumns } from '../products/product.ts';
import { moveStock } from '../stock/move-stock.ts';
import { decideRow, type RowDecision, type StockMode } from './decide-row.ts';
import { problem, type RowProblem } from './errors.ts';
import type { ImportRow } from './import-row.ts';

export type RowOutcome = { outcome: RowDecision['outcome']; productId?: string; problem?: RowProblem };

/**
 * Creates and changes the products of some rows, in sets; says of each row what became of it, in the order given.
 *
 * Others may create a product, or give it another SKU, between the look for it and its lock: run the transaction again then (see
 * `isOvertaken`).
 */
export async function importRows(
  trx: Knex.Transaction,
  rows: readonly ImportRow[],
  { stockMode, currency }: { stockMode: StockMode; currency: string },
): Promise<RowOutcome[]> {
  const categories = await shareExisting(trx, rows);
  const products = await lockNamed(trx, rows);
  const touched = new Set<string>();
  const decisions = rows.map((row): RowDecision => {
    const existing = products.get(nameOf(row));
    if (existing !== undefined && touched.has(existing.id))
      return { outcome: 'refused', problem: problem('DUPLICATE_ROW', 'the same product as in a row before') };
    if (existing !== undefined) touched.add(existing.id);
    return decideRow(row, { existing, categories, stockMode });
  });
  const createdIds = await createAll(trx, decisions, currency);
  await editAll(trx, decisions);
  await correctStock(trx, decisions, products);
  return decisions.map((decision) => {
    if (decision.outcome === 'refused') return decision;
    if (decision.outcome === 'created') return { outcome: 'created', productId: createdIds.shift() ?? '' };
    return { outcome: decision.outcome, productId: decision.product.id };
  });
}

/** Somebody was faster with a product of these rows; a fresh try sees it as it is. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof Overtaken || (error instanceof AppError && error.code === productErrors.SKU_TAKEN.code);
}

class Overtaken extends Error {}

function nameOf({ sku, id }: ImportRow): string {
  return sku ?? `id ${id}`;
}

/** The categories that exist among the rows' own; they stay until the transaction ends. */
async function shareExisting(trx: Knex.Transaction, rows: readonly ImportRow[]): Promise<Set<string>> {
  const ids = [...new Set(rows.flatMap(({ categoryId }) => categoryId ?? []))];
  if (ids.length === 0) return new Set();
  const [found] = (await trx.raw(
    `SELECT id FROM categories WHERE id IN (${ids.map(() => '?').join(', ')}) ORDER BY id LOCK IN SHARE MODE`,
    ids.map(idBytes),
  )) as [{ id: Buffer }[]];
  return new Set(found.map(({ id }) => idText(id)));
}

/** The products that the rows name, by that name, locked in id order. */
async function lockNamed(trx: Knex.Transaction, rows: readonly ImportRow[]): Promise<Map<string, Product>> {
  const names = new Map<string, string>();
  for (const { sku, id } of rows) if (sku === undefined && id !== undefined) names.set(id, `id ${id}`);
  const skus = rows.flatMap(({ sku }) => sku ?? []);
  const bySku = skus.length === 0 ? [] : ((await trx('products').select('id', 'sku').whereIn('sku', skus)) as SkuRow[]);
  const named = [...bySku.map(({ id, sku }): [string, string] => [idText(id), sku]), ...names];
  if (named.length === 0) return new Map();
  const ids = [...new Set(named.map(([id]) => id))];
  const [found] = (await trx.raw(
    `SELECT ${productColumns.join(', ')} FROM products WHERE id IN (${ids.map(() => '?').join(', ')}) ORDER BY id FOR UPDATE`,
    ids.map(idBytes),
  )) as [ProductRow[]];
  const locked = new Map(found.map((row) => [idText(row.id), presentProduct(row)]));
  for (const { id, sku } of bySku) if (locked.get(idText(id))?.sku !== sku) throw new Overtaken();
  return new Map(named.flatMap(([id, name]) => (locked.has(id) ? [[name, locked.get(id) as Product]] : [])));
}

type SkuRow = { id: Buffer; sku: string };

async function createAll(trx: Knex.Transaction, decisions: readonly RowDecision[], currency: string): Promise<string[]> {
  const products = decisions.flatMap((decision) => (decision.outcome === 'created' ? decision.product : []));
  return products.length === 0 ? [] : createProducts(trx, products, { currency });
}

/** From the rows to the products, by key, see setStock. */
async function editAll(trx: Knex.Transaction, decisions: readonly RowDecision[]): Promise<void> {
  const edited = decisions.flatMap((decision) => (decision.outcome === 'updated' && decision.isEdited ? decision.product : []));
  if (edited.length === 0) return;
  const rows = edited.map(
    () => `SELECT ? AS id, ? AS name, ? AS description, ? AS price_minor, ? AS currency, ? AS category_id, ? AS image_url,
      ? AS low_stock_threshold, ? AS status`,
  );
  await trx.raw(
    `UPDATE (${rows.join(' UNION ALL ')}) AS edited STRAIGHT_JOIN products FORCE INDEX (PRIMARY) ON products.id = edited.id
     SET products.name = edited.name, products.description = edited.description, products.price_minor = edited.price_minor,
       products.currency = edited.currency, products.category_id = edited.category_id, products.image_url = edited.image_url,
       products.low_stock_threshold = edited.low_stock_threshold, products.status = edited.status,
       products.version = products.version + 1, products.updated_at = ?`,
    [...edited.flatMap(editedValues), new Date()],
  );
}

function editedValues(product: Product): Knex.Value[] {
  const { id, name, description, priceMinor, currency, categoryId, imageUrl, lowStockThreshold, status } = product;
  return [
    idBytes(id),
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

async function correctStock(
  trx: Knex.Transaction,
  decisions: readonly RowDecision[],
  products: ReadonlyMap<string, Product>,
): Promise<void> {
  const movements = decisions.flatMap((decision) =>
    decision.outcome === 'updated' && decision.stockDelta !== 0
      ? { productId: decision.product.id, delta: decision.stockDelta, reason: 'correction' as const }
      : [],
  );
  const locked = new Map([...products.values()].map((product) => [product.id, product]));
  await moveStock(trx, locked, { movements, at: new Date() });
}
