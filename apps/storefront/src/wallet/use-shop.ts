import { useFlorin } from '@florin/ui';
import { useQuery } from '@tanstack/react-query';

/** The settings of the shop, such as its currency. */
export function useShop() {
  const florin = useFlorin();
  return useQuery({
    queryKey: ['shop'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await florin.get('/v1/shop', { signal })).data,
  });
}
