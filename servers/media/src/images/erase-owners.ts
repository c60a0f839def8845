import { execute, idBytes, insertRows } from '@florin/database';
import type { Event } from '@florin/events';
import type { Knex } from 'knex';
import { ownersTable } from './image.ts';

const BATCH_SIZE = 500;

/**
 * Deletes the claim photos of erased users, and remembers the users: an upload under way finds them erased. The files are deleted by a
 * periodic job. Images of products are the shop's, and stay.
 */
export async function eraseOwners(trx: Knex.Transaction, events: readonly Event<'user-erased'>[]): Promise<void> {
  // In key order, so that two concurrent inserts cannot deadlock.
  const userIds = [...new Set(events.map(({ data }) => data.userId))].sort();
  const erasedAt = new Date();
  await insertRows(
    trx,
    ownersTable,
    userIds.map((userId) => ({ userId, erasedAt })),
    { onDuplicateKey: 'erased_at = COALESCE(image_owners.erased_at, VALUES(erased_at))' },
  );
  const photos = await photosOf(trx, userIds);
  for (let at = 0; at < photos.length; at += BATCH_SIZE) {
    const ids = photos.slice(at, at + BATCH_SIZE);
    await execute(trx, 'INSERT INTO deleted_images (id) SELECT id FROM images WHERE id IN (?)', [ids]);
    await execute(trx, 'DELETE FROM images WHERE id IN (?)', [ids]);
  }
}

function photosOf(trx: Knex.Transaction, userIds: readonly string[]): Promise<Buffer[]> {
  return trx('images').whereIn('owner_id', userIds.map(idBytes)).where('purpose', 'claim').orderBy('id').pluck('id');
}
