import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, queryFirst, readRow } from '@florin/database';
import { keysetPage, newestById, type Page, type PageRequest } from '@florin/pagination';
import type { Knex } from 'knex';
import type { Coupon } from './coupon.ts';
import { readScopes } from './coupon-scopes.ts';
import { type CouponRow, type CouponStatus, couponsTable, type StoredCoupon } from './coupons-table.ts';

/** @throws AppError NOT_FOUND */
export async function readCoupon(db: Knex, id: string): Promise<Coupon> {
  const row = await queryFirst<CouponRow>(db, `SELECT ${couponsTable.list} FROM coupons WHERE id = ?`, [idBytes(id)]);
  if (row === undefined) throw couponNotFound(id);
  return withScope(db, readRow(couponsTable, row));
}

export async function withScope(db: Knex, coupon: StoredCoupon): Promise<Coupon> {
  const scopeOf = await readScopes(db, [coupon]);
  return { ...coupon, ...scopeOf(coupon.id) };
}

export function couponNotFound(id: string): AppError {
  return new AppError(requestErrors.NOT_FOUND, { detail: `There is no coupon ${id}.` });
}

export type CouponFilter = { code?: string; status?: CouponStatus };

/** Lists coupons, newest first. */
export async function listCoupons(db: Knex, { code, status, ...request }: CouponFilter & PageRequest): Promise<Page<Coupon>> {
  const found = db('coupons').select(couponsTable.cells.map(({ column }) => column));
  if (code !== undefined) found.where({ code });
  if (status !== undefined) found.where({ status });
  const page = await keysetPage<CouponRow>(found, newestById, request);
  const coupons = page.rows.map((row) => readRow(couponsTable, row));
  const scopeOf = await readScopes(db, coupons);
  return { ...page, rows: coupons.map((coupon) => ({ ...coupon, ...scopeOf(coupon.id) })) };
}
