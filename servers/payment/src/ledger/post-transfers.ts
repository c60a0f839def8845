import assert from 'node:assert/strict';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Transfer } from './move-money.ts';

/** Posts transfers with their entries. The wallets they touch must be locked, or inserted, by this transaction. */
export async function postTransfers(trx: Knex.Transaction, transfers: readonly Transfer[]): Promise<void> {
  for (const transfer of transfers) assertBalanced(transfer);
  if (transfers.length > 0) await insertTransfers(trx, transfers);
  const posted = transfers.filter(({ entries }) => entries.length > 0);
  if (posted.length > 0) await insertEntries(trx, posted);
}

function assertBalanced({ id, amountMinor, entries }: Transfer): void {
  const gained = entries.filter((entry) => entry.amountMinor > 0);
  assert.equal(sumOf(entries), 0, `the entries of transfer ${id} do not sum to zero`);
  assert.equal(sumOf(gained), amountMinor, `the entries of transfer ${id} do not move its amount`);
}

function sumOf(entries: Transfer['entries']): number {
  return entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

async function insertTransfers(trx: Knex.Transaction, transfers: readonly Transfer[]): Promise<void> {
  await trx.raw(
    `INSERT INTO transfers (id, type, amount_minor, currency, purchase_id, reverses_transfer_id, source_id)
     VALUES ${transfers.map(() => '(?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
    transfers.flatMap(({ id, type, amountMinor, currency, purchaseId, reversesTransferId, sourceId }) => [
      idBytes(id),
      type,
      amountMinor,
      currency,
      purchaseId === undefined ? null : idBytes(purchaseId),
      reversesTransferId === undefined ? null : idBytes(reversesTransferId),
      sourceId === undefined ? null : idBytes(sourceId),
    ]),
  );
}

async function insertEntries(trx: Knex.Transaction, transfers: readonly Transfer[]): Promise<void> {
  const rows = transfers.flatMap(({ id, type, currency, entries }) =>
    entries.map((entry, index) => [
      idBytes(id),
      index + 1,
      entry.account,
      entry.account === 'wallet' ? idBytes(entry.walletId) : null,
      entry.amountMinor,
      currency,
      entry.account === 'wallet' ? entry.sequence : null,
      entry.account === 'wallet' ? entry.balanceAfterMinor : null,
      type,
    ]),
  );
  await trx.raw(
    `INSERT INTO ledger_entries (transfer_id, line, account, wallet_id, amount_minor, currency, sequence, balance_after_minor, type)
     VALUES ${rows.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
    rows.flat(),
  );
}
