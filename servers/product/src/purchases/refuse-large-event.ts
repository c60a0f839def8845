import { AppError } from '@florin/app-response';
import type { OutgoingEvent } from '@florin/events';
import { eventBytes, eventMaxBytesOf } from '@florin/messaging';
import type { Knex } from 'knex';
import { purchaseErrors } from './errors.ts';

/** Checks the size of an event with text of clients or products, before anything is written. */
export function refuseLargeEvent(trx: Knex.Transaction, outgoing: OutgoingEvent): AppError | undefined {
  const bytes = eventBytes(outgoing);
  const maxBytes = eventMaxBytesOf(trx);
  if (bytes <= maxBytes) return undefined;
  return new AppError(purchaseErrors.PURCHASE_TOO_LARGE, {
    detail: `The event ${outgoing.event.type} would have ${bytes} bytes; at most ${maxBytes} are allowed. Send fewer items or less text.`,
  });
}
