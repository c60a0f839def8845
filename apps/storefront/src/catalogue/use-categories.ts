import { useFlorin } from '@florin/ui';
import { useQuery } from '@tanstack/react-query';
import { indexCategories } from './category-index.ts';

const STALE_AFTER_MS = 5 * 60_000;

/** All categories as a tree. A shop with more than the API puts into one tree has no menu of them. */
export function useCategories() {
  const florin = useFlorin();
  return useQuery({
    queryKey: ['categories'],
    staleTime: STALE_AFTER_MS,
    queryFn: async ({ signal }) => {
      const { data } = await florin.get('/v1/categories', { params: { query: { tree: true } }, signal });
      return indexCategories(data);
    },
  });
}
