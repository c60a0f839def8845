import { useQuery } from '@tanstack/react-query';

/**
 * Reads something that is no record of the data provider.
 *
 * @param key names the read and its parameters
 * @param options.refetchInterval milliseconds between reads while the page is visible, or a function of what was read last
 */
export function useRead<T>(
  key: readonly unknown[],
  read: (signal: AbortSignal) => Promise<T>,
  options: { enabled?: boolean; refetchInterval?: number | ((query: { state: { data: T | undefined } }) => number) } = {},
) {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => read(signal), ...options });
}
