import { idText, query } from '@florin/database';
import { slugOf } from '@florin/values';
import type { Knex } from 'knex';
import type { Product } from './product.ts';

/** Room for a hyphen and the end of an id. */
const MAX_BASE_LENGTH = 91;
const SUFFIX_LENGTH = 8;
/** For a name without a letter or digit. */
const NAMELESS = 'product';

/**
 * Gives each product without a slug one, made from its name. If another product has it, the end of the id follows, so that no
 * number has to be searched for. Slugs in `reserved` count as taken. A concurrent transaction may take the slug first: run the
 * transaction again then (see `isSlugTaken`).
 */
export async function fillSlugs(
  trx: Knex.Transaction,
  products: readonly Product[],
  reserved: ReadonlySet<string> = new Set(),
): Promise<Product[]> {
  const bases = products.map(({ slug, name }) => (slug === null ? slugOf(name, { maxLength: MAX_BASE_LENGTH }) || NAMELESS : ''));
  const owners = await findSlugOwners(trx, bases.filter(Boolean));
  for (const { slug, id } of products) if (slug !== null) owners.set(slug, id);
  return products.map((product, index) => {
    const base = bases[index] ?? '';
    if (base === '') return product;
    const isTaken = reserved.has(base) || (owners.get(base) ?? product.id) !== product.id;
    const slug = isTaken ? `${base}-${product.id.slice(-SUFFIX_LENGTH)}` : base;
    owners.set(slug, product.id);
    return { ...product, slug };
  });
}

/** Finds the ids of the products with these slugs, by slug. */
export async function findSlugOwners(trx: Knex.Transaction, slugs: readonly string[]): Promise<Map<string, string>> {
  if (slugs.length === 0) return new Map();
  const rows = await query<{ id: Buffer; slug: string }>(trx, 'SELECT id, slug FROM products WHERE slug IN (?)', [
    [...new Set(slugs)],
  ]);
  return new Map(rows.map(({ id, slug }) => [slug, idText(id)]));
}
