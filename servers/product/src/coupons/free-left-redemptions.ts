import { idText, query, sqlId } from '@florin/database';
import type { Knex } from 'knex';
import { freeRedemptions } from './free-redemptions.ts';

/** Before every id. */
export const FIRST = '00000000-0000-0000-0000-000000000000';

type Sweep = {
  /** The last purchase of the page before. */
  after: string;
  limit: number;
};

type Swept = {
  /** The last purchase of this page; undefined at the end. */
  last: string | undefined;
  freed: number;
};

/**
 * Frees redemptions whose purchases an instance of the release before has declined or cancelled: it knows no coupons. One page of the
 * redemptions that count, in the order of their purchases.
 */
export async function freeLeftRedemptions(trx: Knex.Transaction, { after, limit }: Sweep): Promise<Swept> {
  const rows = await query<{ purchase_id: Buffer; status: string }>(
    trx,
    `SELECT r.purchase_id, p.status
       FROM coupon_redemptions r FORCE INDEX (coupon_redemptions_freed) STRAIGHT_JOIN purchases p ON p.id = r.purchase_id
      WHERE r.freed_at IS NULL AND r.purchase_id > ? ORDER BY r.purchase_id LIMIT ?`,
    [sqlId(after), limit],
  );
  const left = rows.filter(({ status }) => status === 'declined' || status === 'cancelled');
  const last = rows.length < limit ? undefined : rows.at(-1);
  return {
    last: last && idText(last.purchase_id),
    freed: await freeThose(
      trx,
      left.map(({ purchase_id }) => purchase_id),
    ),
  };
}

/** SKIP LOCKED: purchases that another transaction is changing are left to the next sweep. */
async function freeThose(trx: Knex.Transaction, purchaseIds: readonly Buffer[]): Promise<number> {
  if (purchaseIds.length === 0) return 0;
  const rows = await query<{ id: Buffer; locked_at: Date }>(
    trx,
    'SELECT id, NOW(3) AS locked_at FROM purchases WHERE id IN (?) ORDER BY id FOR UPDATE SKIP LOCKED',
    [[...purchaseIds]],
  );
  const [first] = rows;
  if (first === undefined) return 0;
  return freeRedemptions(
    trx,
    rows.map(({ id }) => idText(id)),
    first.locked_at,
  );
}
