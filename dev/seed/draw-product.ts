import type { NewProduct } from '@florin/product-server/catalogue';
import { createRandom, type Random } from './random.ts';
import { adjectives, cares, colours, departments, lines, materials, praises, syllables } from './vocabulary.ts';

/** A category of the lowest level: its path and its product nouns. */
export type Shelf = { path: readonly [string, string, string]; nouns: readonly string[] };

export const shelves: readonly Shelf[] = departments.flatMap(({ name, groups }) =>
  Object.entries(groups).flatMap(([group, nouns]) => lines.map((line) => ({ path: [name, group, line] as const, nouns }))),
);

export type DrawnProduct = Omit<NewProduct, 'categoryId'> & { sku: string; shelf: Shelf };

/**
 * Draws the product of a number, the same at each call.
 *
 * @param number 0 or more; it is part of the SKU
 */
export function drawProduct(number: number): DrawnProduct {
  const random = createRandom(number + 1).split('product');
  const shelf = drawShelf(random);
  const brand = drawBrand(random);
  const [adjective, material, colour] = [random.pick(adjectives), random.pick(materials), random.pick(colours)];
  const noun = random.pick(shelf.nouns);
  const centimetres = random.between(5, 200);
  return {
    sku: skuOf(number),
    shelf,
    name: `${brand} ${adjective} ${noun}, ${material}, ${colour}, ${centimetres} cm`,
    description: `A ${adjective} ${noun} of ${material} by ${brand}, ${centimetres} cm, in ${colour}. ${random.pick(praises)} ${random.pick(cares)}`,
    brand,
    tags: [colour, material],
    priceMinor: drawPrice(random),
    stock: random.chance(0.06) ? 0 : random.between(1, 500),
    ...(random.chance(0.3) ? { lowStockThreshold: random.between(1, 20) } : {}),
  };
}

export const SEED_SKU_PREFIX = 'SEED-';

function skuOf(number: number): string {
  return `${SEED_SKU_PREFIX}${String(number).padStart(8, '0')}`;
}

/** Draws few categories often and most of them rarely, by a square. */
function drawShelf(random: Random): Shelf {
  const shelf = shelves[Math.floor(random.next() ** 2 * shelves.length)];
  if (shelf === undefined) throw new Error('There are no categories to draw from.');
  return shelf;
}

/** Makes a brand of two or three syllables: about 28,000, of which the first are larger. */
function drawBrand(random: Random): string {
  const drawn = Array.from({ length: random.between(2, 3) }, () => syllables[Math.floor(random.next() ** 2 * syllables.length)]);
  const brand = drawn.join('');
  return `${brand.charAt(0).toUpperCase()}${brand.slice(1)}`;
}

/** Draws a price with a uniform logarithm between 1.00 and 5,000.00: many cheap products, few expensive ones. */
function drawPrice(random: Random): number {
  const price = Math.exp(Math.log(100) + random.next() ** 1.5 * Math.log(5_000));
  return Math.max(100, Math.round(price / 10) * 10 - 1);
}
