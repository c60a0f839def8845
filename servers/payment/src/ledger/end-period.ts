import { insertRows, queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import { type AccountSum, addSums, type Page, readSnapshot, sumPage } from './account-sums.ts';
import { snapshotsTable } from './ledger-tables.ts';

/*
 * Transfers are not committed in the order of their ids, nor of any clock. So the ledger is cut into periods. A trigger writes the
 * newest period into each transfer and locks that period's row, shared, until the transaction ends. A period ends in three steps:
 * 1. Open the next period, so that new transfers go there.
 * 2. Close the period: the exclusive lock of its row waits for all transactions that post to it.
 * 3. Add up the closed period, in pages: it is committed and never changes again.
 */

const PAGE_TRANSFERS = 20_000;

/** Opens the next period if the newest has transfers and all earlier ones are added up: at most one period is ending. */
export async function openNextPeriod(trx: Knex.Transaction): Promise<void> {
  // One statement, committed at once, so that no transfer waits long.
  await trx.raw(
    `INSERT IGNORE INTO ledger_periods (number)
     SELECT newest.number + 1
       FROM (SELECT MAX(number) AS number FROM ledger_periods) AS newest
      WHERE EXISTS (SELECT 1 FROM transfers t WHERE t.period_number = newest.number)
        AND NOT EXISTS (SELECT 1 FROM ledger_periods p WHERE p.number < newest.number AND p.summed_at IS NULL)`,
  );
}

/** Closes the ending period once all transactions that post to it have ended. */
export async function closePeriod(trx: Knex.Transaction): Promise<void> {
  const ending = await queryFirst<{ number: number }>(
    trx,
    'SELECT number FROM ledger_periods WHERE closed_at IS NULL AND number < (SELECT MAX(number) FROM ledger_periods)',
  );
  if (ending === undefined) return;
  // Waits for the shared locks of the row.
  await trx.raw('UPDATE ledger_periods SET closed_at = NOW(3) WHERE number = ? AND closed_at IS NULL', [ending.number]);
}

/**
 * Adds a closed period to the snapshot before it. SKIP LOCKED: one instance does so, the others return.
 *
 * @returns the period, if there was one
 */
export async function sumPeriod(trx: Knex.Transaction): Promise<number | undefined> {
  const closed = await queryFirst<{ number: number }>(
    trx,
    `SELECT number FROM ledger_periods WHERE closed_at IS NOT NULL AND summed_at IS NULL ORDER BY number LIMIT 1
        FOR UPDATE SKIP LOCKED`,
  );
  if (closed === undefined) return undefined;
  const period = closed.number;
  let sums = await readSnapshot(trx, period - 1);
  let after: Buffer | undefined = Buffer.alloc(16);
  while (after !== undefined) {
    const page: Page = await sumPage(trx, { period, after, limit: PAGE_TRANSFERS });
    sums = addSums(sums, page.sums);
    after = page.last;
  }
  await insertSnapshot(trx, period, sums);
  await trx.raw('UPDATE ledger_periods SET summed_at = NOW(3) WHERE number = ?', [period]);
  return period;
}

async function insertSnapshot(trx: Knex.Transaction, period: number, sums: readonly AccountSum[]): Promise<void> {
  const rows = sums.map(({ account, currency, debitMinor, creditMinor, entries }) => ({
    periodNumber: period,
    account,
    currency,
    debitMinor: String(debitMinor),
    creditMinor: String(creditMinor),
    entries: String(entries),
  }));
  await insertRows(trx, snapshotsTable, rows);
}
