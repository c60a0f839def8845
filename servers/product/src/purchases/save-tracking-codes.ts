import { pickFields, updateByKey } from '@florin/database';
import type { Knex } from 'knex';
import { purchasesTable } from './purchase.ts';

const codeTable = pickFields(purchasesTable, ['id', 'trackingCode']);

/** Saves the tracking codes of purchases. Lock the purchases first, and leave out those of erased buyers. */
export async function saveTrackingCodes(
  trx: Knex.Transaction,
  codes: readonly { id: string; trackingCode: string }[],
): Promise<void> {
  if (codes.length > 0) await updateByKey(trx, codeTable, codes);
}
