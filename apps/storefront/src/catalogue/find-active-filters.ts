import { changed, type ListState } from './list-state.ts';

/** A filter that is on, and the list without it. */
export type ActiveFilter = (
  | { kind: 'brand' | 'tag'; value: string }
  | { kind: 'category'; id: string }
  | { kind: 'price'; minPriceMinor: number | undefined; maxPriceMinor: number | undefined }
  | { kind: 'inStock' | 'withinLimit' }
) & { without: ListState };

/** The filters that are on, in the order of the form. A price range is one filter. */
export function activeFilters(state: ListState): ActiveFilter[] {
  const { category, brand, tag, minPriceMinor, maxPriceMinor, inStock, withinLimit } = state;
  const found: ActiveFilter[] = [];
  if (category !== undefined) found.push({ kind: 'category', id: category, without: changed(state, { category: undefined }) });
  if (brand !== undefined) found.push({ kind: 'brand', value: brand, without: changed(state, { brand: undefined }) });
  if (tag !== undefined) found.push({ kind: 'tag', value: tag, without: changed(state, { tag: undefined }) });
  if (minPriceMinor !== undefined || maxPriceMinor !== undefined) {
    const without = changed(state, { minPriceMinor: undefined, maxPriceMinor: undefined });
    found.push({ kind: 'price', minPriceMinor, maxPriceMinor, without });
  }
  if (inStock) found.push({ kind: 'inStock', without: changed(state, { inStock: undefined }) });
  if (withinLimit) found.push({ kind: 'withinLimit', without: changed(state, { withinLimit: undefined }) });
  return found;
}
