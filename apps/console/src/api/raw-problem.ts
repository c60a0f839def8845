import { FlorinProblem } from '@florin/client';

/** The problem of a response of `florin.raw` that is no success. */
export async function problemOf(method: string, path: string, response: Response): Promise<FlorinProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  return new FlorinProblem({ method, path }, response, body);
}
