import { AssertionError } from 'node:assert';
import { isDataFault } from '@florin/runtime';

/** An event that can never be handled as it is: trying again will not help. */
export class PoisonError extends Error {
  override readonly name: string = 'PoisonError';
}

/** The cause of all dead letters that are foreign, whatever is wrong with each. */
export const FOREIGN = 'ForeignMessage';

/** A message that no producer of ours can have made: no value, no JSON, or no event of a type of ours. */
export class ForeignMessage extends PoisonError {
  override readonly name = FOREIGN;
}

/**
 * Whether what was thrown is the fault of the event itself: its schema, an assertion, a constraint, its data. All else (a
 * deadlock, a lost connection, a full disk, a missing column) may pass, and nothing is skipped for it.
 */
export function isEventsFault(error: unknown): boolean {
  return error instanceof PoisonError || error instanceof AssertionError || isDataFault(error);
}

const LONGEST_CAUSE = 200;

/** What faults have in common: the message without its ids and numbers. Many of one cause are a release gone wrong, not poison. */
export function causeOf(error: unknown): string {
  if (error instanceof ForeignMessage) return FOREIGN;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const [firstLine = ''] = message.split('\n');
  return `${name}: ${firstLine}`
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '#')
    .replaceAll(/X'[0-9a-f]*'|\d+/gi, '#')
    .slice(0, LONGEST_CAUSE);
}
