import { type FlorinClient, FlorinNetworkError, FlorinProblem } from '@florin/client';

/**
 * Reads a file of the API with the user's token.
 *
 * @param path with its query
 * @throws FlorinProblem, FlorinNetworkError
 */
export async function readFile(florin: Pick<FlorinClient, 'raw'>, path: string): Promise<Blob> {
  const request = { method: 'GET', path };
  try {
    const response = await florin.raw(path);
    if (response.ok) return await response.blob();
    throw new FlorinProblem(request, response, await response.json().catch(() => undefined));
  } catch (error) {
    throw error instanceof TypeError ? new FlorinNetworkError(request, error) : error;
  }
}
