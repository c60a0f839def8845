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
  /** Of the last entry that is in it; 0: none was. */
  sequence: number;
  /** Whether the answer is the same for ever. */
  isFinal: boolean;
};

type Asked = { userId: string; currency: string; at: Date };

/**
 * What the wallet held at a time, with all that was booked up to and including that millisecond: for a time that is over, the same
 * answer for ever, and the one that a statement ends with.
 *
 * While the wallet's last entry is booked ahead of the database's clock, as after a clock that was ahead, no answer is final, and
 * a time that is not over has the live balance.
 *
 * @throws AppError VALIDATION_FAILED where the time is to come, NOT_FOUND where it lies before the wallet was opened
 */
export async function readBalanceAt(db: Knex, { userId, currency, at }: Asked): Promise<BalanceAt> {
  for (;;) {
    const { wallet, openedAt, now } = await lockWalletForHistory(db, { userId, currency });
    const isOpenedAhead = openedAt > now;
    if (at < openedAt && (!isOpenedAhead || isOver(at, now))) throw notOpenYet(openedAt);
    const entry = await entryAt(db, wallet, at);
    const isFinal = entry.isFinal && !isOpenedAhead;
    if (at < now || !isFinal) return { id: wallet.id, userId, currency, at, ...entry, isFinal };
    // Within this very millisecond something may still be booked; it is over with the next look.
    if (at > now) throw notYet(now);
  }
}

function notYet(now: Date): AppError {
  return new AppError(requestErrors.VALIDATION_FAILED, {
    errors: [{ path: 'at', message: `at is in the future: it is ${now.toISOString()} here` }],
  });
}

export function notOpenYet(openedAt: Date): AppError {
  return new AppError(requestErrors.NOT_FOUND, { detail: `The wallet was opened at ${openedAt.toISOString()}.` });
}
