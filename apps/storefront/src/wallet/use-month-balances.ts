import { type FlorinClient, FlorinProblem } from '@florin/client';
import { useFlorin } from '@florin/ui';
import { useQuery } from '@tanstack/react-query';
import { boundsOf, isOpenMonth } from './months.ts';

export type MonthBalances = { openingMinor: number; closingMinor: number; currency: string };

/** The balance of the wallet at both ends of a month; null if the wallet was opened later. The open month ends now. */
export function useMonthBalances(month: string) {
  const florin = useFlorin();
  const isOpen = isOpenMonth(month, new Date());
  const { data, error, refetch } = useQuery({
    queryKey: ['wallet', 'month', month],
    queryFn: ({ signal }) => readBalances(florin, { month, isOpen, signal }),
  });
  return { balances: data, isOpen, error, refetch: () => void refetch() };
}

type Asked = { month: string; isOpen: boolean; signal: AbortSignal };

async function readBalances(florin: FlorinClient, { month, isOpen, signal }: Asked): Promise<MonthBalances | null> {
  const { from, to } = boundsOf(month);
  const closing = isOpen ? (await florin.get('/v1/wallet', { signal })).data : await balanceBefore(florin, to, signal);
  if (closing === undefined) return null;
  const opening = await balanceBefore(florin, from, signal);
  return { openingMinor: opening?.balanceMinor ?? 0, closingMinor: closing.balanceMinor, currency: closing.currency };
}

/** @returns undefined if the wallet was opened later */
async function balanceBefore(florin: FlorinClient, time: string, signal: AbortSignal) {
  // The balance at a time includes the entries of its millisecond.
  const at = new Date(Date.parse(time) - 1).toISOString();
  try {
    return (await florin.get('/v1/wallet/balance', { params: { query: { at } }, signal })).data;
  } catch (error) {
    if (error instanceof FlorinProblem && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
