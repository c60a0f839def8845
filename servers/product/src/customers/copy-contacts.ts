import { execute, idBytes, insertRows, query, type RowOf } from '@florin/database';
import type { Event } from '@florin/events';
import type { Knex } from 'knex';
import { findErased } from '../erased-users/index.ts';
import { contactKeysTable, contactsTable } from './contacts-tables.ts';
import { searchKeysOf } from './search-keys.ts';

type Contact = RowOf<typeof contactsTable>;

/**
 * Copies contacts. The newest version wins, in any order of events. No contact of an erased user is kept, also if its event comes
 * after the erasure: both are on topics of their own.
 *
 * The rows are locked before the erasures are read, because the trigger deletes them after the erasure was written: of two concurrent
 * transactions the later one sees the other's row. The keys are written last, in their order, for the contacts that have changed.
 */
export async function copyContacts(trx: Knex.Transaction, events: readonly Event<'contact-changed'>[]): Promise<void> {
  const sent = [...newestOf(events).values()].sort((a, b) => (a.userId < b.userId ? -1 : 1));
  await insertRows(trx, contactsTable, sent, { onDuplicateKey: newerVersionWins });
  const userIds = sent.map(({ userId }) => userId);
  const erased = await findErased(trx, userIds);
  if (erased.size > 0) await execute(trx, 'DELETE FROM contacts WHERE user_id IN (?)', [[...erased].sort().map(idBytes)]);
  const stored = await readVersions(trx, userIds);
  await replaceKeys(
    trx,
    sent.filter(({ userId, version }) => stored.get(userId) === version),
  );
}

/** Sets `version` last, because the other assignments compare with the stored version. */
const newerVersionWins = `email = IF(VALUES(version) > version, VALUES(email), email),
  name = IF(VALUES(version) > version, VALUES(name), name), version = GREATEST(version, VALUES(version))`;

function newestOf(events: readonly Event<'contact-changed'>[]): Map<string, Contact> {
  const newest = new Map<string, Contact>();
  for (const { data, sequence } of events) {
    const version = Number(sequence);
    if ((newest.get(data.userId)?.version ?? -1) < version) newest.set(data.userId, { ...data, version });
  }
  return newest;
}

async function readVersions(trx: Knex.Transaction, userIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await query<{ user_id: Buffer; version: number }>(
    trx,
    'SELECT user_id, version FROM contacts WHERE user_id IN (?)',
    [userIds.map(idBytes)],
  );
  const versions = new Map(rows.map(({ user_id, version }) => [user_id.toString('hex'), version]));
  return new Map(userIds.map((userId) => [userId, versions.get(userId.replaceAll('-', '')) ?? -1]));
}

async function replaceKeys(trx: Knex.Transaction, contacts: readonly Contact[]): Promise<void> {
  if (contacts.length === 0) return;
  await execute(trx, 'DELETE FROM contact_keys WHERE user_id IN (?)', [contacts.map(({ userId }) => idBytes(userId))]);
  const keys = contacts.flatMap((contact) => searchKeysOf(contact).map((searchKey) => ({ searchKey, userId: contact.userId })));
  await insertRows(
    trx,
    contactKeysTable,
    keys.sort((a, b) => (a.searchKey < b.searchKey ? -1 : 1)),
  );
}
