import { idText } from '@florin/database';
import { type ProductSort, productSorts } from '@florin/product-server/catalogue';
import type { Knex } from 'knex';
import { createRandom, type Random } from '../dev/seed/random.ts';

/** Query parameters of `GET /v1/products`. */
export type Ask = { kind: string; query: Readonly<Record<string, string | number | boolean>>; userId?: string };

/** The contents that queries are drawn from. */
export type Catalogue = {
  departments: readonly string[];
  shelves: readonly string[];
  names: readonly string[];
  userIds: readonly string[];
};

const SEED = 6;
const NAMES = 2_000;

export async function readCatalogue(db: Knex, userIds: readonly string[]): Promise<Catalogue> {
  const categories: { id: Buffer; parent_id: Buffer | null }[] = await db('categories').select('id', 'parent_id');
  const parents = new Set(categories.map(({ parent_id }) => parent_id?.toString('hex')));
  const ids = (wanted: (one: { id: Buffer; parent_id: Buffer | null }) => boolean): string[] =>
    categories.filter(wanted).map(({ id }) => idText(id));
  const products: { name: string }[] = await db('products').where('id', '>', Buffer.alloc(16)).select('name').limit(NAMES);
  return {
    departments: ids(({ id, parent_id }) => parent_id === null && parents.has(id.toString('hex'))),
    shelves: ids(({ id, parent_id }) => parent_id !== null && !parents.has(id.toString('hex'))),
    names: products.map(({ name }) => name).filter((name) => name.includes(',')),
    userIds,
  };
}

type Draw = (random: Random, catalogue: Catalogue) => Omit<Ask, 'kind'>;

/** Kinds of queries with their shares. */
export const kinds: Readonly<Record<string, { weight: number; draw: Draw }>> = {
  'newest first': { weight: 20, draw: () => ({ query: {} }) },
  'by price or name': { weight: 10, draw: (random) => ({ query: { sort: random.pick(['price', '-price', 'name']) } }) },
  'a shelf': { weight: 20, draw: (random, { shelves }) => ({ query: { categoryId: random.pick(shelves), ...anySort(random) } }) },
  'a department': {
    weight: 10,
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
    weight: 7,
    draw: (random, { shelves }) => ({ query: { inStock: true, categoryId: random.pick(shelves), ...anySort(random) } }),
  },
  'search for a brand and a thing': {
    weight: 15,
    draw: (random, { names }) => ({ query: { q: brandAndThing(random.pick(names)), ...anySort(random) } }),
  },
  'within the limit': {
    weight: 10,
    draw: (random, { userIds }) => ({ query: { withinLimit: true, ...anySort(random) }, userId: random.pick(userIds) }),
  },
};

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
