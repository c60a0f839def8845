import type { ListState } from './list-state.ts';

export const PAGE_SIZE = 24;

type Options = {
  /** The category of the page, which goes before that of a filter. */
  categoryId?: string | undefined;
  /** Only a signed-in buyer has a limit: the API refuses the filter of others. */
  isSignedIn: boolean;
};

/** The query of `GET /v1/products` for a list. */
export function productQuery(state: ListState, { categoryId, isSignedIn }: Options) {
  const category = state.category ?? categoryId;
  return {
    limit: PAGE_SIZE,
    facets: 'brand,category,price,tag',
    ...(state.q !== '' && { q: state.q }),
    ...(category !== undefined && { categoryId: category }),
    ...(state.brand !== undefined && { brand: state.brand }),
    ...(state.tag !== undefined && { tag: state.tag }),
    ...(state.minPriceMinor !== undefined && { minPriceMinor: state.minPriceMinor }),
    ...(state.maxPriceMinor !== undefined && { maxPriceMinor: state.maxPriceMinor }),
    ...(state.inStock && { inStock: true }),
    ...(state.withinLimit && isSignedIn && { withinLimit: true }),
    ...(state.sort !== undefined && { sort: state.sort }),
    ...(state.cursor !== undefined && { cursor: state.cursor }),
  };
}
