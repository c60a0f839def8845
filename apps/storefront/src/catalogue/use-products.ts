import { FlorinProblem } from '@florin/client';
import { useFlorin } from '@florin/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSession } from '../session/index.ts';
import type { ListState } from './list-state.ts';
import { productQuery } from './product-query.ts';

/** One page of a list of products, with its facets. The page before stays until the next one is there. */
export function useProducts(state: ListState, categoryId?: string) {
  const florin = useFlorin();
  const session = useSession();
  const isSignedIn = session.status === 'signedIn';
  const query = productQuery(state, { categoryId, isSignedIn });
  const userId = 'withinLimit' in query && isSignedIn ? session.user.id : undefined;
  return useQuery({
    queryKey: ['products', query, userId],
    // Whether there is a limit is known when the session is.
    enabled: !(state.withinLimit && session.status === 'restoring'),
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const { data, page } = await florin.get('/v1/products', { params: { query }, signal });
      return { products: data, nextCursor: page.nextCursor, facets: page.facets };
    },
  });
}

/** Whether the API refused the cursor: it belongs to another list, or was cut or changed. */
export function isCursorLost(error: unknown): boolean {
  return error instanceof FlorinProblem && error.status === 422 && error.errors.some(({ path }) => path === 'cursor');
}
