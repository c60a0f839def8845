import { type IfMatch, requireMatch } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { lockFamily } from './lock-family.ts';
import { writeEdits } from './write-edits.ts';

/**
 * Archives a product, and its variants with it. Products are never deleted. Archiving again changes nothing.
 *
 * The product and its variants are locked in id order. A purchase that holds a variant is accepted; one that waits is rejected.
 *
 * @throws AppError NOT_FOUND, or PRECONDITION_FAILED if the product's version is not that of `ifMatch`
 */
export async function archiveProduct(
  trx: Knex.Transaction,
  id: string,
  { ifMatch, by }: { ifMatch: IfMatch; by: string },
): Promise<void> {
  const { product: before } = await lockFamily(trx, id);
  if (before.status === 'archived') return;
  requireMatch(ifMatch, before);
  await writeEdits(trx, [{ before, after: { ...before, status: 'archived' } }]);
  await appendAuditEntry(trx, { actorId: by, action: 'product.archive', subject: before.id });
}
