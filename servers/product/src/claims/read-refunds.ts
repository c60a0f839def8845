import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, queryFirst } from '@florin/database';
import { keysetPage, newestById, type Page, type PageRequest, siftedPage } from '@florin/pagination';
import type { Knex } from 'knex';
import { plainRefunds, presentRefund, type RefundRow, type RefundStatus } from './refund.ts';

export type ShownRefund = ReturnType<typeof presentRefund>;

/** @throws AppError NOT_FOUND */
export async function readRefund(db: Knex, id: string): Promise<ShownRefund> {
  const row = await queryFirst<RefundRow>(db, `SELECT ${plainRefunds.list} FROM refunds WHERE id = ?`, [idBytes(id)]);
  if (row === undefined) throw noRefund(id);
  return presentRefund(row);
}

export function noRefund(id: string): AppError {
  return new AppError(requestErrors.NOT_FOUND, { detail: `There is no refund ${id}.` });
}

export type RefundFilter = { status?: RefundStatus; purchaseId?: string };

/** Maximum number of refunds read for one page; a purchase has fewer. */
const MAX_LOOKED_AT = 1_000;

/** Lists refunds, newest first, along the index of a purchase or a status. */
export async function listRefunds(db: Knex, filter: RefundFilter, request: PageRequest): Promise<Page<ShownRefund>> {
  const { status, purchaseId } = filter;
  const indexed = (index: string): Knex.QueryBuilder => db(db.raw('refunds FORCE INDEX (??)', [index]));
  const along =
    purchaseId !== undefined
      ? indexed('refunds_purchase').where('purchase_id', idBytes(purchaseId))
      : status !== undefined
        ? indexed('refunds_status').where({ status })
        : db('refunds');
  const rows = along.clone().select(plainRefunds.cells.map(({ column }) => column));
  if (purchaseId === undefined || status === undefined) return shown(await keysetPage<RefundRow>(rows, newestById, request));
  const query = rows.where({ status });
  return shown(
    await siftedPage<RefundRow>({ query, along: along.select('id'), keyset: newestById, maxRows: MAX_LOOKED_AT }, request),
  );
}

function shown(page: Page<RefundRow>): Page<ShownRefund> {
  return { ...page, rows: page.rows.map(presentRefund) };
}
