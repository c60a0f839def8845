import { query } from '@florin/database';
import { appendAuditEntry, type CommandActor } from '@florin/runtime';
import { demoId } from '@florin/service';
import type { Knex } from 'knex';
import { addressOf, rememberImages } from '../images/index.ts';
import type { ProductImage } from '../stock/index.ts';
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
  await rememberImages(
    trx,
    demoImages().map(({ id }) => ({ id, ownerId: demoId('images'), purpose: 'product' })),
  );
  let seeded = 0;
  for (const { name, description, products, families = [] } of demoCatalogue) {
    const { id: categoryId } = await createCategory(trx, { name, description });
    const wanted = products.map(([product, priceMinor, stock, about, further]) => ({
      ...further,
      images: [imageOf(product)],
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
      await createFamily(
        trx,
        { ...family, images: [imageOf(family.name)], sku, categoryId, options: Object.keys(options), variants },
        defaults,
      );
      seeded += 1 + variants.length;
    }
  }
  await appendAuditEntry(trx, { ...actor, action: 'catalogue.seed', subject: 'demo', after: { products: seeded } });
  return seeded;
}

/** The images of the demo products, which media's seed draws: an id for each product's name. */
export function demoImages(): { id: string; name: string }[] {
  const names = demoCatalogue.flatMap(({ products, families = [] }) => [
    ...products.map(([name]) => name),
    ...families.map(({ name }) => name),
  ]);
  return names.map((name) => ({ id: imageIdOfDemo(name), name }));
}

function imageIdOfDemo(name: string): string {
  return demoId(`image of ${name}`);
}

function imageOf(name: string): ProductImage {
  return { url: addressOf(imageIdOfDemo(name)), alt: name };
}

function combinationsOf(options: Readonly<Record<string, readonly string[]>>): Record<string, string>[] {
  let combinations: Record<string, string>[] = [{}];
  for (const [name, values] of Object.entries(options))
    combinations = combinations.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  return combinations;
}
