import { idBytes } from '@florin/database';
import { keysetPage, type Page, type PageRequest } from '@florin/pagination';
import type { Knex } from 'knex';
import { newestByTime, type Period, siftedByTime, whereCreated } from '../newest-by-time.ts';
import { type Hold, type HoldRow, holdOf } from './hold.ts';

export type HoldFilter = Period & { walletId?: string; userId?: string; status?: Hold['status'] };

/** Lists holds, newest first. With an owner and a status, at most MAX_ROWS_READ of the owner's holds are read for a page. */
export async function listHolds(db: Knex, filter: HoldFilter, request: PageRequest): Promise<Page<Hold>> {
  const { walletId, userId, status } = filter;
  const hasOwner = walletId !== undefined || userId !== undefined;
  const along = alongIndex(db, filter);
  if (walletId !== undefined) along.where('wallet_id', idBytes(walletId));
  if (userId !== undefined) along.where('user_id', idBytes(userId));
  if (status !== undefined && !hasOwner) along.where({ status });
  whereCreated(along, filter);
  const page = await (status !== undefined && hasOwner
    ? siftedByTime<HoldRow>(along, { status }, request)
    : keysetPage<HoldRow>(along, newestByTime, request));
  return { ...page, rows: page.rows.map(holdOf) };
}

/** FORCE INDEX: MariaDB prefers an equality to the order of the list (docs/adr/0008). */
function alongIndex(db: Knex, { walletId, userId, status }: HoldFilter): Knex.QueryBuilder {
  const [by = 'time'] = [walletId && 'wallet_time', userId && 'user_time', status && 'status_time'].filter(Boolean);
  return db(db.raw(`holds FORCE INDEX (holds_${by})`)).select();
}
