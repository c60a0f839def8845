import { useFlorin } from '@florin/ui';
import { useQuery } from '@tanstack/react-query';

const IN_A_ROW = 10;
const TAG_ROWS = 3;
const MIN_OF_A_TAG = 3;

/** The newest products of the shop, or those with a tag; and the tags that most products have. */
export function useNewest(tag?: string) {
  const florin = useFlorin();
  const query = { limit: IN_A_ROW, sort: 'newest' as const, ...(tag === undefined ? { facets: 'tag' } : { tag }) };
  return useQuery({
    queryKey: ['products', query],
    queryFn: async ({ signal }) => {
      const { data, page } = await florin.get('/v1/products', { params: { query }, signal });
      const tags = (page.facets?.tag ?? []).filter(({ count }) => count >= MIN_OF_A_TAG).map(({ value }) => value);
      return { products: data, tags: tags.slice(0, TAG_ROWS) };
    },
  });
}
