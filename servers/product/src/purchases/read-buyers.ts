import { idText, query, sqlId } from '@florin/database';
import type { Knex } from 'knex';

/** Product's copy of a wallet. */
export type WalletCopy = {
  isFrozen: boolean;
  availableMinor: number;
  spendLimitMinor: number;
  /** The rest of today's limit; null without a daily limit, or if an older release wrote the copy. */
  dayLeftMinor: number | null;
  /** Declined purchases since the newest event of the wallet. */
  declines: number;
};

export type Undecided = { count: number; totalMinor: number };

/** A buyer with at least one wallet, and the purchases that payment has not decided. */
export type Buyer = {
  userId: string;
  /** By currency. */
  wallets: Map<string, WalletCopy>;
  /** By currency, the accepted purchases of this batch included. */
  undecided: Map<string, Undecided>;
  /** Whether a purchase of this batch was accepted. */
  hasBought: boolean;
};

export type Buyers = {
  /** By user. */
  buyers: ReadonlyMap<string, Buyer>;
  /**
   * The database's time, which becomes the time of the purchases: it is the same for all instances and for the timeout. The query
   * of the wallets returns it at no cost. Without a wallet no purchase is accepted.
   */
  at: Date;
};

/**
 * Reads the copies of the wallets of these users, and their undecided purchases, without a lock: a lock on `buyer_limits` would
 * deadlock with the consumer, which locks products after it.
 */
export async function readBuyers(trx: Knex, userIds: readonly string[]): Promise<Buyers> {
  const users = Array.from(new Set(userIds), sqlId);
  const rows = await query<BuyerRow>(trx, BUYERS_SQL, [users, users]);
  const buyers = new Map<string, Buyer>();
  for (const row of rows) addRow(buyers, row);
  return { buyers, at: rows[0]?.at ?? new Date(Number.NaN) };
}

type BuyerRow = {
  user_id: Buffer;
  currency: string;
  /** null in a row of undecided purchases. */
  status: string | null;
  amount_minor: number;
  spend_limit_minor: number | null;
  day_left_minor: number | null;
  declines: number;
  undecided: number;
  at: Date;
};

/** One statement: the wallets of each buyer, and the sum of the undecided purchases for each currency. The wallets come first. */
const BUYERS_SQL = `SELECT user_id, currency, status, available_minor AS amount_minor, spend_limit_minor,
    IF(spending_version = version, daily_limit_minor - IF(spent_on = UTC_DATE(), spent_minor, 0), NULL) AS day_left_minor,
    IF(declines_version = version, declines, 0) AS declines, 0 AS undecided, NOW(3) AS at
  FROM buyer_limits WHERE user_id IN (?)
  UNION ALL
  SELECT user_id, currency, NULL, CAST(LEAST(SUM(total_minor), ${Number.MAX_SAFE_INTEGER}) AS SIGNED), NULL, NULL, 0, COUNT(*), NOW(3)
  FROM purchases FORCE INDEX (purchases_user_status) WHERE user_id IN (?) AND status = 'requested' GROUP BY user_id, currency`;

function addRow(buyers: Map<string, Buyer>, row: BuyerRow): void {
  const userId = idText(row.user_id);
  if (row.status === null) {
    buyers.get(userId)?.undecided.set(row.currency, { count: row.undecided, totalMinor: row.amount_minor });
    return;
  }
  const buyer = buyers.get(userId) ?? { userId, wallets: new Map(), undecided: new Map(), hasBought: false };
  buyers.set(userId, buyer);
  buyer.wallets.set(row.currency, {
    isFrozen: row.status === 'frozen',
    availableMinor: row.amount_minor,
    spendLimitMinor: row.spend_limit_minor ?? 0,
    dayLeftMinor: row.day_left_minor,
    declines: row.declines,
  });
}
