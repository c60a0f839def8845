import { idText } from '@florin/database';
import type { Checker } from './open-checker.ts';
import type { StoredVariants } from './variant-history.ts';

/** Reads products with options and their variants from product's database. */
export async function readVariants(checker: Checker): Promise<StoredVariants> {
  const variants = await checker.rows<{ id: Buffer; parent_id: Buffer; option_values: string }>(
    'SELECT id, parent_id, option_values FROM {product}.products WHERE parent_id IS NOT NULL',
  );
  const parents = await checker.rows<{ id: Buffer; stock: number; movements: number }>(
    `SELECT p.id, p.stock, (SELECT COUNT(*) FROM {product}.stock_movements m WHERE m.product_id = p.id) AS movements
       FROM {product}.products p WHERE p.options IS NOT NULL`,
  );
  return {
    variants: variants.map(({ id, parent_id, option_values }) => ({
      id: idText(id),
      parentId: idText(parent_id),
      size: (JSON.parse(option_values) as Record<string, string>)['Size'] ?? '',
    })),
    parents: parents.map(({ id, stock, movements }) => ({ id: idText(id), stock, movements })),
  };
}
