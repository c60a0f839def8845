import type { FlorinClient } from '@florin/client';
import type { DataProvider, GetListParams, Identifier, RaRecord } from 'react-admin';
import { type ListQuery, type Resource, type ResourceName, resourcesOf } from './resources.ts';

type ListParams = GetListParams & { signal?: AbortSignal };
type OneParams = { id: Identifier; signal?: AbortSignal };
type ReadProvider = Pick<DataProvider<ResourceName>, 'getList' | 'getOne' | 'getMany'>;

/** Rows of a page. */
export const PAGE_SIZE = 25;

/**
 * Reads lists and records for react-admin. The API pages by cursors without totals, so a page is named by `meta.cursor`, and the
 * cursor of the next one is in `meta.nextCursor` of the answer. Writes are calls of the client, each with its own types.
 */
export function createDataProvider(florin: FlorinClient): ReadProvider {
  const resources: Record<ResourceName, Resource> = resourcesOf(florin);
  return {
    async getList(resource: ResourceName, { filter, meta, signal }: ListParams) {
      const { cursor } = (meta ?? {}) as { cursor?: string };
      const query: ListQuery = { ...(filter as ListQuery), limit: PAGE_SIZE, ...(cursor && { cursor }) };
      const { data, page } = await resources[resource].list(query, signal);
      const nextCursor = page.nextCursor ?? undefined;
      return {
        data: data as never[],
        pageInfo: { hasNextPage: nextCursor !== undefined, hasPreviousPage: cursor !== undefined },
        meta: { nextCursor },
      };
    },
    async getOne(resource: ResourceName, { id, signal }: OneParams) {
      return { data: (await resources[resource].one(String(id), signal)) as never };
    },
    async getMany(resource: ResourceName, { ids, signal }: { ids: Identifier[]; signal?: AbortSignal }) {
      const all: RaRecord[] = await Promise.all(ids.map((id) => resources[resource].one(String(id), signal)));
      return { data: all as never[] };
    },
  };
}
