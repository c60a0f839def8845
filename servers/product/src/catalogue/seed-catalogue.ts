import { query } from '@florin/database';
import { appendAuditEntry, type CommandActor } from '@florin/runtime';
import type { Knex } from 'knex';
import { createCategory } from './create-category.ts';
import { createProducts, type ProductDefaults } from './create-products.ts';
import { demoCatalogue } from './demo-catalogue.ts';

type Options = ProductDefaults & { actor: CommandActor };

/** Fills an empty catalogue and writes an audit entry. Returns the number of products: 0 if the catalogue has a category. */
export async function seedCatalogue(trx: Knex.Transaction, { actor, ...defaults }: Options): Promise<number> {
  const rows = await query(trx, 'SELECT 1 FROM categories LIMIT 1');
  if (rows.length > 0) return 0;
  let seeded = 0;
  for (const { name, description, products } of demoCatalogue) {
    const { id: categoryId } = await createCategory(trx, { name, description });
    const wanted = products.map(([product, priceMinor, stock, about, further]) => ({
      ...further,
      name: product,
      priceMinor,
      stock,
      description: about,
      categoryId,
    }));
    seeded += (await createProducts(trx, wanted, defaults)).length;
  }
  await appendAuditEntry(trx, { ...actor, action: 'catalogue.seed', subject: 'demo', after: { products: seeded } });
  return seeded;
}
