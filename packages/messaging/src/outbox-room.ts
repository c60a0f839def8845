import { AppError, requestErrors } from '@florin/app-response';
import { faultOf, type Logger } from '@florin/runtime';
import type { Knex } from 'knex';

const LOOK_EVERY_MS = 1_000;
const RETRY_AFTER_S = '5';

export type OutboxRoom = {
  /** @throws AppError UNAVAILABLE (503) with Retry-After while the outbox is full */
  assertRoom(): void;
  stop(): void;
};

/**
 * Bounds the outbox: while the broker is away events only come in, and past `maxRows` new writes are refused, so that nothing
 * grows without limit. The relay and the consumers go on: they are what makes room.
 */
export function watchOutboxRoom({ db, maxRows, logger }: { db: Knex; maxRows: number; logger: Logger }): OutboxRoom {
  let isFull = false;
  const look = async (): Promise<void> => {
    try {
      const wasFull = isFull;
      isFull = await isOutboxFull(db, maxRows);
      if (isFull !== wasFull)
        logger.warn(isFull ? 'the outbox is full: new writes are refused' : 'the outbox has room again', { maxRows });
    } catch (error) {
      logger.debug('could not look at the outbox', faultOf(error));
    }
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  return {
    assertRoom() {
      if (!isFull) return;
      throw new AppError(requestErrors.UNAVAILABLE, {
        detail: 'Too many events wait to be published.',
        headers: { 'Retry-After': RETRY_AFTER_S },
      });
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * Whether more events wait than may, those that are parked among them. The span of ids costs two look-ups, and is never less than
 * the rows; only when it is too wide are they counted.
 */
export async function isOutboxFull(db: Knex, maxRows: number): Promise<boolean> {
  const parked = await countUpTo(db, 'parked_outbox', maxRows + 1);
  const [[span]] = (await db.raw('SELECT MAX(id) - MIN(id) + 1 AS ids FROM outbox')) as [[{ ids: number | null }]];
  if ((span.ids ?? 0) + parked <= maxRows) return false;
  return parked + (await countUpTo(db, 'outbox', maxRows + 1)) > maxRows;
}

async function countUpTo(db: Knex, table: 'outbox' | 'parked_outbox', limit: number): Promise<number> {
  const [[{ events }]] = (await db.raw(`SELECT COUNT(*) AS events FROM (SELECT 1 FROM ${table} LIMIT ?) AS some`, [limit])) as [
    [{ events: number }],
  ];
  return events;
}
