import { AppError, requestErrors } from '@florin/app-response';
import type { Knex } from 'knex';
import { entryAt } from './entry-at.ts';
import { type SettledWallet, settleWallet } from './settle-wallet.ts';

export type BalanceAt = {
  id: string;
  userId: string;
  currency: string;
  at: Date;
  balanceMinor: number;
  /** Of the last entry that is in it; 0: none was. */
  sequence: number;
};

type Asked = { userId: string; currency: string; at: Date };

/**
 * What the wallet held at a time, with all that was booked up to and including that millisecond: for a time that is over, the same
 * answer for ever, and the one that a statement ends with.
 *
 * @throws AppError VALIDATION_FAILED where the time is to come, NOT_FOUND where it lies before the wallet was opened
 */
export async function readBalanceAt(db: Knex, { userId, currency, at }: Asked): Promise<BalanceAt> {
  const { wallet, openedAt } = await settleUntil(db, { userId, currency, at });
  if (at < openedAt) throw notOpenYet(openedAt);
  return { id: wallet.id, userId, currency, at, ...(await entryAt(db, wallet, at)) };
}

/** The wallet, settled after that time is over. */
async function settleUntil(db: Knex, { at, ...of }: Asked): Promise<SettledWallet> {
  for (;;) {
    const settled = await settleWallet(db, of);
    if (at < settled.now) return settled;
    // Within this very millisecond something may still be booked; it is over with the next look.
    if (at > settled.now) throw notYet(settled.now);
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
