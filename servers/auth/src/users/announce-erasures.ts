import { idBytes } from '@florin/database';
import type { Knex } from 'knex';
import { appendUserEvents, lockUsers, userFact } from '../sessions/index.ts';

/**
 * Publishes the erasure of users again, for services that missed it. Consuming the event again has no effect.
 *
 * @returns the number of published events; users who are not erased are left out
 */
export async function announceErasures(trx: Knex.Transaction, userIds: readonly string[]): Promise<number> {
  const accounts = userIds.length === 0 ? [] : await lockUsers(trx, userIds.map(idBytes));
  const erased = accounts.filter(({ isErased }) => isErased);
  for (const account of erased) await appendUserEvents(trx, account, [userFact('user-erased', { userId: account.user.id })]);
  return erased.length;
}
