import type { DataOf, FlorinClient } from '@florin/client';

/** Filters of the URL, `limit` and `cursor`; the server checks their names and values. */
export type ListQuery = Readonly<Record<string, string | number | boolean>>;
type Page = { data: readonly object[]; page: { nextCursor: string | null } };
/** A record with the `ETag` of its answer, if it has one: an edit sends it as `If-Match`. */
export type WithEtag<T> = T & { id: string; etag?: string };

export type Resource = {
  list(query: ListQuery, signal?: AbortSignal): Promise<Page>;
  one(id: string, signal?: AbortSignal): Promise<WithEtag<object>>;
};

export type ResourceName =
  | 'purchases'
  | 'packing'
  | 'claims'
  | 'refunds'
  | 'products'
  | 'users'
  | 'adjustments'
  | 'dead-letters'
  | 'audit-log';

/** What is behind each name that react-admin's hooks use. */
export function resourcesOf(florin: FlorinClient): Record<ResourceName, Resource> {
  const missing = (): never => {
    throw new Error('The API has no such read');
  };
  return {
    purchases: {
      list: (query, signal) => florin.get('/v1/purchases', { params: { query }, ...(signal && { signal }) }),
      one: async (id, signal) =>
        recordOf(await florin.get('/v1/purchases/{id}', { params: { path: { id } }, ...(signal && { signal }) })),
    },
    packing: {
      async list(query, signal) {
        const { data, page } = await florin.get('/v1/packing', { params: { query }, ...(signal && { signal }) });
        return { data: data.map((row) => ({ ...row, id: row.purchase.id })), page };
      },
      one: missing,
    },
    claims: {
      list: (query, signal) => florin.get('/v1/claims', { params: { query }, ...(signal && { signal }) }),
      one: async (id, signal) =>
        recordOf(await florin.get('/v1/claims/{id}', { params: { path: { id } }, ...(signal && { signal }) })),
    },
    refunds: {
      list: (query, signal) => florin.get('/v1/refunds', { params: { query }, ...(signal && { signal }) }),
      one: missing,
    },
    products: {
      list: (query, signal) => florin.get('/v1/products', { params: { query }, ...(signal && { signal }) }),
      one: async (id, signal) =>
        recordOf(await florin.get('/v1/products/{id}', { params: { path: { id } }, ...(signal && { signal }) })),
    },
    users: {
      list: (query, signal) => florin.get('/v1/users', { params: { query }, ...(signal && { signal }) }),
      one: async (id, signal) =>
        recordOf(await florin.get('/v1/users/{id}', { params: { path: { id } }, ...(signal && { signal }) })),
    },
    adjustments: {
      list: (query, signal) => florin.get('/v1/adjustments', { params: { query }, ...(signal && { signal }) }),
      one: missing,
    },
    'dead-letters': {
      list: ({ service, ...query }, signal) =>
        florin.get(`/v1/${serviceOf(service)}/dead-letters`, { params: { query }, ...(signal && { signal }) }),
      one: missing,
    },
    'audit-log': {
      list: ({ service, ...query }, signal) =>
        florin.get(`/v1/${serviceOf(service)}/audit-log`, { params: { query }, ...(signal && { signal }) }),
      one: missing,
    },
  };
}

/** The services that have a part of an administration page each. */
export const services = ['auth', 'product', 'payment', 'media'] as const;
export type ServiceName = (typeof services)[number];

/** The service that the URL names; the first one without a name, or with another. */
export function serviceOf(name: unknown): ServiceName {
  return services.find((service) => service === name) ?? 'auth';
}

function recordOf<T extends { id: string }>({ data, response }: { data: T; response: Response }): WithEtag<T> {
  const etag = response.headers.get('etag');
  return etag === null ? data : { ...data, etag };
}

export type Purchase = DataOf<'get', '/v1/purchases/{id}'>;
export type PurchaseToPack = DataOf<'get', '/v1/packing'>[number] & { id: string };
export type Claim = DataOf<'get', '/v1/claims/{id}'>;
export type Refund = DataOf<'get', '/v1/refunds'>[number];
export type Product = DataOf<'get', '/v1/products/{id}'>;
export type User = DataOf<'get', '/v1/users/{id}'>;
export type Adjustment = DataOf<'get', '/v1/adjustments'>[number];
export type DeadLetter = DataOf<'get', '/v1/auth/dead-letters'>[number];
export type AuditEntry = DataOf<'get', '/v1/auth/audit-log'>[number];
