import { type Product, type ProductRow, presentProduct, productColumns } from '@florin/product-server/catalogue';
import type { Checker } from './open-checker.ts';

/** Reads all products, as the API shows them. */
export async function readProducts(checker: Checker): Promise<Product[]> {
  const rows = await checker.rows<ProductRow>(`SELECT ${productColumns.join(', ')} FROM {product}.products`);
  return rows.map(presentProduct);
}
