import { idText, runTransaction } from '@florin/database';
import { createFamily } from '@florin/product-server/catalogue';
import type { Knex } from 'knex';
import { drawProduct } from '../dev/seed/draw-product.ts';
import { seedProducts } from '../dev/seed/seed-products.ts';
import type { Bench } from './bench-platform.ts';
import { browsedProducts } from './contents.ts';

const STEPS = 50;
/** Products with variants, before the other products of each step. */
const FAMILIES_PER_STEP = 40;
const SIZES = ['XS', 'S', 'M', 'L', 'XL'];
const PROGRESS_EVERY_MS = 10_000;
const CURRENCY = 'EUR';

/** Fills a catalogue with products, of which some have variants. Their places are spread over the newest and the oldest. */
export async function seedBrowsed(db: Knex, { signal, onProgress }: Pick<Bench, 'signal' | 'onProgress'>): Promise<void> {
  let printedAt = Date.now();
  for (let step = 1; step <= STEPS; step++) {
    if (step > 1) await addFamilies(db, step);
    const products = Math.round((browsedProducts * step) / STEPS);
    await seedProducts(db, {
      actor: { actorId: null, actorName: 'bench' },
      products,
      currency: CURRENCY,
      signal,
      onProgress: () => {},
    });
    if (Date.now() - printedAt < PROGRESS_EVERY_MS) continue;
    printedAt = Date.now();
    onProgress(`${products} of ${browsedProducts} products`);
  }
}

async function addFamilies(db: Knex, step: number): Promise<void> {
  const categories: Buffer[] = await db('products').distinct('category_id').limit(FAMILIES_PER_STEP).pluck('category_id');
  await runTransaction(db, async (trx) => {
    for (const [index, categoryId] of categories.entries()) {
      const { shelf: _shelf, stock: _stock, sku, ...product } = drawProduct(step * FAMILIES_PER_STEP + index);
      const variants = SIZES.map((size, at) => ({
        optionValues: { Size: size },
        sku: `FAMILY-${step}-${sku}-${size}`,
        priceMinor: product.priceMinor + at,
        stock: 10,
      }));
      await createFamily(
        trx,
        { ...product, categoryId: idText(categoryId), options: ['Size'], variants },
        { currency: CURRENCY },
      );
    }
    // Nobody listens yet.
    await trx('outbox').delete();
  });
}
