import { idText } from '@florin/database';
import { type ProductSort, productSorts } from '@florin/product-server/catalogue';
import type { Knex } from 'knex';
import { createRandom, type Random } from '../dev/seed/random.ts';
import { colours } from '../dev/seed/vocabulary.ts';

/** Query parameters of `GET /v1/products`. */
export type Ask = { kind: string; query: Readonly<Record<string, string | number | boolean>>; userId?: string };

/** The contents that queries are drawn from. */
export type Catalogue = {
  departments: readonly string[];
  shelves: readonly string[];
  products: readonly { sku: string; name: string; brand: string }[];
  userIds: readonly string[];
};

const SEED = 6;
const PRODUCTS = 2_000;

export async function readCatalogue(db: Knex, userIds: readonly string[]): Promise<Catalogue> {
  const categories: { id: Buffer; parent_id: Buffer | null }[] = await db('categories').select('id', 'parent_id');
  const parents = new Set(categories.map(({ parent_id }) => parent_id?.toString('hex')));
  const ids = (wanted: (one: { id: Buffer; parent_id: Buffer | null }) => boolean): string[] =>
    categories.filter(wanted).map(({ id }) => idText(id));
  const products: Catalogue['products'] = await db('products')
    .whereNotNull('sku')
    .whereNotNull('brand')
    .select('sku', 'name', 'brand')
    .limit(PRODUCTS);
  return {
    departments: ids(({ id, parent_id }) => parent_id === null && parents.has(id.toString('hex'))),
    shelves: ids(({ id, parent_id }) => parent_id !== null && !parents.has(id.toString('hex'))),
    products,
    userIds,
  };
}

type Draw = (random: Random, catalogue: Catalogue) => Omit<Ask, 'kind'>;

/** All facets. */
const FACETS = 'brand,category,price,tag';

/** Kinds of queries with their shares. */
export const kinds: Readonly<Record<string, { weight: number; draw: Draw }>> = {
  'newest first': { weight: 16, draw: () => ({ query: {} }) },
  'by price or name': { weight: 8, draw: (random) => ({ query: { sort: random.pick(['price', '-price', 'name']) } }) },
  'a shelf': { weight: 16, draw: (random, { shelves }) => ({ query: { categoryId: random.pick(shelves), ...anySort(random) } }) },
  'a department': {
    weight: 8,
    draw: (random, { departments }) => ({ query: { categoryId: random.pick(departments), ...anySort(random) } }),
  },
  'a range of prices': {
    weight: 8,
    draw: (random) => {
      const minPriceMinor = random.between(100, 100_000);
      return { query: { minPriceMinor, maxPriceMinor: minPriceMinor * 2, ...anySort(random) } };
    },
  },
  'in stock, on a shelf': {
    weight: 6,
    draw: (random, { shelves }) => ({ query: { inStock: true, categoryId: random.pick(shelves), ...anySort(random) } }),
  },
  'of a brand': {
    weight: 5,
    draw: (random, { products }) => ({ query: { brand: random.pick(products).brand, ...anySort(random) } }),
  },
  'with a tag': { weight: 4, draw: (random) => ({ query: { tag: random.pick(colours), ...anySort(random) } }) },
  'a shelf, with facets': {
    weight: 4,
    draw: (random, { shelves }) => ({ query: { categoryId: random.pick(shelves), facets: FACETS } }),
  },
  'search for a brand and a thing': {
    weight: 12,
    draw: (random, { products }) => ({ query: { q: brandAndThing(random.pick(products).name), ...anySort(random) } }),
  },
  'search for a SKU': { weight: 3, draw: (random, { products }) => ({ query: { q: random.pick(products).sku } }) },
  'search for a brand and a thing, with facets': {
    weight: 2,
    draw: (random, { products }) => ({ query: { q: brandAndThing(random.pick(products).name), facets: FACETS } }),
  },
  'within the limit': {
    weight: 8,
    draw: (random, { userIds }) => ({ query: { withinLimit: true, ...anySort(random) }, userId: random.pick(userIds) }),
  },
};

/** Lists with facets, which are compared with the same lists without. */
export function drawFaceted({ departments, shelves, products }: Catalogue): Ask[] {
  const random = createRandom(SEED).split('facets');
  const [first, second] = [random.pick(products), random.pick(products)];
  return [
    { kind: 'all products', query: { facets: FACETS } },
    { kind: 'a shelf', query: { categoryId: random.pick(shelves), facets: FACETS } },
    { kind: 'a department', query: { categoryId: random.pick(departments), facets: FACETS } },
    { kind: 'of a brand', query: { brand: first.brand, facets: FACETS } },
    { kind: 'in stock, by price', query: { inStock: true, sort: 'price', facets: FACETS } },
    { kind: 'search for a brand and a thing', query: { q: brandAndThing(second.name), facets: FACETS } },
  ];
}

/** A word that 1% of all products have. It is not part of the mix: its cost grows with its matches. */
export const commonWord: Ask = { kind: 'search for a common word', query: { q: 'skillet' } };

export function drawAsks(catalogue: Catalogue, count: number): Ask[] {
  const random = createRandom(SEED);
  const choices = Object.entries(kinds).map(([kind, { weight, draw }]) => [weight, { kind, draw }] as const);
  return Array.from({ length: count }, () => {
    const { kind, draw } = random.pickWeighted(choices);
    return { kind, ...draw(random, catalogue) };
  });
}

export function pathOf({ query }: Pick<Ask, 'query'>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) parameters.set(name, String(value));
  return `/v1/products?${parameters}`;
}

function anySort(random: Random): { sort: ProductSort } {
  return { sort: random.pick(productSorts) };
}

/** `Ba sturdy skillet, oak, …` -> `Ba skillet`. */
function brandAndThing(name: string): string {
  const words = (name.split(',')[0] ?? '').split(' ');
  return `${words[0]} ${words.at(-1)}`;
}
