import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, query } from '@florin/database';
import type { Knex } from 'knex';
import { type TopUp, type TopUpRow, topUpOf } from './top-up.ts';

type Options = {
  /** A top-up of another user is not found. */
  ownerId?: string;
  /** Locks the top-up until the end of the transaction. Its wallet must be locked before. */
  forUpdate?: boolean;
};

/** @throws AppError NOT_FOUND */
export async function readTopUp(db: Knex, id: string, { ownerId, forUpdate = false }: Options = {}): Promise<TopUp> {
  const rows = await query<TopUpRow>(db, `SELECT * FROM top_ups WHERE id = ? ${forUpdate ? 'FOR UPDATE' : ''}`, [idBytes(id)]);
  const topUp = rows[0] && topUpOf(rows[0]);
  if (topUp === undefined || (ownerId !== undefined && topUp.userId !== ownerId)) {
    throw new AppError(requestErrors.NOT_FOUND, { detail: 'The top-up does not exist.' });
  }
  return topUp;
}
