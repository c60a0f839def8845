import type { ProductFilter } from './product-filter.ts';
import { isByPrice, type ProductSort } from './product-orders.ts';

/**
 * The currency of the products to show: the one that the client names, or the platform's where prices are compared and none is
 * named, since amounts of two currencies do not compare.
 */
export function impliedCurrency(
  { currency, minPriceMinor, maxPriceMinor }: Pick<ProductFilter, 'currency' | 'minPriceMinor' | 'maxPriceMinor'>,
  { sort, platformCurrency }: { sort: ProductSort; platformCurrency: string },
): { currency?: string } {
  if (currency !== undefined) return { currency };
  const comparesPrices = isByPrice(sort) || minPriceMinor !== undefined || maxPriceMinor !== undefined;
  return comparesPrices ? { currency: platformCurrency } : {};
}
