import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, insertRows, queryOne } from '@florin/database';
import { makeEvent } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Content, findContent, type Image, imagesTable, ownersTable, showImage } from './image.ts';

const DAY_S = 86_400;

/**
 * Inserts an image whose file is stored, and publishes it. The lock of the owner's row serialises the uploads of a user, so that they
 * are counted, and makes them wait for their erasure. Returns the image with this content, which may be an earlier one.
 *
 * @throws AppError RATE_LIMITED, UNAUTHENTICATED if the owner was erased
 */
export async function insertImage(
  trx: Knex.Transaction,
  image: Image,
  { claimPhotosPerDay }: { claimPhotosPerDay: number },
): Promise<Image> {
  const { id: imageId, ownerId, purpose } = image;
  await lockOwner(trx, ownerId);
  const known = await findContent(trx, image);
  if (known !== undefined) return known;
  await assertQuota(trx, image, claimPhotosPerDay);
  await insertRows(trx, imagesTable, [image]);
  // Staff publish; what a buyer adds to a claim is no action of staff.
  if (purpose === 'product')
    await appendAuditEntry(trx, { actorId: ownerId, action: 'image.upload', subject: imageId, after: showImage(image) });
  await appendEvents(trx, [makeEvent('image-stored', { sequence: 1, data: { imageId, ownerId, purpose } })]);
  return image;
}

/** @throws AppError UNAUTHENTICATED if the owner was erased */
export async function lockOwner(trx: Knex.Transaction, userId: string): Promise<void> {
  await insertRows(trx, ownersTable, [{ userId, erasedAt: null }], { onDuplicateKey: 'user_id = image_owners.user_id' });
  const { erased_at: erasedAt } = await queryOne<{ erased_at: Date | null }>(
    trx,
    'SELECT erased_at FROM image_owners WHERE user_id = ? FOR UPDATE',
    [idBytes(userId)],
  );
  if (erasedAt !== null) throw new AppError(requestErrors.UNAUTHENTICATED);
}

/** @throws AppError RATE_LIMITED if the owner has uploaded the maximum of claim photos in the last 24 hours */
export async function assertQuota(db: Knex, { ownerId, purpose }: Content, claimPhotosPerDay: number): Promise<void> {
  if (purpose !== 'claim') return;
  const { photos, oldest_s: oldestS } = await queryOne<{ photos: number; oldest_s: number | null }>(
    db,
    `SELECT COUNT(*) AS photos, TIMESTAMPDIFF(SECOND, MIN(created_at), NOW(3)) AS oldest_s FROM images
      WHERE owner_id = ? AND purpose = 'claim' AND created_at > NOW(3) - INTERVAL 1 DAY`,
    [idBytes(ownerId)],
  );
  if (photos < claimPhotosPerDay) return;
  throw new AppError(requestErrors.RATE_LIMITED, {
    detail: `At most ${claimPhotosPerDay} claim photos are stored in 24 hours.`,
    headers: { 'Retry-After': String(Math.max(1, DAY_S - Number(oldestS ?? 0))) },
  });
}
