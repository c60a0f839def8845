import { type FlorinClient, FlorinProblem, type Purchase } from '@florin/client';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Purchases of an earlier release have no number until a job gives them one. */
const NUMBER = /^[0-9a-tv-z]{8}$/i;

/** Finds an order by what the address of its page has: its number, or its id. @returns null if the buyer has no such order */
export async function findOrder(florin: FlorinClient, name: string, signal?: AbortSignal): Promise<Purchase | null> {
  if (ID.test(name)) return findById(florin, name, signal);
  if (!NUMBER.test(name)) return null;
  const { data } = await florin.get('/v1/purchases', { params: { query: { number: name, limit: 1 } }, signal });
  return data[0] ?? null;
}

async function findById(florin: FlorinClient, id: string, signal?: AbortSignal): Promise<Purchase | null> {
  try {
    return (await florin.get('/v1/purchases/{id}', { params: { path: { id } }, signal })).data;
  } catch (error) {
    if (error instanceof FlorinProblem && error.status === 404) return null;
    throw error;
  }
}
