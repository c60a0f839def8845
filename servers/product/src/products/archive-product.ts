import { AppError, requestErrors } from '@florin/app-response';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';

/**
 * Takes a product off sale; what was ever sold is never erased.
 *
 * @param options `version`: the one that the client read, from `If-Match`
 * @throws AppError NOT_FOUND, or PRECONDITION_FAILED when a colleague has edited it since
 */
export async function archiveProduct(trx: Knex.Transaction, id: string, options: { version: number }): Promise<void> {
  const [rows] = (await trx.raw('SELECT status, version FROM products WHERE id = ? FOR UPDATE', [idBytes(id)])) as [
    { status: string; version: number }[],
  ];
  const [product] = rows;
  if (product === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no product ${id}.` });
  if (product.status === 'archived') return;
  if (product.version !== options.version) throw new AppError(requestErrors.PRECONDITION_FAILED);
  await trx.raw("UPDATE products SET status = 'archived', version = version + 1, updated_at = ? WHERE id = ?", [
    new Date(),
    idBytes(id),
  ]);
}
