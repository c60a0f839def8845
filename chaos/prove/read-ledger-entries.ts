import { idText } from '@florin/database';
import type { Checker } from './open-checker.ts';
import type { StatementEntry, StoredEntries } from './statement-history.ts';

type EntryRow = { user_id: Buffer; sequence: number; created_at: Date; amount_minor: number; balance_after_minor: number };

/** Reads the entries of all wallets; each user of a run has one wallet. */
export async function readLedgerEntries(checker: Checker): Promise<StoredEntries> {
  const rows = await checker.rows<EntryRow>(
    `SELECT w.user_id, e.sequence, e.created_at, e.amount_minor, e.balance_after_minor
       FROM {payment}.wallets w JOIN {payment}.ledger_entries e ON e.wallet_id = w.id ORDER BY w.id, e.sequence`,
  );
  const byUser = new Map<string, StatementEntry[]>();
  for (const { user_id, sequence, created_at, amount_minor, balance_after_minor } of rows) {
    const userId = idText(user_id);
    const entries = byUser.get(userId) ?? [];
    entries.push({ sequence, atMs: created_at.getTime(), amountMinor: amount_minor, balanceAfterMinor: balance_after_minor });
    byUser.set(userId, entries);
  }
  return byUser;
}
