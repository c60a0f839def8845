import { idBytes } from '@florin/database';
import { keysetPage, type Page, type PageRequest } from '@florin/pagination';
import type { Knex } from 'knex';
import { newestByTime, type Period, siftedByTime, whereCreated } from '../newest-by-time.ts';
import { type TopUp, type TopUpRow, topUpOf } from './top-up.ts';

export type TopUpFilter = Period & { status?: TopUp['status'] };

/** Lists a wallet's top-ups, newest first. With a status, at most MAX_ROWS_READ top-ups are read for a page. */
export async function listTopUps(
  db: Knex,
  walletId: string,
  { status, ...period }: TopUpFilter,
  request: PageRequest,
): Promise<Page<TopUp>> {
  const along = db(db.raw('top_ups FORCE INDEX (top_ups_wallet_time)')).select().where('wallet_id', idBytes(walletId));
  whereCreated(along, period);
  const page = await (status === undefined
    ? keysetPage<TopUpRow>(along, newestByTime, request)
    : siftedByTime<TopUpRow>(along, { status }, request));
  return { ...page, rows: page.rows.map(topUpOf) };
}
