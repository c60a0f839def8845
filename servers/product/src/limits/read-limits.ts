import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';

export type BuyerLimit = { currency: string; limitMinor: number };

/** What the buyer may spend on one purchase now, by currency; nothing for a frozen wallet. */
export async function readLimits(db: Knex, userId: string): Promise<BuyerLimit[]> {
  const [rows] = (await db.raw(
    `SELECT currency, LEAST(available_minor, spend_limit_minor) AS limit_minor FROM buyer_limits WHERE user_id = ? AND status = 'active'`,
    [idBytes(userId)],
  )) as [{ currency: string; limit_minor: number }[]];
  return rows.map(({ currency, limit_minor }) => ({ currency, limitMinor: limit_minor }));
}
