import { firstIdAt, idBytes, idText, query } from '@florin/database';
import type { Knex } from 'knex';
import { dayOf } from './day-of.ts';
import type { Wallet, WalletsByUser } from './wallet.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Spending = { on: string; spentMinor: number };

/** A purchase that counts to a day. `sequence`: of the wallet's last entry before the purchase. */
type Counted = { on: string; sequence: number; amountMinor: number };

/**
 * Returns what the wallet has spent on the day that its next purchase counts to. Around midnight that may be tomorrow: instances of
 * the release before count by their own clocks.
 */
export function spentBefore(wallet: Wallet | undefined, today: string): Spending {
  const { spentOn = null, spentMinor = 0 } = wallet ?? {};
  return spentOn !== null && spentOn >= today ? { on: spentOn, spentMinor } : { on: today, spentMinor: 0 };
}

/** Counts a charged purchase to its day. */
export function countSpent(wallet: Wallet, { on, sequence, amountMinor }: Counted): Wallet {
  if (amountMinor === 0) return wallet;
  const { spentMinor } = spentBefore(wallet, on);
  const spentFrom = on === wallet.spentOn ? wallet.spentFrom : sequence;
  return { ...wallet, spentOn: on, spentMinor: spentMinor + amountMinor, spentFrom };
}

/** Takes a refunded purchase out of the day's count, if the count includes it. */
export function uncountSpent(wallet: Wallet, purchase: Counted | undefined): Wallet {
  if (purchase === undefined || purchase.amountMinor === 0 || !isCounted(wallet, purchase)) return wallet;
  return { ...wallet, spentMinor: wallet.spentMinor - purchase.amountMinor };
}

function isCounted({ spentOn, spentFrom }: Wallet, { on, sequence }: Counted): boolean {
  return on === spentOn && sequence >= (spentFrom ?? 0);
}

/**
 * Returns the wallets with today's spending. A count of a future day, from a clock that was ahead, is void: it is rebuilt from
 * today's payments. Payments are read only if a count is void.
 *
 * @param now the database's time
 */
export async function withTodaysSpending(db: Knex, wallets: WalletsByUser, now: Date): Promise<WalletsByUser> {
  const stale = [...wallets.values()].flat().filter((wallet) => isVoid(wallet, now));
  if (stale.length === 0) return wallets;
  const spent = await sumToday(db, stale, now);
  const renewed = (wallet: Wallet): Wallet =>
    isVoid(wallet, now) ? { ...wallet, spentOn: dayOf(now), spentMinor: spent.get(wallet.id) ?? 0, spentFrom: null } : wallet;
  return new Map([...wallets].map(([userId, ofUser]) => [userId, ofUser.map(renewed)] as const));
}

/** Returns the sum of the wallet's purchases of today. */
export async function readSpentToday(db: Knex, wallet: Wallet, now: Date): Promise<number> {
  if (!isVoid(wallet, now)) return spentBefore(wallet, dayOf(now)).spentMinor;
  return (await sumToday(db, [wallet], now)).get(wallet.id) ?? 0;
}

/** Allows an hour, so that a clock that is a little ahead around midnight does not void each count. */
function isVoid({ spentOn }: Wallet, now: Date): boolean {
  return spentOn !== null && spentOn > dayOf(new Date(now.getTime() + HOUR_MS));
}

/** The range of ids leaves out older payments. One day more, for clocks of the release before. */
async function sumToday(db: Knex, wallets: readonly Wallet[], now: Date): Promise<Map<string, number>> {
  const sinceMs = Date.parse(dayOf(now)) - DAY_MS;
  const rows = await query<{ wallet_id: Buffer; spent_minor: string }>(
    db,
    `SELECT wallet_id, SUM(amount_minor) AS spent_minor FROM payments FORCE INDEX (payments_wallet)
      WHERE wallet_id IN (?) AND id >= ? AND status = 'charged' AND decided_on = ?
      GROUP BY wallet_id`,
    [wallets.map(({ id }) => idBytes(id)), firstIdAt(sinceMs), dayOf(now)],
  );
  return new Map(rows.map(({ wallet_id, spent_minor }) => [idText(wallet_id), Number(spent_minor)]));
}
