import { AppError, requestErrors } from '@florin/app-response';
import { idBytes } from '@florin/database';
import type { Knex } from 'knex';
import {
  type EntryAt,
  type EntryRow,
  entriesOfWallet,
  entryAt,
  entryOf,
  lockWalletForHistory,
  notOpenYet,
  type Wallet,
  type WalletEntry,
} from '../wallets/index.ts';

export type Statement = {
  wallet: Wallet;
  /** As YYYY-MM; a month in UTC. */
  month: string;
  /** The month's first instant, and the first one after it. */
  from: Date;
  to: Date;
  /** If the month is not over: the end of the statement. */
  until?: Date;
  opening: Balance;
  closing: Balance;
  /** Whether the statement never changes: the month is over, and the last entry is not booked ahead of the clock. */
  isFinal: boolean;
};

type Balance = Pick<EntryAt, 'sequence' | 'balanceMinor'>;

const PAGE_ENTRIES = 500;

/**
 * Opens a statement of a month. Its opening balance is the closing balance of the month before, and what `readBalanceAt` returns for
 * the last millisecond. The statement of a past month never changes.
 *
 * @throws AppError NOT_FOUND if the month has not begun, or was over when the wallet was opened
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

/** Entries may have been booked while the lock was waited for. */
async function latest(db: Knex, { id, entrySequence }: Wallet, now: Date): Promise<Date> {
  const last = (await db('ledger_entries')
    .where({ wallet_id: idBytes(id), sequence: entrySequence })
    .first('created_at')) as { created_at: Date } | undefined;
  return last !== undefined && last.created_at > now ? last.created_at : now;
}

/** Reads the statement's entries in pages, oldest first. Entries never change, so no transaction is needed. */
export async function* statementPages(db: Knex, { wallet, opening, closing }: Statement): AsyncGenerator<WalletEntry[], void> {
  let after = opening.sequence;
  while (after < closing.sequence) {
    const rows = (await entriesOfWallet(db, idBytes(wallet.id))
      .where('e.sequence', '>', after)
      .where('e.sequence', '<=', Math.min(after + PAGE_ENTRIES, closing.sequence))
      .orderBy('e.sequence')) as EntryRow[];
    yield rows.map(entryOf);
    after += PAGE_ENTRIES;
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
