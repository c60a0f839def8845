import { idText, isDuplicateKey, pickFields, query, updateByKey } from '@florin/database';
import type { Knex } from 'knex';
import { purchasesTable } from './purchase.ts';
import { newPurchaseNumber } from './purchase-number.ts';

const numberTable = pickFields(purchasesTable, ['id', 'number']);

/** Purchases are locked while they get their numbers, so that their outcomes wait for a few. */
const BATCH_SIZE = 200;

/**
 * Gives purchases without a number one: those from before the numbers, and those that the release before accepts. Several instances
 * may do so at once: SKIP LOCKED leaves purchases alone that another transaction holds.
 *
 * @returns whether there may be more
 */
export async function numberPurchases(trx: Knex.Transaction): Promise<boolean> {
  const rows = await query<{ id: Buffer }>(
    trx,
    `SELECT id FROM purchases FORCE INDEX (purchases_number)
      WHERE number IS NULL ORDER BY id LIMIT ${BATCH_SIZE} FOR UPDATE SKIP LOCKED`,
  );
  const numbered = rows.map(({ id }) => ({ id: idText(id), number: newPurchaseNumber() }));
  await updateByKey(trx, numberTable, numbered);
  return rows.length === BATCH_SIZE;
}

/** Whether a purchase has the number that another one was given. A retry gives another number. */
export function isNumberTaken(error: unknown): boolean {
  return isDuplicateKey(error, 'purchases_number');
}
