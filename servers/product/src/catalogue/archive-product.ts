import { idBytes } from '@florin/database';
import { type IfMatch, requireMatch } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { lockProduct } from './lock-product.ts';

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
  const product = await lockProduct(trx, id);
  if (product.status === 'archived') return;
  requireMatch(ifMatch, product);
  await trx.raw("UPDATE products SET status = 'archived', version = version + 1, updated_at = ? WHERE id = ?", [
    new Date(),
    idBytes(id),
  ]);
  await appendAuditEntry(trx, { actorId: by, action: 'product.archive', subject: product.id });
}
