import { column, defineTable, idBytes, insertRows, query, readRow, type StoredRowOf } from '@florin/database';
import { id, list, named } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { addressOf, requireSeen } from '../images/index.ts';

const MAX_PHOTOS = 5;

export const claimPhotosTable = defineTable('claim_photos', {
  /** The claim or the message. */
  sourceId: column.id(),
  position: column.integer('tinyint unsigned'),
  claimId: column.id(),
  imageId: column.id(),
});

export type ClaimPhoto = { imageId: string; url: string };

export const photosField = list(MAX_PHOTOS)
  .items(id())
  .unique()
  .description("Ids of images that the claim's buyer uploaded with the purpose claim");

export const shownPhotos = Joi.array()
  .items(named('ClaimPhoto', Joi.object({ imageId: id().required(), url: Joi.string().required() })))
  .description('The photos, for the buyer and staff. They are deleted with the buyer');

type Source = { sourceId: string; claimId: string; ownerId: string };

/**
 * Stores the photos of a claim or of a message.
 *
 * @throws AppError IMAGE_UNKNOWN
 */
export async function insertPhotos(
  trx: Knex.Transaction,
  photos: readonly string[],
  { sourceId, claimId, ownerId }: Source,
): Promise<void> {
  if (photos.length === 0) return;
  await requireSeen(trx, photos, { purpose: 'claim', ownerId });
  const rows = photos.map((imageId, position) => ({ sourceId, position, claimId, imageId }));
  await insertRows(trx, claimPhotosTable, rows);
}

/** Reads the photos of claims or messages, by the id of the claim or message. */
export async function readPhotos(db: Knex, sourceIds: readonly string[]): Promise<Map<string, ClaimPhoto[]>> {
  if (sourceIds.length === 0) return new Map();
  const rows = await query<StoredRowOf<typeof claimPhotosTable>>(
    db,
    `SELECT ${claimPhotosTable.list} FROM claim_photos WHERE source_id IN (?) ORDER BY source_id, position`,
    [sourceIds.map(idBytes)],
  );
  const photos = rows.map((row) => readRow(claimPhotosTable, row));
  const bySource = Map.groupBy(photos, ({ sourceId }) => sourceId);
  return new Map([...bySource].map(([sourceId, all]) => [sourceId, all.map(({ imageId }) => photoOf(imageId))]));
}

export function photoOf(imageId: string): ClaimPhoto {
  return { imageId, url: addressOf(imageId) };
}
