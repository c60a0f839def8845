import type { DataOf } from '@florin/client';
import { useFlorin } from '@florin/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { leftOutKey, setCart } from '../cart/use-cart.ts';
import { useUser } from '../session/index.ts';
import { findOrder } from './find-order.ts';
import { pollEveryMs } from './order-status.ts';

export type TimelineStep = DataOf<'get', '/v1/purchases/{id}/timeline'>[number];

/** A timeline has a step per event of the order. */
const MAX_STEPS = 100;

/** An order by its number or id; null if the buyer has no such order. Read again by itself until it ends, while the page is visible. */
export function useOrder(name: string) {
  const florin = useFlorin();
  return useQuery({
    queryKey: ['orders', 'one', name],
    queryFn: ({ signal }) => findOrder(florin, name, signal),
    refetchInterval: ({ state }) => pollEveryMs(state.data ?? undefined),
    refetchOnWindowFocus: 'always',
  });
}

/** The steps of an order, oldest first. `version` changes with each of them. */
export function useTimeline(id: string, version: number) {
  const florin = useFlorin();
  return useQuery({
    queryKey: ['orders', 'timeline', id, version],
    queryFn: async ({ signal }) => {
      const params = { path: { id }, query: { limit: MAX_STEPS } };
      return (await florin.get('/v1/purchases/{id}/timeline', { params, signal })).data;
    },
    placeholderData: (previous) => previous,
  });
}

export function useDelivery(id: string, version: number) {
  const florin = useFlorin();
  return useQuery({
    queryKey: ['orders', 'delivery', id, version],
    queryFn: async ({ signal }) => (await florin.get('/v1/purchases/{id}/delivery', { params: { path: { id } }, signal })).data,
    placeholderData: (previous) => previous,
  });
}

/** Why the wallet did not pay a declined order: the wallet at that time; null without a payment. */
export function useDeclineFacts(purchaseId: string) {
  const florin = useFlorin();
  return useQuery({
    queryKey: ['orders', 'decline', purchaseId],
    queryFn: async ({ signal }) => {
      const { data } = await florin.get('/v1/payments', { params: { query: { purchaseId, limit: 1 } }, signal });
      const id = data[0]?.id;
      if (id === undefined) return null;
      return (await florin.get('/v1/payments/{id}/explanation', { params: { path: { id } }, signal })).data.facts;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useCancel(id: string) {
  const florin = useFlorin();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => (await florin.post('/v1/purchases/{id}/cancel', { params: { path: { id } }, body: {} })).data,
    // After a refusal too: the status is another one than the page shows.
    onSettled: () => queries.invalidateQueries(),
  });
}

/** Puts the items of an order into the cart, and goes there. */
export function useReorder(id: string) {
  const florin = useFlorin();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { id: userId } = useUser();
  return useMutation({
    mutationFn: async () => (await florin.post('/v1/purchases/{id}/reorder', { params: { path: { id } } })).data,
    onSuccess: async ({ cart, leftOut }) => {
      setCart(queries, userId, cart);
      queries.setQueryData(leftOutKey, leftOut);
      await navigate('/cart');
    },
  });
}
