import assert from 'node:assert/strict';
import { idBytes, queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import type { Wallet } from './wallet.ts';

export type EntryAt = {
  sequence: number;
  balanceMinor: number;
  /** false while the wallet's last entry is booked ahead of the database's clock. */
  isFinal: boolean;
};

/**
 * Returns the wallet's last entry that was booked up to and including a time; sequence 0 if there was none. While the last entry is
 * booked ahead of the clock, all entries count for a time that is not over.
 *
 * Binary search: a wallet's entries are numbered without a gap and never go back in time, so the server finds one of a million by
 * the key (wallet, sequence) in 20 steps. An index by time would cost every purchase.
 */
export async function entryAt(db: Knex, wallet: Wallet, at: Date): Promise<EntryAt> {
  const { sequence, balance_after_minor, last_booked_at, read_at } = await search(db, wallet, at);
  const isFinal = last_booked_at === null || last_booked_at <= read_at;
  if (!isFinal && !isOver(at, read_at)) return { sequence: wallet.entrySequence, balanceMinor: wallet.balanceMinor, isFinal };
  return { sequence, balanceMinor: balance_after_minor ?? 0, isFinal };
}

/** A client's `now` is this old at most when it is read. */
const JUST_NOW_MS = 1_000;

/** Whether a time is over, for a wallet whose last entry is booked ahead of the clock. */
export function isOver(at: Date, now: Date): boolean {
  return at.getTime() < now.getTime() - JUST_NOW_MS;
}

/** The range of a DATETIME. */
const EARLIEST_MS = Date.parse('1000-01-01T00:00:00Z');
const LATEST_MS = Date.parse('9999-12-31T23:59:59.999Z');

type Found = { sequence: number; balance_after_minor: number | null; last_booked_at: Date | null; read_at: Date };

async function search(db: Knex, { id, entrySequence }: Wallet, at: Date): Promise<Found> {
  const time = new Date(Math.min(Math.max(at.getTime(), EARLIEST_MS), LATEST_MS));
  // low: booked by then, or 0. Entries after high: booked later, or missing.
  const found = await queryFirst<Found>(
    db,
    `WITH RECURSIVE search (low, high) AS (
       SELECT CAST(0 AS SIGNED), CAST(? AS SIGNED)
       UNION ALL
       SELECT IF(e.created_at <= ?, e.sequence, s.low), IF(e.created_at <= ?, s.high, e.sequence - 1)
         FROM search s STRAIGHT_JOIN ledger_entries e FORCE INDEX (ledger_entries_wallet_sequence)
           ON e.wallet_id = ? AND e.sequence = (s.low + s.high + 1) DIV 2
        WHERE s.low < s.high)
     SELECT s.low AS sequence, e.balance_after_minor, last.created_at AS last_booked_at, NOW(3) AS read_at
       FROM search s
       LEFT JOIN ledger_entries e ON e.wallet_id = ? AND e.sequence = s.low
       LEFT JOIN ledger_entries last ON last.wallet_id = ? AND last.sequence = ?
      WHERE s.low = s.high`,
    [entrySequence, time, time, idBytes(id), idBytes(id), idBytes(id), entrySequence],
  );
  assert(found !== undefined, `the entries of wallet ${id} have a gap`);
  return found;
}
