import { idBytes, idText, lockByIds, query } from '@florin/database';
import type { Knex } from 'knex';
import { findCategories, type Product, productOf } from '../catalogue/index.ts';
import { productsTable } from '../stock/index.ts';
import { findSkus } from './find-skus.ts';
import type { ImportRow } from './import-row.ts';
import type { Candidates } from './match-product.ts';
import type { NamedCategories } from './name-categories.ts';
import { withLostZeros } from './spreadsheet-numbers.ts';

export type NamedProducts = {
  /** By id. */
  locked: ReadonlyMap<string, Product>;
  candidatesOf(row: ImportRow): Candidates;
};

/** A concurrent transaction changed a product's SKU, or made it a variant, before the product was locked. */
export class Overtaken extends Error {}

/** Locks the existing categories of the rows for share, until the transaction ends. */
export async function shareExisting(
  trx: Knex.Transaction,
  rows: readonly ImportRow[],
  { namedBy, defaultOf, pretended }: NamedCategories,
): Promise<Set<string>> {
  const ids = rows.flatMap((row) => {
    const { categoryId, categoryIds = [] } = row.fields;
    const named = namedBy(row) ?? defaultOf(row) ?? [];
    return [...(categoryId === undefined ? [] : [categoryId]), ...categoryIds, ...('code' in named ? [] : named)];
  });
  return new Set([...(await findCategories(trx, ids)), ...pretended]);
}

/**
 * Locks the products that the rows name, by id or by SKU, and the parents of variants, in id order.
 *
 * @throws Overtaken
 */
export async function lockNamed(trx: Knex.Transaction, rows: readonly ImportRow[]): Promise<NamedProducts> {
  const named = await findSkus(
    trx,
    rows.flatMap(({ sku }) => sku ?? []),
  );
  const parentSkus = await findSkus(
    trx,
    rows.flatMap(({ parentSku }) => parentSku ?? []),
  );
  const ids = [...rows.flatMap(({ id = [], parentId = [] }) => [id, parentId].flat()), ...named.values(), ...parentSkus.values()];
  const stored = await lockByIds(trx, productsTable, [...ids, ...(await findParents(trx, ids))]);
  const locked = new Map(Array.from(stored, ([id, product]) => [id, productOf(product)]));
  for (const [sku, id] of named) if (locked.get(id)?.sku !== sku) throw new Overtaken();
  for (const { parentId } of locked.values()) if (parentId !== null && !locked.has(parentId)) throw new Overtaken();
  const isNew = ({ sku = '', id, version }: ImportRow): boolean => id === undefined && version === undefined && !named.has(sku);
  const shortened = rows.flatMap((row) => (row.mayLackZeros && isNew(row) ? withLostZeros(row.sku ?? '') : []));
  const withZeros = await findSkus(trx, shortened);
  return {
    locked,
    candidatesOf: ({ id, sku, mayLackZeros }) => ({
      byId: id === undefined ? undefined : locked.get(id),
      bySku: sku === undefined ? undefined : locked.get(named.get(sku) ?? ''),
      withZeros: mayLackZeros && sku !== undefined ? withLostZeros(sku).find((longer) => withZeros.has(longer)) : undefined,
    }),
  };
}

async function findParents(trx: Knex.Transaction, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await query<{ parent_id: Buffer }>(
    trx,
    'SELECT DISTINCT parent_id FROM products WHERE id IN (?) AND parent_id IS NOT NULL',
    [[...new Set(ids)].map(idBytes)],
  );
  return rows.map(({ parent_id }) => idText(parent_id));
}
