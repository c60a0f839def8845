import { idBytes, query, type StoredRowOf } from '@florin/database';
import type { Knex } from 'knex';
import type { limitsTable } from './project-limits.ts';

export type BuyerLimit = {
  currency: string;
  /** The maximum price of one purchase now; nothing can be bought below 0. */
  limitMinor: number;
  /** False if the wallet is frozen: nothing can be bought with it. */
  isActive: boolean;
  /** The wallet's version in the newest consumed event. */
  version: number;
};

/** Reads the limits of a buyer's wallets, sorted by currency. */
export async function readLimits(db: Knex, userId: string): Promise<BuyerLimit[]> {
  const rows = await query<LimitRow>(
    db,
    `SELECT currency, available_minor, spend_limit_minor, status, version, daily_limit_minor,
       IF(spent_on = UTC_DATE(), spent_minor, 0) AS spent_today_minor, spending_version
     FROM buyer_limits WHERE user_id = ? ORDER BY currency`,
    [idBytes(userId)],
  );
  return rows.map((row) => ({
    currency: row.currency,
    limitMinor: Math.min(row.available_minor, row.spend_limit_minor, leftOfDay(row)),
    isActive: row.status === 'active',
    version: row.version,
  }));
}

type LimitRow = Omit<StoredRowOf<typeof limitsTable>, 'user_id' | 'spent_minor' | 'spent_on'> & { spent_today_minor: number };

/** The rest of today's limit. Infinite without a daily limit, or if an older release wrote the row after this one. */
function leftOfDay({ daily_limit_minor, spent_today_minor, spending_version, version }: LimitRow): number {
  if (daily_limit_minor === null || spending_version !== version) return Number.POSITIVE_INFINITY;
  return daily_limit_minor - spent_today_minor;
}
