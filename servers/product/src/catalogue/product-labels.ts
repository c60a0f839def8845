import { column, defineTable, idBytes, insertRows } from '@florin/database';
import type { Knex } from 'knex';
import type { Product } from './product.ts';

/** Finds the products with a tag or an attribute. */
export const productLabelsTable = defineTable('product_labels', {
  name: column.text('varchar(40)'),
  value: column.text('varchar(200)'),
  productId: column.id(),
});

/** A tag, or an attribute with its value. */
export type Label = { name: string; value: string };

/** The name of every tag. No attribute has it. */
const TAG = '';

export function tagLabel(tag: string): Label {
  return { name: TAG, value: tag };
}

export function isTagLabel({ name }: Label): boolean {
  return name === TAG;
}

type Labelled = Pick<Product, 'id' | 'tags' | 'attributes'>;

/** Writes the labels of new products. */
export async function insertLabels(trx: Knex.Transaction, products: readonly Labelled[]): Promise<void> {
  await insertRows(
    trx,
    productLabelsTable,
    products.flatMap(({ id: productId, tags, attributes }) => [
      ...tags.map((tag) => ({ ...tagLabel(tag), productId })),
      ...Object.entries(attributes).map(([name, value]) => ({ name, value, productId })),
    ]),
  );
}

/** Replaces the labels of changed products. */
export async function replaceLabels(trx: Knex.Transaction, products: readonly Labelled[]): Promise<void> {
  if (products.length === 0) return;
  await trx.raw('DELETE FROM product_labels WHERE product_id IN (?)', [products.map(({ id }) => idBytes(id))]);
  await insertLabels(trx, products);
}
