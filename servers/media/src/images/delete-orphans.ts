import { idBytes, idText, isId, query } from '@florin/database';
import type { Knex } from 'knex';
import type { ImageStorage } from '../storage/index.ts';

/** Milliseconds that files may be without a row: the upload is under way, or its process died between file and row. */
const ORPHAN_MS = 3_600_000;
const BATCH_SIZE = 500;

type Options = { part: number; now?: Date };

/** Deletes the files without a row in one part of the storage. Returns the number of images. */
export async function deleteOrphans(db: Knex, storage: ImageStorage, { part, now = new Date() }: Options): Promise<number> {
  let deleted = 0;
  let batch: string[] = [];
  const deleteBatch = async (): Promise<void> => {
    const known = await findKnown(db, batch);
    const orphans = batch.filter((imageId) => !known.has(imageId));
    batch = [];
    for (const imageId of orphans) await storage.deleteImage(imageId);
    deleted += orphans.length;
  };
  for await (const { imageId, changedAt } of storage.listPart(part)) {
    if (!isId(imageId) || changedAt.getTime() > now.getTime() - ORPHAN_MS) continue;
    batch.push(imageId);
    if (batch.length === BATCH_SIZE) await deleteBatch();
  }
  await deleteBatch();
  return deleted;
}

async function findKnown(db: Knex, imageIds: readonly string[]): Promise<Set<string>> {
  if (imageIds.length === 0) return new Set();
  const rows = await query<{ id: Buffer }>(db, 'SELECT id FROM images WHERE id IN (?)', [imageIds.map(idBytes)]);
  return new Set(rows.map(({ id }) => idText(id)));
}
