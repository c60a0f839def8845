import { query } from '@florin/database';
import { appendAuditEntry, type CommandActor } from '@florin/runtime';
import type { Knex } from 'knex';
import { createCategory } from './create-category.ts';
import { createFamily } from './create-family.ts';
import { createProducts } from './create-products.ts';
import { demoCatalogue } from './demo-catalogue.ts';
import type { ProductDefaults } from './insert-products.ts';

type Options = ProductDefaults & { actor: CommandActor };

/** Fills an empty catalogue and writes an audit entry. Returns the number of products: 0 if the catalogue has a category. */
export async function seedCatalogue(trx: Knex.Transaction, { actor, ...defaults }: Options): Promise<number> {
  const rows = await query(trx, 'SELECT 1 FROM categories LIMIT 1');
  if (rows.length > 0) return 0;
  let seeded = 0;
  for (const { name, description, products, families = [] } of demoCatalogue) {
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
    for (const { options, stock, sku, ...family } of families) {
      const variants = combinationsOf(options).map((optionValues) => ({
        optionValues,
        sku: [sku, ...Object.values(optionValues)].join('-').toUpperCase(),
        stock,
      }));
      await createFamily(trx, { ...family, sku, categoryId, options: Object.keys(options), variants }, defaults);
      seeded += 1 + variants.length;
    }
  }
  await appendAuditEntry(trx, { ...actor, action: 'catalogue.seed', subject: 'demo', after: { products: seeded } });
  return seeded;
}

function combinationsOf(options: Readonly<Record<string, readonly string[]>>): Record<string, string>[] {
  let combinations: Record<string, string>[] = [{}];
  for (const [name, values] of Object.entries(options))
    combinations = combinations.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  return combinations;
}
