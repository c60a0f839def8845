import { sleep } from '@florin/runtime';
import type { Knex } from 'knex';

/** Maximum number of rows in the outbox before the next page waits. */
const OUTBOX_ROWS = 5_000;
const OUTBOX_POLL_MS = 200;

export async function untilOutboxIsShort(db: Knex, signal: AbortSignal): Promise<void> {
  for (;;) {
    const [[{ waiting }]] = (await db.raw('SELECT COUNT(*) AS waiting FROM (SELECT id FROM outbox LIMIT ?) AS some', [
      OUTBOX_ROWS,
    ])) as [[{ waiting: number }]];
    if (waiting < OUTBOX_ROWS) return;
    await sleep(OUTBOX_POLL_MS, signal);
    signal.throwIfAborted();
  }
}
