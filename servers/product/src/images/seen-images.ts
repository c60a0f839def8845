import { AppError } from '@florin/app-response';
import { column, defineTable, execute, idBytes, idText, insertRows, query } from '@florin/database';
import type { Event } from '@florin/events';
import type { Knex } from 'knex';
import { findErased } from '../erased-users/index.ts';
import { imageErrors } from './errors.ts';

type Purpose = 'product' | 'claim';

export const seenImagesTable = defineTable('seen_images', {
  id: column.id(),
  ownerId: column.id(),
  purpose: column.text<Purpose>('varchar(8)'),
  seenAt: column.time().byDatabase(),
});

const known: readonly string[] = ['product', 'claim'] satisfies Purpose[];

/**
 * Remembers uploaded images. No claim photo of an erased user is kept, also if its event comes after the erasure: both are on topics of
 * their own. The rows are inserted before the erasures are read, because the trigger deletes them after the erasure was written: of two
 * concurrent transactions the later one sees the other's row.
 */
export async function recordImages(trx: Knex.Transaction, events: readonly Event<'image-stored'>[]): Promise<void> {
  const images = events.map(({ data }) => data).filter(({ purpose }) => known.includes(purpose));
  await rememberImages(
    trx,
    images.map(({ imageId, ...image }) => ({ id: imageId, ...image })),
  );
  const owners = [...new Set(images.filter(({ purpose }) => purpose === 'claim').map(({ ownerId }) => ownerId))];
  const erased = await findErased(trx, owners.sort());
  if (erased.size > 0)
    await execute(trx, "DELETE FROM seen_images WHERE owner_id IN (?) AND purpose = 'claim'", [[...erased].sort().map(idBytes)]);
}

type SeenImage = { id: string; ownerId: string; purpose: Purpose };

/** Stores images as seen. Without effect on those that are. */
export async function rememberImages(trx: Knex.Transaction, images: readonly SeenImage[]): Promise<void> {
  // In key order, so that two concurrent inserts cannot deadlock.
  const rows = [...new Map(images.map((image) => [image.id, image])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  await insertRows(trx, seenImagesTable, rows, { onDuplicateKey: 'id = seen_images.id' });
}

type Wanted = { purpose: Purpose; ownerId?: string };

/** Finds the images that have not been seen with this purpose and, for claims, this owner. */
export async function findUnseen(
  trx: Knex.Transaction,
  imageIds: readonly string[],
  { purpose, ownerId }: Wanted,
): Promise<Set<string>> {
  if (imageIds.length === 0) return new Set();
  const rows = await query<{ id: Buffer }>(
    trx,
    `SELECT id FROM seen_images WHERE id IN (?) AND purpose = ?${ownerId === undefined ? '' : ' AND owner_id = ?'}`,
    [imageIds.map(idBytes), purpose, ...(ownerId === undefined ? [] : [idBytes(ownerId)])],
  );
  const seen = new Set(rows.map(({ id }) => idText(id)));
  return new Set(imageIds.filter((imageId) => !seen.has(imageId)));
}

/** @throws AppError IMAGE_UNKNOWN with Retry-After, because the upload of an image may be on its way */
export async function requireSeen(trx: Knex.Transaction, imageIds: readonly string[], wanted: Wanted): Promise<void> {
  const [unseen] = await findUnseen(trx, imageIds, wanted);
  if (unseen === undefined) return;
  throw new AppError(imageErrors.IMAGE_UNKNOWN, {
    detail: `There is no image ${unseen} of the purpose ${wanted.purpose}${wanted.ownerId === undefined ? '' : ' of this buyer'}.`,
    headers: { 'Retry-After': '1' },
  });
}
