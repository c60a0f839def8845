import { createFlorinClient, FlorinNetworkError, FlorinProblem, memoryStorage } from '@florin/client';

// Another team's program, with the client from the registry. A status that it does not know must compile.
const florin = createFlorinClient({
  baseUrl: process.env['FLORIN_URL'] ?? '',
  storage: memoryStorage(),
  retry: { maxAttempts: 1 },
});

export async function buyFirst(): Promise<string> {
  for await (const { id } of florin.list('/v1/products', { params: { query: { inStock: true } } })) {
    const { status, declineReason } = await florin.buy([{ productId: id, quantity: 1 }]);
    return status === 'declined' ? String(declineReason) : status;
  }
  return 'nothing in stock';
}

const kindOf = (error: unknown): string =>
  error instanceof FlorinProblem || error instanceof FlorinNetworkError ? error.name : String(error);

process.stdout.write(await buyFirst().catch(kindOf));
