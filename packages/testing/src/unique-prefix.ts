import { newId } from '@florin/database';

/** Returns a prefix for topics and groups, so that tests can share a broker. */
export function uniquePrefix(name: string): string {
  return `${name}-${newId().slice(-12)}.`;
}
