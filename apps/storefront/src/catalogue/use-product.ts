import { FlorinProblem } from '@florin/client';
import { useFlorin } from '@florin/ui';
import { useQuery } from '@tanstack/react-query';

/** A product by id. A variant answers with the product that it belongs to, and its own id as `asked`. */
export function useProduct(id: string) {
  const florin = useFlorin();
  return useQuery({
    queryKey: ['product', id],
    queryFn: async ({ signal }) => {
      const read = async (one: string) => (await florin.get('/v1/products/{id}', { params: { path: { id: one } }, signal })).data;
      const product = await read(id);
      return product.parentId === undefined ? { product } : { product: await read(product.parentId), asked: product.id };
    },
  });
}

/** Whether there is no such product for buyers. */
export function isNotFound(error: unknown): boolean {
  return error instanceof FlorinProblem && error.status === 404;
}
