import { idBytes, query, type StoredRowOf } from '@florin/database';
import type { Knex } from 'knex';
import type { limitsTable } from './project-limits.ts';

export type BuyerLimit = {
  currency: string;
  /** What the buyer may spend on one purchase now, nothing if below 0. */
  limitMinor: number;
  /** False for a frozen wallet, from which nothing can be bought. */
  isActive: boolean;
  /** Of the wallet, when payment told of it. */
  version: number;
};

/** What product knows of the buyer's wallets, by currency. */
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

/** What the daily limit leaves of today. No bound where there is none, or where a release before has written the row since. */
function leftOfDay({ daily_limit_minor, spent_today_minor, spending_version, version }: LimitRow): number {
  if (daily_limit_minor === null || spending_version !== version) return Number.POSITIVE_INFINITY;
  return daily_limit_minor - spent_today_minor;
}
