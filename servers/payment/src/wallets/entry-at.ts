import assert from 'node:assert/strict';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Wallet } from './wallet.ts';

export type EntryAt = { sequence: number; balanceMinor: number };

/**
 * The wallet's last entry that was booked up to and including a time; sequence 0 where there was none yet.
 *
 * By halving: a wallet's entries are numbered without a gap and never go back in time, so that the server finds it by the key
 * (wallet, sequence) in some twenty steps among a million. There is no index by time, which every purchase would have to keep.
 */
export async function entryAt(db: Knex, { id, entrySequence }: Wallet, at: Date): Promise<EntryAt> {
  // low: booked by then, or 0; after high: booked later, or not there.
  const [[found]] = (await db.raw(
    `WITH RECURSIVE search (low, high) AS (
       SELECT CAST(0 AS SIGNED), CAST(? AS SIGNED)
       UNION ALL
       SELECT IF(e.created_at <= ?, e.sequence, s.low), IF(e.created_at <= ?, s.high, e.sequence - 1)
         FROM search s STRAIGHT_JOIN ledger_entries e FORCE INDEX (ledger_entries_wallet_sequence)
           ON e.wallet_id = ? AND e.sequence = (s.low + s.high + 1) DIV 2
        WHERE s.low < s.high)
     SELECT s.low AS sequence, e.balance_after_minor
       FROM search s LEFT JOIN ledger_entries e ON e.wallet_id = ? AND e.sequence = s.low
      WHERE s.low = s.high`,
    [entrySequence, at, at, idBytes(id), idBytes(id)],
  )) as [[{ sequence: number; balance_after_minor: number | null }?]];
  assert(found !== undefined, `the entries of wallet ${id} have a gap`);
  return { sequence: found.sequence, balanceMinor: found.balance_after_minor ?? 0 };
}
