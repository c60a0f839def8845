import { AppError, requestErrors } from '@florin/app-response';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { type TopUp, type TopUpRow, topUpOf } from './top-up.ts';

type Options = {
  /** Another's is treated as one that does not exist. */
  ownerId?: string;
  /** Locks it until the end of the transaction; its wallet must be locked before. */
  forUpdate?: boolean;
};

/** @throws AppError NOT_FOUND */
export async function readTopUp(db: Knex, id: string, { ownerId, forUpdate = false }: Options = {}): Promise<TopUp> {
  const [rows] = (await db.raw(`SELECT * FROM top_ups WHERE id = ? ${forUpdate ? 'FOR UPDATE' : ''}`, [idBytes(id)])) as [
    TopUpRow[],
  ];
  const topUp = rows[0] && topUpOf(rows[0]);
  if (topUp === undefined || (ownerId !== undefined && topUp.userId !== ownerId)) {
    throw new AppError(requestErrors.NOT_FOUND, { detail: 'There is no such top-up.' });
  }
  return topUp;
}
