import { lockByIds, query, readRow } from '@florin/database';
import type { Knex } from 'knex';
import { countRedeemed } from './count-redeemed.ts';
import { isLimited } from './coupon.ts';
import { type CouponSet, createCouponSet } from './coupon-set.ts';
import { type CouponRow, couponsTable, type StoredCoupon } from './coupons-table.ts';
import { findEligible } from './find-eligible.ts';

/** A purchase, a cart or a quote with a coupon. */
export type CouponWish = {
  /** Upper case. */
  code: string;
  /** Undefined: a visitor. */
  userId?: string | undefined;
  productIds: readonly string[];
};

/** Reads the coupons of quotes and carts, without a lock. */
export async function readCoupons(db: Knex, wishes: readonly CouponWish[]): Promise<CouponSet> {
  return setOf(db, wishes, await findCoupons(db, wishes));
}

/**
 * Locks the coupons of a set of purchases. Lock carts and purchases before, products after. A coupon with a limit is locked for
 * update, so that two transactions do not both redeem it for the last time. Other coupons are locked for share: purchases do not wait
 * for each other, and a change that adds a limit waits until their redemptions can be counted.
 */
export async function lockCoupons(trx: Knex.Transaction, wishes: readonly CouponWish[]): Promise<CouponSet> {
  const found = await findCoupons(trx, wishes);
  const locked = await lockFound(trx, found);
  return setOf(trx, wishes, locked);
}

type Found = Pick<StoredCoupon, 'id' | 'maxRedemptions' | 'maxPerUser'>;

/** Locks coupons in id order, each as its limits demand. Returns them as they are behind the lock. */
export async function lockFound(trx: Knex.Transaction, found: readonly Found[]): Promise<StoredCoupon[]> {
  const shared = await lockByIds(trx, couponsTable, idsOf(found.filter((coupon) => !isLimited(coupon))), { mode: 'share' });
  // A coupon that got a limit since it was read, too. Its second lock may deadlock with another transaction's: then this one is retried.
  const limited = [...found, ...shared.values()].filter(isLimited);
  const updated = await lockByIds(trx, couponsTable, idsOf(limited));
  return [...new Map([...shared, ...updated]).values()];
}

async function findCoupons(db: Knex, wishes: readonly CouponWish[]): Promise<StoredCoupon[]> {
  if (wishes.length === 0) return [];
  const codes = [...new Set(wishes.map(({ code }) => code))];
  const rows = await query<CouponRow>(db, `SELECT ${couponsTable.list} FROM coupons WHERE code IN (?)`, [codes]);
  return rows.map((row) => readRow(couponsTable, row));
}

async function setOf(db: Knex, wishes: readonly CouponWish[], found: readonly StoredCoupon[]): Promise<CouponSet> {
  const coupons = new Map(found.map((coupon) => [coupon.code, coupon]));
  const wanted = wishes.flatMap(({ code, ...wish }) => {
    const coupon = coupons.get(code);
    return coupon === undefined ? [] : [{ coupon, ...wish }];
  });
  const eligible = await findEligible(db, wanted);
  const redeemedByUser = await countRedeemed(db, wanted);
  return createCouponSet({ coupons, eligible, redeemedByUser });
}

function idsOf(coupons: readonly Found[]): string[] {
  return coupons.map(({ id }) => id);
}
