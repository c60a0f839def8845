import { AppError, requestErrors } from '@florin/app-response';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { type EntryAt, entryAt } from './entry-at.ts';
import { lockWalletForHistory } from './lock-wallet-for-history.ts';
import { notOpenYet } from './read-balance-at.ts';
import type { Wallet } from './wallet.ts';
import { type EntryRow, entriesOfWallet, entryOf, type WalletEntry } from './wallet-entry.ts';

export type Statement = {
  wallet: Wallet;
  /** As YYYY-MM; a month in UTC. */
  month: string;
  /** Its first instant, and the first one after it. */
  from: Date;
  to: Date;
  /** Where the month is still under way: until when everything is in it, and nothing later. */
  until?: Date;
  opening: Balance;
  closing: Balance;
  /** Whether it stays the same: the month is over, and the wallet's last entry is not booked ahead of the clock. */
  isFinal: boolean;
};

type Balance = Pick<EntryAt, 'sequence' | 'balanceMinor'>;

const ENTRIES_AT_ONCE = 500;

/**
 * A month of a wallet. Its opening balance is the closing one of the month before, and both are what `readBalanceAt` says of the
 * last millisecond before; a month that is over has the same statement for ever.
 *
 * @throws AppError NOT_FOUND where the month has not begun, or was over when the wallet was opened
 */
export async function openStatement(
  db: Knex,
  { month, ...of }: { userId: string; currency: string; month: string },
): Promise<Statement> {
  const { from, to } = monthOf(month);
  const { wallet, openedAt, now } = await lockWalletForHistory(db, of);
  if (from > now) throw new AppError(requestErrors.NOT_FOUND, { detail: `${month} has not begun.` });
  if (to <= openedAt) throw notOpenYet(openedAt);
  const opening = await entryAt(db, wallet, before(from));
  if (now >= to) {
    const closing = await entryAt(db, wallet, before(to));
    return { wallet, month, from, to, opening, closing, isFinal: closing.isFinal };
  }
  const until = await latest(db, wallet, now);
  const closing = { sequence: wallet.entrySequence, balanceMinor: wallet.balanceMinor };
  return { wallet, month, from, to, until, opening, closing, isFinal: false };
}

/** While the wallet was waited for, entries may have been booked later than the look began. */
async function latest(db: Knex, { id, entrySequence }: Wallet, now: Date): Promise<Date> {
  const last = (await db('ledger_entries')
    .where({ wallet_id: idBytes(id), sequence: entrySequence })
    .first('created_at')) as { created_at: Date } | undefined;
  return last !== undefined && last.created_at > now ? last.created_at : now;
}

/** The statement's entries, oldest first, in pages: what is read stays as it is, so that no transaction has to hold it still. */
export async function* statementPages(db: Knex, { wallet, opening, closing }: Statement): AsyncGenerator<WalletEntry[], void> {
  let after = opening.sequence;
  while (after < closing.sequence) {
    const rows = (await entriesOfWallet(db, idBytes(wallet.id))
      .where('e.sequence', '>', after)
      .where('e.sequence', '<=', Math.min(after + ENTRIES_AT_ONCE, closing.sequence))
      .orderBy('e.sequence')) as EntryRow[];
    yield rows.map(entryOf);
    after += ENTRIES_AT_ONCE;
  }
}

function monthOf(month: string): { from: Date; to: Date } {
  const from = new Date(`${month}-01T00:00:00.000Z`);
  const to = new Date(from);
  to.setUTCMonth(to.getUTCMonth() + 1);
  return { from, to };
}

function before(time: Date): Date {
  return new Date(time.getTime() - 1);
}
