import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, idText, query } from '@florin/database';
import type { Knex } from 'knex';
import { type LockedWallet, lockWallet } from '../wallets/index.ts';
import { type Hold, type HoldRow, holdOf } from './hold.ts';

/**
 * Locks a hold and its wallet until the end of the transaction: the wallet first, as everywhere.
 *
 * @throws AppError NOT_FOUND
 */
export async function lockHold(trx: Knex.Transaction, id: string): Promise<{ hold: Hold } & LockedWallet> {
  const locked = await lockWallet(trx, await readHold(trx, id));
  const rows = await query<HoldRow>(trx, 'SELECT * FROM holds WHERE id = ? FOR UPDATE', [idBytes(id)]);
  return { hold: found(rows), ...locked };
}

/** @param options `ownerId`: a hold of another user is not found. @throws AppError NOT_FOUND */
export async function readHold(db: Knex, id: string, { ownerId }: { ownerId?: string } = {}): Promise<Hold> {
  const rows = await query<HoldRow>(db, 'SELECT * FROM holds WHERE id = ?', [idBytes(id)]);
  return found(rows.filter(({ user_id }) => ownerId === undefined || idText(user_id) === ownerId));
}

function found([row]: readonly HoldRow[]): Hold {
  if (row === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: 'The hold does not exist.' });
  return holdOf(row);
}
