import { type IfMatch, requireMatch } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { lockProduct } from './lock-product.ts';
import { updateProducts } from './update-products.ts';

/**
 * Archives a product. Products are never deleted. Archiving again changes nothing.
 *
 * @throws AppError NOT_FOUND, or PRECONDITION_FAILED if the product's version is not that of `ifMatch`
 */
export async function archiveProduct(
  trx: Knex.Transaction,
  id: string,
  { ifMatch, by }: { ifMatch: IfMatch; by: string },
): Promise<void> {
  const before = await lockProduct(trx, id);
  if (before.status === 'archived') return;
  requireMatch(ifMatch, before);
  await updateProducts(trx, [{ before, after: { ...before, status: 'archived' } }]);
  await appendAuditEntry(trx, { actorId: by, action: 'product.archive', subject: before.id });
}
