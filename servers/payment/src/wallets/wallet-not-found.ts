import { AppError } from '@florin/app-response';
import type { AuthenticatedUser } from '@florin/auth-middleware';
import { idBytes, idTimeMs } from '@florin/runtime';
import type { Knex } from 'knex';
import { walletErrors } from './errors.ts';

/** A wallet is opened by event, usually within a second of sign-up. */
const NEW_USER_MS = 5 * 60_000;
const RETRY_AFTER_S = '1';

export function walletNotFound(currency: string): AppError {
  return new AppError(walletErrors.WALLET_NOT_FOUND, { detail: `There is no ${currency} wallet of this user.` });
}

/**
 * Does what needs the user's own wallet. A new user is told to come back when there is none yet: it is about to be opened. A user
 * who has a wallet in another currency, or whose wallet did not come for minutes, is not.
 *
 * @throws AppError WALLET_NOT_FOUND, with Retry-After while the user is new; what `work` throws
 */
export async function withOwnWallet<T>(db: Knex, user: AuthenticatedUser, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.definition !== walletErrors.WALLET_NOT_FOUND) throw error;
    if (!(await isNew(db, user))) throw error;
    const { detail = '' } = error;
    throw new AppError(walletErrors.WALLET_NOT_FOUND, { detail, headers: { 'Retry-After': RETRY_AFTER_S } });
  }
}

async function isNew(db: Knex, { id }: AuthenticatedUser): Promise<boolean> {
  // In either direction: one who signed up while auth's clock was ahead is not new until then.
  if (Math.abs(Date.now() - (idTimeMs(id) ?? 0)) > NEW_USER_MS) return false;
  const wallet: unknown = await db('wallets')
    .where({ user_id: idBytes(id) })
    .first('id');
  return wallet === undefined;
}
