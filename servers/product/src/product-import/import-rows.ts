import { AppError } from '@florin/app-response';
import { databaseTime, lockByIds } from '@florin/database';
import type { Knex } from 'knex';
import {
  findSlugOwners,
  insertProducts,
  isSlugTaken,
  type MissingCategories,
  type Product,
  type ProductDefaults,
  type ProductEdit,
  pretendProduct,
  productErrors,
  productOf,
  writeEdits,
} from '../catalogue/index.ts';
import { moveStock, productsTable } from '../stock/index.ts';
import { decideRow, type RowDecision, type StockMode } from './decide-row.ts';
import { problem, type RowProblem } from './errors.ts';
import type { ImportRow } from './import-row.ts';
import { decideVariants, type VariantRow } from './import-variants.ts';
import { lockNamed, type NamedProducts, Overtaken, shareExisting } from './lock-named.ts';
import { matchProduct, type SkuMismatch } from './match-product.ts';
import { type NamedCategories, nameCategories } from './name-categories.ts';
import { isVariantRow, whyNoParent } from './row-family.ts';
import { type SlugOwners, takeSlug, whySlugTaken } from './slug-owners.ts';
import { withoutUnseenImages } from './unseen-images.ts';

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
 * Creates and changes the products of rows, in sets: first the products that are no variants, then the variants. So a variant may
 * come before its parent among these rows. Returns the outcome of each row, in the order of `given`.
 *
 * A concurrent transaction may create a product or change its SKU after it is looked up and before it is locked. Run the
 * transaction again then (see `isOvertaken`).
 */
export async function importRows(trx: Knex.Transaction, given: readonly ImportRow[], options: RowOptions): Promise<RowOutcome[]> {
  const rows = await withoutUnseenImages(trx, given);
  const named = await nameCategories(trx, rows, { by: options.by, missing: missingCategories(options) });
  const categories = await shareExisting(trx, rows, named);
  const products = await lockNamed(trx, rows);
  const reservedSlugs = new Set(rows.flatMap(({ fields }) => fields.slug ?? []));
  const slugs: SlugOwners = new Map(await findSlugOwners(trx, [...reservedSlugs]));
  const found = decideAll(rows, { ...options, categories, products, slugs, named });
  const others = found.flatMap((decision) => ('row' in decision ? [] : decision));
  const otherOutcomes = await writeDecisions(trx, others, { ...options, reservedSlugs });
  const variantRows = found.flatMap((decision) => ('row' in decision ? decision : []));
  const pretended = options.dryRun ? pretendParents(others, options.defaults) : [];
  const variants = await decideVariantsAfter(trx, variantRows, { ...options, slugs, pretended });
  const variantOutcomes = await writeDecisions(trx, variants, { ...options, reservedSlugs });
  return found.map((decision) => next('row' in decision ? variantOutcomes : otherOutcomes));
}

function next(outcomes: RowOutcome[]): RowOutcome {
  const outcome = outcomes.shift();
  if (outcome === undefined) throw new Error('A row has no outcome.');
  return outcome;
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
  slugs: SlugOwners;
  named: NamedCategories;
};

/** Decides the rows that are no variants. Rows of variants are left as they are. */
function decideAll(rows: readonly ImportRow[], { products, skuMismatch, named, ...state }: State): (RowDecision | VariantRow)[] {
  const touched = new Set<string>();
  const renamed = new Set<string>();
  return rows.map((row): RowDecision | VariantRow => {
    const match = matchProduct(row, products.candidatesOf(row), skuMismatch);
    if (match.problem !== undefined) return { outcome: 'refused', problem: match.problem };
    const { existing } = match;
    if (existing !== undefined && touched.has(existing.id))
      return { outcome: 'refused', problem: problem('DUPLICATE_ROW', 'an earlier row has the same product') };
    const isRename = row.sku !== undefined && existing !== undefined && existing.sku !== row.sku;
    if (isRename && renamed.has(row.sku ?? ''))
      return { outcome: 'refused', problem: problem('SKU_TAKEN', 'an earlier row gave this SKU to another product', 'sku') };
    if (existing !== undefined) touched.add(existing.id);
    const decision = isVariantRow(row, existing)
      ? { row, existing }
      : decideOther(
          { row, existing },
          { ...state, named: named.namedBy(row) ?? (existing === undefined ? named.defaultOf(row) : undefined) },
        );
    if (isRename && ('row' in decision || decision.outcome === 'updated')) renamed.add(row.sku ?? '');
    return decision;
  });
}

