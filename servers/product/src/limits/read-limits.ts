import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';

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
  const [rows] = (await db.raw(
    `SELECT currency, LEAST(available_minor, spend_limit_minor) AS limit_minor, status = 'active' AS is_active, version
     FROM buyer_limits WHERE user_id = ? ORDER BY currency`,
    [idBytes(userId)],
  )) as [{ currency: string; limit_minor: number; is_active: number; version: number }[]];
  return rows.map(({ currency, limit_minor, is_active, version }) => ({
    currency,
    limitMinor: limit_minor,
    isActive: is_active === 1,
    version,
  }));
}
