import { AppError } from '@florin/app-response';
import type { AuthenticatedUser } from '@florin/auth-middleware';
import { idBytes, idTimeMs } from '@florin/database';
import type { Knex } from 'knex';
import { walletErrors } from './errors.ts';

/** An event opens the wallet, usually within a second of sign-up. */
const NEW_USER_MS = 5 * 60_000;
const RETRY_AFTER_S = '1';

export function walletNotFound(currency: string): AppError {
  return new AppError(walletErrors.WALLET_NOT_FOUND, { detail: `The user has no ${currency} wallet.` });
}

/**
 * Does work on the user's own wallet. While the user is new and has no wallet in any currency, WALLET_NOT_FOUND has `Retry-After`:
 * the wallet is about to be opened.
 *
 * @throws AppError WALLET_NOT_FOUND; what `work` throws
 */
export async function withOwnWallet<T>(db: Knex, user: AuthenticatedUser, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.definition !== walletErrors.WALLET_NOT_FOUND) throw error;
    if (!isNew(user)) throw error;
    // The wallet may have been opened since.
    if (await hasWallet(db, user)) return await work();
    const { detail = '' } = error;
    throw new AppError(walletErrors.WALLET_NOT_FOUND, { detail, headers: { 'Retry-After': RETRY_AFTER_S } });
  }
}

/** Math.abs: a user who signed up while auth's clock was ahead is not new until the clocks agree. */
function isNew({ id }: AuthenticatedUser): boolean {
  return Math.abs(Date.now() - (idTimeMs(id) ?? 0)) <= NEW_USER_MS;
}

async function hasWallet(db: Knex, { id }: AuthenticatedUser): Promise<boolean> {
  const wallet: unknown = await db('wallets')
    .where({ user_id: idBytes(id) })
    .first('id');
  return wallet !== undefined;
}
