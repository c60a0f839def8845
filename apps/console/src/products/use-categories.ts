import type { DataOf } from '@florin/client';
import { useRead } from '../api/use-read.ts';
import { useFlorin } from '../session/use-session.ts';
import { type CategoryPath, pathsOf } from './category-paths.ts';

export type Category = DataOf<'get', '/v1/categories/{id}'>;

/** All categories with their paths, sorted by path; empty until they are read. */
export function useCategories(): readonly CategoryPath[] {
  const florin = useFlorin();
  const { data = [] } = useRead(['categories', 'tree'], async (signal) => {
    const { data: tree } = await florin.get('/v1/categories', { params: { query: { tree: true } }, signal });
    return pathsOf(tree);
  });
  return data;
}
