import { execute, idBytes } from '@florin/database';
import { makeEvent } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { lockUsers } from '../sessions/index.ts';

/** `copiedVersion`: the version of the copy that is wrong; 0 if it is missing. */
export type WrongCopy = { userId: string; copiedVersion: number };

/**
 * Publishes the contacts of users again, each with a version above that of its copy: a database that was restored may be behind it.
 *
 * @returns the number of published events; erased users are left out
 */
export async function announceContacts(trx: Knex.Transaction, copies: readonly WrongCopy[]): Promise<number> {
  const versions = new Map(copies.map(({ userId, copiedVersion }) => [userId, copiedVersion]));
  const locked = copies.length === 0 ? [] : await lockUsers(trx, [...versions.keys()].map(idBytes));
  const announced = locked
    .filter(({ isErased }) => !isErased)
    .map(({ user, version }) => ({ user, version: Math.max(version, versions.get(user.id) ?? 0) + 1 }));
  for (const { user, version } of announced)
    await execute(trx, 'UPDATE users SET contact_version = ?, version = ?, updated_at = updated_at WHERE id = ?', [
      version,
      version,
      idBytes(user.id),
    ]);
  await appendEvents(
    trx,
    announced.map(({ user: { id: userId, email, name }, version }) =>
      makeEvent('contact-changed', { sequence: version, data: { userId, email, name } }),
    ),
  );
  return announced.length;
}
