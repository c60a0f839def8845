import type { Knex } from 'knex';
import { createCategory } from './create-category.ts';
import { createProducts } from './create-products.ts';
import { demoCatalogue } from './demo-catalogue.ts';

/** Fills an empty catalogue; leaves one that has anything alone. Returns how many products it made. */
export async function seedCatalogue(trx: Knex.Transaction, options: { currency: string }): Promise<number> {
  const [rows] = (await trx.raw('SELECT 1 FROM categories LIMIT 1')) as [unknown[]];
  if (rows.length > 0) return 0;
  let seeded = 0;
  for (const { name, description, products } of demoCatalogue) {
    const { id: categoryId } = await createCategory(trx, { name, description });
    const wanted = products.map(([product, priceMinor, stock, about]) => ({
      name: product,
      priceMinor,
      stock,
      description: about,
      categoryId,
    }));
    seeded += (await createProducts(trx, wanted, options)).length;
  }
  return seeded;
}
