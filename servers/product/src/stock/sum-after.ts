import { AppError, requestErrors } from '@florin/app-response';
import { databaseTime, firstIdAt, idBytes, queryOne } from '@florin/database';
import type { Knex } from 'knex';
import { stockErrors } from './errors.ts';

/** Maximum number of movements that are added up while the product is locked: some tenths of a second. */
export const MAX_MOVEMENTS_AFTER_COUNT = 100_000;

type Options = { time: Date; max?: number };

/**
 * Adds up the movements of a locked product after a time. The id of a movement has the time of the movement, so they are a range of an
 * index. The movement of a count corrects the stock as of its `counted_at`, so it belongs to that time: two counts of the same units at
 * the same time make the same stock.
 *
 * @throws AppError VALIDATION_FAILED if the time is in the future by the database's clock, COUNT_TOO_OLD if there are more than `max`
 */
export async function sumAfter(
  trx: Knex.Transaction,
  productId: string,
  { time, max = MAX_MOVEMENTS_AFTER_COUNT }: Options,
): Promise<number> {
  if (time > (await databaseTime(trx))) throw inFuture();
  const { movements, units } = await queryOne<{ movements: number; units: string | null }>(
    trx,
    `SELECT COUNT(*) AS movements, SUM(IF(counted_at <= ?, 0, delta)) AS units
       FROM (SELECT m.delta, details.counted_at
               FROM stock_movements m
               LEFT JOIN stock_movement_details details ON m.reason = 'correction' AND details.movement_id = m.id
              WHERE m.product_id = ? AND m.id >= ? LIMIT ?) AS later`,
    [time, idBytes(productId), firstIdAt(time.getTime() + 1), max + 1],
  );
  if (movements > max)
    throw new AppError(stockErrors.COUNT_TOO_OLD, { detail: `There are more than ${max} movements after countedAt.` });
  return Number(units ?? 0);
}

function inFuture(): AppError {
  return new AppError(requestErrors.VALIDATION_FAILED, {
    errors: [{ path: 'countedAt', message: 'countedAt must not be in the future' }],
  });
}
