import { idBytes, idText, lockByIds, query } from '@florin/database';
import type { Knex } from 'knex';
import { inFamily, MAX_VARIANTS, type Product, productOf, sharedOf } from '../catalogue/index.ts';
import { type OptionValues, productsTable } from '../stock/index.ts';
import { decideRow, type RowDecision, type StockMode } from './decide-row.ts';
import { problem, type RowProblem } from './errors.ts';
import { findSkus } from './find-skus.ts';
import type { ImportRow } from './import-row.ts';
import { isProblem, variantRow } from './row-family.ts';
import { type SlugOwners, takeSlug, whySlugTaken } from './slug-owners.ts';

/** A row of a variant; `existing` has the version of before the import. */
export type VariantRow = { row: ImportRow; existing: Product | undefined };

type Parents = { byId: ReadonlyMap<string, Product>; bySku: ReadonlyMap<string, Product> };
/** The variants of a product: their ids by their option values. Rows decided before are in it. */
type Siblings = Map<string, string>;

/**
 * Decides the rows of variants. Their parents exist: of an earlier batch, or of this one, whose other rows come first.
 *
 * Locks their parents, so that nobody else adds a variant.
 */
export async function decideVariants(
  trx: Knex.Transaction,
  rows: readonly VariantRow[],
  { pretended, ...options }: { stockMode: StockMode; slugs: SlugOwners; pretended: readonly Product[] },
): Promise<RowDecision[]> {
  const parents = await lockParents(trx, rows, pretended);
  const siblings = await readSiblings(trx, [...parents.byId.keys()]);
  const unnamed = rows.flatMap((each) => siblingOf(each, parents, siblings) ?? []);
  const found = await lockProducts(trx, unnamed);
  const taken = new Set<string>();
  return rows.map((each): RowDecision => {
    const existing = each.existing ?? found.get(siblingOf(each, parents, siblings) ?? '');
    if (existing !== undefined && taken.has(existing.id))
      return refused(problem('DUPLICATE_ROW', 'an earlier row has the same product'));
    if (existing !== undefined) taken.add(existing.id);
    return decideVariant({ row: each.row, existing }, { parents, siblings, ...options });
  });
}

type State = { parents: Parents; siblings: ReadonlyMap<string, Siblings>; stockMode: StockMode; slugs: SlugOwners };

function decideVariant({ row, existing }: VariantRow, { parents, siblings, stockMode, slugs }: State): RowDecision {
  const parent = parentOf(row, existing, parents);
  if ('code' in parent) return refused(parent);
  const read = variantRow(row, parent, existing);
  if (isProblem(read)) return refused(read);
  const slugTaken = whySlugTaken(read, existing, slugs);
  if (slugTaken !== undefined) return refused(slugTaken);
  const status = read.fields.status ?? existing?.status ?? parent.status;
  if (parent.status !== 'active' && status === 'active' && existing?.status !== 'active')
    return refused(problem('PARENT_NOT_ACTIVE', `the product ${nameOf(parent)} is ${parent.status}`, 'status'));
  const known = siblings.get(parent.id) ?? new Map<string, string>();
  const values = keyOf(read.fields.optionValues ?? existing?.optionValues ?? {});
  const other = known.get(values);
  if (other !== undefined && other !== existing?.id)
    return refused(problem('VARIANT_EXISTS', `another variant of ${nameOf(parent)} has these option values`, 'option1'));
  if (existing === undefined && known.size >= MAX_VARIANTS)
    return refused(problem('TOO_MANY_VARIANTS', `${nameOf(parent)} has ${MAX_VARIANTS} variants, which is the maximum`));
  const usual = existing === undefined && read.price === undefined ? { priceMinor: parent.priceMinor } : {};
  const family = inFamily(parent, read.fields.status);
  const fields = { ...usual, ...sharedOf(parent), ...read.fields };
  const complete = { ...read, given: { ...read.given, ...fields }, fields };
  const decision = decideRow(complete, {
    existing,
    categories: new Set(parent.categoryIds),
    named: undefined,
    stockMode,
    defaults: parent,
  });
  if (decision.outcome === 'refused') return decision;
  takeSlug(read, decision, slugs);
  known.set(values, existing?.id ?? `row ${known.size}`);
  return decision.outcome === 'created' ? { ...decision, product: { ...decision.product, ...family } } : decision;
}

