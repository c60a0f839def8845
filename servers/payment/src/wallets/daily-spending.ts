import type { Wallet } from './wallet.ts';

type Spending = { on: string; spentMinor: number };

/** The day (UTC) of a time, as YYYY-MM-DD. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/**
 * What the wallet has spent already on the day to which its next purchase counts. That day never lies before the last one: of two
 * instances around midnight one may still have yesterday.
 */
export function spentBefore(wallet: Wallet | undefined, today: string): Spending {
  const { spentOn = null, spentMinor = 0 } = wallet ?? {};
  return spentOn !== null && spentOn >= today ? { on: spentOn, spentMinor } : { on: today, spentMinor: 0 };
}

/** Counts a charged purchase to its day. One that cost nothing changes nothing. */
export function countSpent(wallet: Wallet, { on, amountMinor }: { on: string; amountMinor: number }): Wallet {
  if (amountMinor === 0) return wallet;
  return { ...wallet, spentOn: on, spentMinor: spentBefore(wallet, on).spentMinor + amountMinor };
}

/** Takes a refunded purchase out of the count again, if the wallet still counts its day. */
export function uncountSpent(wallet: Wallet, { on, amountMinor }: { on: string | undefined; amountMinor: number }): Wallet {
  if (amountMinor === 0 || on !== wallet.spentOn) return wallet;
  return { ...wallet, spentMinor: wallet.spentMinor - amountMinor };
}
