import type { DataOf } from '@florin/client';

type Wallet = DataOf<'get', '/v1/wallet'>;

/** What a day still allows. Days begin at midnight UTC. */
export type DailyRoom = { limitMinor: number; spentMinor: number; leftMinor: number; endsAt: string };

/** @returns undefined without a daily limit */
export function dailyRoom(
  { dailyLimitMinor, spentTodayMinor }: Pick<Wallet, 'dailyLimitMinor' | 'spentTodayMinor'>,
  now: Date,
): DailyRoom | undefined {
  if (dailyLimitMinor === null) return undefined;
  const endsAt = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1)).toISOString();
  // An admin may lower the limit below what was spent.
  const leftMinor = Math.max(0, dailyLimitMinor - spentTodayMinor);
  return { limitMinor: dailyLimitMinor, spentMinor: spentTodayMinor, leftMinor, endsAt };
}
