import { idBytes } from '@florin/database';
import { type IfMatch, requireMatch } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { lockProduct } from './lock-product.ts';

/**
 * Takes a product off sale; what was ever sold is never erased. Once more, it changes nothing.
 *
 * @throws AppError NOT_FOUND, or PRECONDITION_FAILED when a colleague has edited it since
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
