import type { ProductFilter } from './product-filter.ts';
import { isByPrice, type ListSort } from './product-orders.ts';

/**
 * The currency that a list of products is filtered by: the client's choice, else the platform's if the list compares prices.
 * Amounts of two currencies cannot be compared.
 */
export function impliedCurrency(
  { currency, minPriceMinor, maxPriceMinor }: Pick<ProductFilter, 'currency' | 'minPriceMinor' | 'maxPriceMinor'>,
  {
    sort,
    platformCurrency,
    countsPrices = false,
  }: { sort: ListSort | undefined; platformCurrency: string; countsPrices?: boolean },
): { currency?: string } {
  if (currency !== undefined) return { currency };
  const comparesPrices = isByPrice(sort) || countsPrices || minPriceMinor !== undefined || maxPriceMinor !== undefined;
  return comparesPrices ? { currency: platformCurrency } : {};
}
