import { type FlorinClient, FlorinProblem } from '@florin/client';
import type { Product, Purchase } from '../api/resources.ts';
import { type Search, searchesFor } from './searches-for.ts';

export type Found = { purchases: readonly Purchase[]; products: readonly Product[] };

const LIMIT = 10;

/** Runs all searches for what was typed at once. One that the API does not take, such as a number of another form, finds nothing. */
export async function runSearch(florin: FlorinClient, typed: string, signal: AbortSignal): Promise<Found> {
  const searches = searchesFor(typed);
  const found = await Promise.all(searches.map((search) => runOne(florin, search, signal).catch(nothingIfRefused)));
  return {
    purchases: distinct(found.flatMap(({ purchases }) => purchases)),
    products: distinct(found.flatMap(({ products }) => products)),
  };
}

async function runOne(florin: FlorinClient, search: Search, signal: AbortSignal): Promise<Found> {
  if (search.in === 'products') {
    const query = { [search.by]: search.value, limit: LIMIT };
    return { purchases: [], products: (await florin.get('/v1/products', { params: { query }, signal })).data };
  }
  if (search.by === 'id') {
    const { data } = await florin.get('/v1/purchases/{id}', { params: { path: { id: search.value } }, signal });
    return { purchases: [data], products: [] };
  }
  const query = { [search.by]: search.value, limit: LIMIT };
  return { purchases: (await florin.get('/v1/purchases', { params: { query }, signal })).data, products: [] };
}

function nothingIfRefused(error: unknown): Found {
  const isRefused = error instanceof FlorinProblem && [404, 422].includes(error.status);
  if (!isRefused) throw error;
  return { purchases: [], products: [] };
}

function distinct<T extends { id: string }>(rows: readonly T[]): readonly T[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