function decideOther(
  { row, existing }: VariantRow,
  state: Omit<State, 'products' | 'skuMismatch' | 'named'> & Pick<Parameters<typeof decideRow>[1], 'named'>,
): RowDecision {
  const why = whyNoParent(row, existing) ?? whySlugTaken(row, existing, state.slugs);
  if (why !== undefined) return { outcome: 'refused', problem: why };
  const decision = decideRow(row, { ...state, existing });
  takeSlug(row, decision, state.slugs);
  if (decision.outcome !== 'created' || row.options === undefined) return decision;
  return { ...decision, product: { ...decision.product, options: [...row.options] } };
}

/** The products with options that these rows would create or change, for a dry run. */
function pretendParents(decisions: readonly RowDecision[], defaults: ProductDefaults): Product[] {
  return decisions.flatMap((decision): Product[] => {
    if (decision.outcome === 'updated') return decision.product.options === null ? [] : [decision.product];
    if (decision.outcome !== 'created' || decision.product.options === undefined) return [];
    return [pretendProduct(decision.product, defaults)];
  });
}

/** Decides the rows of variants after the other rows are written, which may create and change their parents. */
async function decideVariantsAfter(
  trx: Knex.Transaction,
  rows: readonly VariantRow[],
  options: RowOptions & { slugs: SlugOwners; pretended: readonly Product[] },
): Promise<RowDecision[]> {
  if (rows.length === 0) return [];
  const now = await lockByIds(
    trx,
    productsTable,
    rows.flatMap(({ existing }) => existing?.id ?? []),
  );
  // The change of a parent by this file counts a version of its variants, which the file cannot know.
  const current = rows.map(({ row, existing }) => {
    const found = now.get(existing?.id ?? '');
    const isOutdated = row.version !== undefined && existing !== undefined && row.version !== existing.version;
    const version = isOutdated ? undefined : found?.version;
    return { row: version === undefined ? row : { ...row, version }, existing: found && productOf(found) };
  });
  return decideVariants(trx, current, options);
}

type Writing = Pick<RowOptions, 'defaults' | 'dryRun'> & { reservedSlugs: ReadonlySet<string> };

/** Writes what was decided, in sets. Returns the outcomes, in order. */
async function writeDecisions(
  trx: Knex.Transaction,
  decisions: readonly RowDecision[],
  { defaults, dryRun, reservedSlugs }: Writing,
): Promise<RowOutcome[]> {
  if (dryRun) return decisions.map((decision) => outcomeOf(decision, undefined));
  const created = decisions.flatMap((decision) => (decision.outcome === 'created' ? decision.product : []));
  const createdIds = created.length === 0 ? [] : await insertProducts(trx, created, { ...defaults, reservedSlugs });
  const edits = decisions.flatMap((decision): ProductEdit[] =>
    decision.outcome === 'updated' && decision.edit !== undefined ? [decision.edit] : [],
  );
  await writeEdits(trx, edits, { reservedSlugs });
  await correctStock(trx, decisions);
  return decisions.map((decision) => outcomeOf(decision, createdIds));
}

async function correctStock(trx: Knex.Transaction, decisions: readonly RowDecision[]): Promise<void> {
  const corrected = decisions.flatMap((decision) =>
    decision.outcome === 'updated' && decision.stockDelta !== 0 ? decision : [],
  );
  const locked = new Map(corrected.map(({ product }) => [product.id, product]));
  const movements = corrected.map(({ product, stockDelta }) => ({
    productId: product.id,
    delta: stockDelta,
    reason: 'correction' as const,
  }));
  if (movements.length > 0) await moveStock(trx, locked, { movements, at: await databaseTime(trx) });
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
