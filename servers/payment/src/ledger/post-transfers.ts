import assert from 'node:assert/strict';
import { insertRows } from '@florin/database';
import type { Knex } from 'knex';
import { knownAccounts, learnAccounts } from './known-accounts.ts';
import { entriesTable, transfersTable } from './ledger-tables.ts';
import { countMoved } from './money-moved.ts';
import { MAX_LEGS, type Transfer } from './transfer.ts';

/** Posts transfers with their legs. This transaction must have locked or inserted the wallets that the legs name. */
export async function postTransfers(trx: Knex.Transaction, transfers: readonly Transfer[]): Promise<void> {
  if (transfers.length === 0) return;
  const known = knownAccounts(trx);
  const unknown = new Set<string>();
  for (const transfer of transfers) {
    assertBalanced(transfer);
    for (const { account } of transfer.legs) if (!known.has(account)) unknown.add(account);
  }
  if (unknown.size > 0) await learnAccounts(trx, [...unknown]);
  await insertTransfers(trx, transfers);
  const moving = transfers.filter(({ legs }) => legs.length > 0);
  if (moving.length > 0) await insertEntries(trx, moving);
  countMoved(trx, transfers);
}

/** The sums are exact: each stays within the transfer's amount, which is a safe integer. */
function assertBalanced({ id, amountMinor, legs }: Transfer): void {
  if (legs.length > MAX_LEGS) assert.fail(`transfer ${id} has ${legs.length} legs, more than ${MAX_LEGS}`);
  let creditMinor = 0;
  let debitMinor = 0;
  for (const leg of legs) {
    if (leg.amountMinor > 0) creditMinor += leg.amountMinor;
    else debitMinor -= leg.amountMinor;
    if (!Number.isSafeInteger(leg.amountMinor) || leg.amountMinor === 0)
      assert.fail(`a leg of transfer ${id} is ${leg.amountMinor}`);
  }
  if (creditMinor !== debitMinor) assert.fail(`the legs of transfer ${id} do not sum to zero`);
  if (creditMinor !== amountMinor) assert.fail(`the legs of transfer ${id} do not move its amount`);
}

async function insertTransfers(trx: Knex.Transaction, transfers: readonly Transfer[]): Promise<void> {
  const rows = transfers.map(
    ({ id, type, amountMinor, currency, purchaseId = null, reversesTransferId = null, sourceId = null }) => ({
      id,
      type,
      amountMinor,
      currency,
      purchaseId,
      reversesTransferId,
      sourceId,
    }),
  );
  await insertRows(trx, transfersTable, rows);
}

async function insertEntries(trx: Knex.Transaction, transfers: readonly Transfer[]): Promise<void> {
  const rows = transfers.flatMap(({ id, type, currency, legs }) =>
    legs.map(({ account, walletId = null, amountMinor, sequence = null, balanceAfterMinor = null }, index) => ({
      transferId: id,
      line: index + 1,
      account,
      walletId,
      amountMinor,
      currency,
      sequence,
      balanceAfterMinor,
      type,
    })),
  );
  await insertRows(trx, entriesTable, rows);
}
