import { AppError } from '@florin/app-response';
import type { Knex } from 'knex';
import {
  createProducts,
  findSlugOwners,
  isSlugTaken,
  type MissingCategories,
  type ProductDefaults,
  productErrors,
  updateProducts,
} from '../catalogue/index.ts';
import { moveStock } from '../stock/index.ts';
import { decideRow, type RowDecision, type StockMode } from './decide-row.ts';
import { problem, type RowProblem } from './errors.ts';
import type { ImportRow } from './import-row.ts';
import { lockNamed, type NamedProducts, Overtaken, shareExisting } from './lock-named.ts';
import { matchProduct, type SkuMismatch } from './match-product.ts';
import { type NamedCategories, nameCategories } from './name-categories.ts';

export type RowOptions = {
  stockMode: StockMode;
  skuMismatch: SkuMismatch;
  /** For new products. */
  defaults: ProductDefaults;
  createCategories: boolean;
  /** Writes nothing. */
  dryRun: boolean;
  /** The user in the audit entries of new categories. */
  by: string;
};

export type RowOutcome = {
  outcome: RowDecision['outcome'];
  productId?: string;
  problem?: RowProblem;
  /** Set if the row changed the stock of an existing product. */
  stock?: { before: number; after: number };
};

/**
 * Creates and changes the products of rows, in sets. Returns the outcome of each row, in the order of `rows`.
 *
 * A concurrent transaction may create a product or change its SKU after it is looked up and before it is locked. Run the
 * transaction again then (see `isOvertaken`).
 */
export async function importRows(trx: Knex.Transaction, rows: readonly ImportRow[], options: RowOptions): Promise<RowOutcome[]> {
  const named = await nameCategories(trx, rows, { by: options.by, missing: missingCategories(options) });
  const categories = await shareExisting(trx, rows, named);
  const products = await lockNamed(trx, rows);
  const reservedSlugs = new Set(rows.flatMap(({ fields }) => fields.slug ?? []));
  const slugOwners = await findSlugOwners(trx, [...reservedSlugs]);
  const decisions = decideAll(rows, { ...options, categories, products, slugOwners, named });
  if (options.dryRun) return decisions.map((decision) => outcomeOf(decision, undefined));
  const createdIds = await createAll(trx, decisions, { ...options.defaults, reservedSlugs });
  const edits = decisions.flatMap((decision) => (decision.outcome === 'updated' ? (decision.edit ?? []) : []));
  await updateProducts(trx, edits, { reservedSlugs });
  await correctStock(trx, decisions, products);
  return decisions.map((decision) => outcomeOf(decision, createdIds));
}

function missingCategories({ createCategories, dryRun }: RowOptions): MissingCategories {
  if (!createCategories) return 'reject';
  return dryRun ? 'pretend' : 'create';
}

/** Whether a concurrent transaction changed a product of these rows first. A retry sees the change. */
export function isOvertaken(error: unknown): boolean {
  return (
    error instanceof Overtaken || isSlugTaken(error) || (error instanceof AppError && error.code === productErrors.SKU_TAKEN.code)
  );
}

type State = RowOptions & {
  categories: ReadonlySet<string>;
  products: NamedProducts;
  /** The products with the slugs that the rows give, by slug. */
  slugOwners: ReadonlyMap<string, string>;
  named: NamedCategories;
};

function decideAll(rows: readonly ImportRow[], { products, skuMismatch, slugOwners, named, ...state }: State): RowDecision[] {
  const touched = new Set<string>();
  const renamed = new Set<string>();
  const slugs = new Map(slugOwners);
  return rows.map((row): RowDecision => {
    const match = matchProduct(row, products.candidatesOf(row), skuMismatch);
    if (match.problem !== undefined) return { outcome: 'refused', problem: match.problem };
    const { existing } = match;
    if (existing !== undefined && touched.has(existing.id))
      return { outcome: 'refused', problem: problem('DUPLICATE_ROW', 'an earlier row has the same product') };
    const isRename = row.sku !== undefined && existing !== undefined && existing.sku !== row.sku;
    if (isRename && renamed.has(row.sku ?? ''))
      return { outcome: 'refused', problem: problem('SKU_TAKEN', 'an earlier row gave this SKU to another product', 'sku') };
    const { slug } = row.fields;
    const owner = typeof slug === 'string' ? slugs.get(slug) : undefined;
    if (owner !== undefined && owner !== existing?.id)
      return { outcome: 'refused', problem: problem('SLUG_TAKEN', 'another product has this slug', 'slug') };
    if (existing !== undefined) touched.add(existing.id);
    const decision = decideRow(row, { ...state, existing, named: named.namedBy(row) });
    if (isRename && decision.outcome === 'updated') renamed.add(row.sku ?? '');
    if (typeof slug === 'string' && decision.outcome !== 'refused') slugs.set(slug, existing?.id ?? EARLIER_ROW);
    return decision;
  });
}

/** In place of the id of a product that an earlier row creates. */
const EARLIER_ROW = '';

type Creating = ProductDefaults & { reservedSlugs: ReadonlySet<string> };

async function createAll(trx: Knex.Transaction, decisions: readonly RowDecision[], options: Creating): Promise<string[]> {
  const products = decisions.flatMap((decision) => (decision.outcome === 'created' ? decision.product : []));
  return products.length === 0 ? [] : createProducts(trx, products, options);
}

async function correctStock(trx: Knex.Transaction, decisions: readonly RowDecision[], { locked }: NamedProducts): Promise<void> {
  const movements = decisions.flatMap((decision) =>
    decision.outcome === 'updated' && decision.stockDelta !== 0
      ? { productId: decision.product.id, delta: decision.stockDelta, reason: 'correction' as const }
      : [],
  );
  await moveStock(trx, locked, { movements, at: new Date() });
}

/** @param createdIds the ids of the new products, in their order; undefined if none were created */
function outcomeOf(decision: RowDecision, createdIds: string[] | undefined): RowOutcome {
  if (decision.outcome === 'refused') return decision;
  if (decision.outcome === 'created')
    return { outcome: 'created', ...(createdIds === undefined ? {} : { productId: createdIds.shift() ?? '' }) };
  const { outcome, product } = decision;
  if (outcome === 'unchanged' || decision.stockDelta === 0) return { outcome, productId: product.id };
  return { outcome, productId: product.id, stock: { before: product.stock, after: product.stock + decision.stockDelta } };
}