function parentOf(
  { parentId, parentSku }: ImportRow,
  existing: Product | undefined,
  { byId, bySku }: Parents,
): Product | RowProblem {
  const named = parentId !== undefined ? byId.get(parentId) : bySku.get(parentSku ?? '');
  const own = byId.get(existing?.parentId ?? '');
  const path = parentId === undefined ? 'parentSku' : 'parentId';
  if ((parentId ?? parentSku) === undefined && own !== undefined) return own;
  if (named === undefined || named.options === null) return problem('PARENT_NOT_FOUND', notFound(parentId, parentSku), path);
  if (parentId !== undefined && parentSku !== undefined && named.sku !== parentSku)
    return problem('PARENT_MISMATCH', `the product ${parentId} has another SKU`, 'parentSku');
  if (existing === undefined) return named;
  if (existing.parentId === null) return problem('PRODUCT_HAS_NO_OPTIONS', PLAIN, path);
  return existing.parentId === named.id ? named : problem('PARENT_MISMATCH', 'the variant belongs to another product', path);
}

const PLAIN = 'the product is no variant: an import does not change that';

function notFound(parentId: string | undefined, parentSku: string | undefined): string {
  const parent = parentId === undefined ? `the SKU ${JSON.stringify(parentSku)}` : `the id ${parentId}`;
  return `there is no product with ${parent} and options yet: put its row before the rows of its variants, or send the file again under a new key after its row was imported`;
}

/** @param pretended with a dry run: the products that earlier rows would create or change */
async function lockParents(trx: Knex.Transaction, rows: readonly VariantRow[], pretended: readonly Product[]): Promise<Parents> {
  const named = await findSkus(
    trx,
    rows.flatMap(({ row }) => row.parentSku ?? []),
  );
  const ids = rows.flatMap(({ row, existing }) => [row.parentId ?? [], existing?.parentId ?? []].flat());
  const byId = await lockProducts(trx, [...ids, ...named.values()]);
  for (const product of pretended) byId.set(product.id, product);
  const bySku = new Map([...byId.values()].flatMap((product) => (product.sku === null ? [] : [[product.sku, product] as const])));
  return { byId, bySku };
}

async function lockProducts(trx: Knex.Transaction, ids: readonly string[]): Promise<Map<string, Product>> {
  const stored = await lockByIds(trx, productsTable, ids);
  return new Map(Array.from(stored, ([id, product]) => [id, productOf(product)]));
}

async function readSiblings(trx: Knex.Transaction, parentIds: readonly string[]): Promise<Map<string, Siblings>> {
  const siblings = new Map<string, Siblings>(parentIds.map((id) => [id, new Map()]));
  if (parentIds.length === 0) return siblings;
  const rows = await query<{ id: Buffer; parent_id: Buffer; option_values: string }>(
    trx,
    'SELECT id, parent_id, option_values FROM products WHERE parent_id IN (?)',
    [parentIds.map(idBytes)],
  );
  for (const { id, parent_id, option_values } of rows) siblings.get(idText(parent_id))?.set(option_values, idText(id));
  return siblings;
}

/** Finds the variant of a row without `id` and `sku` by its option values. */
function siblingOf({ row, existing }: VariantRow, parents: Parents, siblings: ReadonlyMap<string, Siblings>): string | undefined {
  if (existing !== undefined || row.sku !== undefined || row.id !== undefined) return undefined;
  const parent = parentOf(row, existing, parents);
  if ('code' in parent) return undefined;
  const read = variantRow(row, parent, undefined);
  return isProblem(read) ? undefined : siblings.get(parent.id)?.get(keyOf(read.fields.optionValues ?? {}));
}

function keyOf(values: OptionValues): string {
  return JSON.stringify(values);
}

function nameOf({ name, sku }: Product): string {
  return JSON.stringify(sku ?? name);
}

function refused(why: RowProblem): RowDecision {
  return { outcome: 'refused', problem: why };
}
