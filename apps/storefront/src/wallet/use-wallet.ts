import { type DataOf, FlorinProblem } from '@florin/client';
import { useFlorin } from '@florin/ui';
import { useQuery } from '@tanstack/react-query';
import { pollAfterMs } from './poll-after-ms.ts';

export type Wallet = DataOf<'get', '/v1/wallet'>;

/** The wallet of the user. While that of a new account is not open yet, it is asked for again by itself. */
export function useWallet() {
  const florin = useFlorin();
  return useQuery({
    queryKey: ['wallet'],
    queryFn: async ({ signal }) => (await florin.get('/v1/wallet', { signal })).data,
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state }) => (isOpening(state.error) ? pollAfterMs(state.errorUpdateCount) : false),
  });
}

/** Whether the wallet of this new account follows within seconds. */
export function isOpening(error: unknown): boolean {
  return error instanceof FlorinProblem && error.code === 'WALLET_NOT_FOUND' && error.retryAfterMs !== undefined;
}
