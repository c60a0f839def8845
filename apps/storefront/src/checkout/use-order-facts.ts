import type { Purchase } from '@florin/client';
import { useFlorin } from '@florin/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

const RECENT = 20;
/** While the wallet does not pay, a top-up in another tab is noticed after this. */
const UNCOVERED_EVERY_MS = 5_000;

export function useDeliveryMethods() {
  const florin = useFlorin();
  return useQuery({
    queryKey: ['delivery-methods'],
    queryFn: async ({ signal }) => (await florin.get('/v1/delivery-methods', { signal })).data,
  });
}

type Quoted = { version: number | undefined; methodId: string | undefined; country: string };

/** What the cart costs now, with this delivery. */
export function useQuote({ version, methodId, country }: Quoted) {
  const florin = useFlorin();
  return useQuery({
    queryKey: ['cart', 'quote', version, methodId, country],
    queryFn: async ({ signal }) => {
      const delivery = methodId === undefined ? {} : { delivery: { methodId, country } };
      return (await florin.post('/v1/purchases/quote', { body: { cart: true, ...delivery }, signal })).data;
    },
    enabled: version !== undefined,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state }) => (state.data?.wouldBePaid === false ? UNCOVERED_EVERY_MS : false),
  });
}

/** The address of the last order that has one; null without one. */
export function useLastAddress() {
  const florin = useFlorin();
  return useQuery({
    queryKey: ['last-address'],
    queryFn: async ({ signal }) => {
      const { data } = await florin.get('/v1/purchases', { params: { query: { limit: RECENT } }, signal });
      const last = data.find(({ delivery }: Purchase) => delivery !== undefined);
      if (last === undefined) return null;
      const { data: delivery } = await florin.get('/v1/purchases/{id}/delivery', { params: { path: { id: last.id } }, signal });
      return delivery.address ?? null;
    },
  });
}
