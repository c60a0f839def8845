import { countOutbox } from '@florin/messaging';
import { sleep } from '@florin/runtime';
import type { Knex } from 'knex';

/** Maximum number of rows in the outbox before the next page waits. */
const OUTBOX_ROWS = 5_000;
const OUTBOX_POLL_MS = 200;

export async function untilOutboxIsShort(db: Knex, signal: AbortSignal): Promise<void> {
  while ((await countOutbox(db, OUTBOX_ROWS)) >= OUTBOX_ROWS) {
    await sleep(OUTBOX_POLL_MS, signal);
    signal.throwIfAborted();
  }
}
