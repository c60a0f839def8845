import type { FlorinClient } from '@florin/client';
import type { Product } from '../api/resources.ts';

/** The products that a scanned code names: by SKU, else by barcode. Two products may have one barcode. */
export async function findScanned(florin: FlorinClient, code: string): Promise<readonly Product[]> {
  const bySku = await florin.get('/v1/products', { params: { query: { sku: code, limit: 1 } } });
  if (bySku.data.length > 0 || !/^\d{8,14}$/.test(code)) return bySku.data;
  return (await florin.get('/v1/products', { params: { query: { barcode: code, limit: 10 } } })).data;
}
