import { AssertionError } from 'node:assert';
import { isDataFault } from '@florin/database';

/** An event that can never be handled as it is. A retry cannot succeed. */
export class PoisonError extends Error {
  override readonly name: string = 'PoisonError';
}

/** A message that no Florin producer can have made: without a value, not JSON, or without a known event type. */
export class ForeignMessage extends PoisonError {
  /** The `cause` of every foreign message in `dead_letters`. */
  static readonly cause = 'ForeignMessage';
  override readonly name = ForeignMessage.cause;
}

/** A message without the valid signature of a Florin producer. */
export class ForgedEvent extends PoisonError {
  /** The `cause` of every forged event in `dead_letters`. */
  static readonly cause = 'ForgedEvent';
  override readonly name = ForgedEvent.cause;
}

/** The causes of messages that block no key, because no Florin producer made them. */
export const rejectedCauses: readonly string[] = [ForeignMessage.cause, ForgedEvent.cause];

/** This process lacks the key that signed a message. The partition waits until the key is configured. */
export class UnknownSigningKey extends Error {
  override readonly name = 'UnknownSigningKey';
}

/**
 * Whether an error is caused by the event itself: its schema, an assertion, a constraint, its data. Every other error (a deadlock,
 * a lost connection, a full disk, a missing column) is transient: it is retried, and no event is skipped.
 */
export function isPoison(error: unknown): boolean {
  return error instanceof PoisonError || error instanceof AssertionError || isDataFault(error);
}

const MAX_CAUSE_LENGTH = 200;

/** The error's name and message without ids and numbers, so that equal faults of different events have equal causes. */
export function causeOf(error: unknown): string {
  if (error instanceof ForeignMessage) return ForeignMessage.cause;
  if (error instanceof ForgedEvent) return ForgedEvent.cause;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const [firstLine = ''] = message.split('\n');
  return `${name}: ${firstLine}`
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '#')
    .replaceAll(/X'[0-9a-f]*'|\d+/gi, '#')
    .slice(0, MAX_CAUSE_LENGTH);
}
