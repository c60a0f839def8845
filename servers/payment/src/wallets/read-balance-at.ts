import { AppError, requestErrors } from '@florin/app-response';
import type { Knex } from 'knex';
import { entryAt, isOver } from './entry-at.ts';
import { lockWalletForHistory } from './lock-wallet-for-history.ts';

export type BalanceAt = {
  id: string;
  userId: string;
  currency: string;
  at: Date;
  balanceMinor: number;
  /** Of the last entry in the balance; 0 if there is none. */
  sequence: number;
  /** Whether the answer never changes. */
  isFinal: boolean;
};

type Asked = { userId: string; currency: string; at: Date };

/**
 * Returns the wallet's balance at a time, with all entries of that millisecond. Historical balances never
 * change. A statement ends with the balance of its last millisecond.
 *
 * While the wallet's last entry is booked ahead of the database's clock, no answer is final, and a time that is not over gets the
 * current balance.
 *
 * @throws AppError VALIDATION_FAILED if the time is in the future, NOT_FOUND if it is before the wallet was opened
 */
export async function readBalanceAt(db: Knex, { userId, currency, at }: Asked): Promise<BalanceAt> {
  for (;;) {
    const { wallet, openedAt, now } = await lockWalletForHistory(db, { userId, currency });
    const isOpenedAhead = openedAt > now;
    if (at < openedAt && (!isOpenedAhead || isOver(at, now))) throw notOpenYet(openedAt);
    const entry = await entryAt(db, wallet, at);
    const isFinal = entry.isFinal && !isOpenedAhead;
    if (at < now || !isFinal) return { id: wallet.id, userId, currency, at, ...entry, isFinal };
    // More entries may be booked in this millisecond: read again when it is over.
    if (at > now) throw inTheFuture(now);
  }
}

function inTheFuture(now: Date): AppError {
  return new AppError(requestErrors.VALIDATION_FAILED, {
    errors: [{ path: 'at', message: `at must not be in the future: the time is ${now.toISOString()}` }],
  });
}

export function notOpenYet(openedAt: Date): AppError {
  return new AppError(requestErrors.NOT_FOUND, { detail: `The wallet was opened at ${openedAt.toISOString()}.` });
}
