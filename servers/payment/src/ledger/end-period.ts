import type { Knex } from 'knex';
import { type AccountSum, addSums, type Page, readSnapshot, sumPage } from './account-sums.ts';

/**
 * Snapshots of the accounts, though transfers are not committed in the order of their ids, nor of any clock.
 *
 * The ledger's time is cut into periods. Whoever posts a transfer takes the newest period into its row and holds that period's row,
 * shared, to the end of the transaction (a trigger does it). To end a period: open the next, so that nobody has to wait; then take
 * the row of the ending one for oneself, which waits for all who still post to it, and close it, so that who comes late takes the
 * next. From then on what the period has is committed, and stays as it is: it can be added up at leisure, in pages.
 */
const TRANSFERS_AT_ONCE = 20_000;

/** Opens a period after the newest, if that has anything in it and the one before is closed: at most one is ending. */
export async function openNextPeriod(trx: Knex.Transaction): Promise<void> {
  // One statement, committed at once: who posts meanwhile waits for nothing else.
  await trx.raw(
    `INSERT IGNORE INTO ledger_periods (number)
     SELECT newest.number + 1
       FROM (SELECT MAX(number) AS number FROM ledger_periods) AS newest
      WHERE EXISTS (SELECT 1 FROM transfers t WHERE t.period_number = newest.number)
        AND NOT EXISTS (SELECT 1 FROM ledger_periods p WHERE p.number < newest.number AND p.summed_at IS NULL)`,
  );
}

/** Closes the period that is ending, once all who post to it have committed. */
export async function closePeriod(trx: Knex.Transaction): Promise<void> {
  const [[ending]] = (await trx.raw(
    'SELECT number FROM ledger_periods WHERE closed_at IS NULL AND number < (SELECT MAX(number) FROM ledger_periods)',
  )) as [[{ number: number }?]];
  if (ending === undefined) return;
  // Waits for all who hold the row.
  await trx.raw('UPDATE ledger_periods SET closed_at = NOW(3) WHERE number = ? AND closed_at IS NULL', [ending.number]);
}

/**
 * Adds up the period that was closed, on top of the one before. Holds its row meanwhile: of several instances one does it, and the
 * others pass by.
 *
 * @returns the period, if there was one to add up
 */
export async function sumPeriod(trx: Knex.Transaction): Promise<number | undefined> {
  const [[closed]] = (await trx.raw(
    `SELECT number FROM ledger_periods WHERE closed_at IS NOT NULL AND summed_at IS NULL ORDER BY number LIMIT 1
        FOR UPDATE SKIP LOCKED`,
  )) as [[{ number: number }?]];
  if (closed === undefined) return undefined;
  const period = closed.number;
  let sums = await readSnapshot(trx, period - 1);
  let after: Buffer | undefined = Buffer.alloc(16);
  while (after !== undefined) {
    const page: Page = await sumPage(trx, { period, after, limit: TRANSFERS_AT_ONCE });
    sums = addSums(sums, page.sums);
    after = page.last;
  }
  await insertSnapshot(trx, period, sums);
  await trx.raw('UPDATE ledger_periods SET summed_at = NOW(3) WHERE number = ?', [period]);
  return period;
}

async function insertSnapshot(trx: Knex.Transaction, period: number, sums: readonly AccountSum[]): Promise<void> {
  if (sums.length === 0) return;
  await trx.raw(
    `INSERT INTO ledger_snapshots (period_number, account, currency, debit_minor, credit_minor, entries)
     VALUES ${sums.map(() => '(?, ?, ?, ?, ?, ?)').join(', ')}`,
    sums.flatMap(({ account, currency, debitMinor, creditMinor, entries }) => [
      period,
      account,
      currency,
      String(debitMinor),
      String(creditMinor),
      String(entries),
    ]),
  );
}
