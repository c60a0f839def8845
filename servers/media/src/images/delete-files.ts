import { execute, idBytes, idText, query } from '@florin/database';
import type { Knex } from 'knex';
import type { ImageStorage } from '../storage/index.ts';

const BATCH_SIZE = 100;

/** Deletes the files of deleted images. Returns whether there may be more. Another instance may do the same at the same time. */
export async function deleteFiles(db: Knex, storage: ImageStorage): Promise<boolean> {
  const rows = await query<{ id: Buffer }>(db, 'SELECT id FROM deleted_images ORDER BY id LIMIT ?', [BATCH_SIZE]);
  const faults: unknown[] = [];
  // One file that cannot be deleted does not keep those behind it.
  for (const imageId of rows.map(({ id }) => idText(id))) {
    try {
      await storage.deleteImage(imageId);
      await execute(db, 'DELETE FROM deleted_images WHERE id = ?', [idBytes(imageId)]);
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} of ${rows.length} images were not deleted`);
  return rows.length === BATCH_SIZE;
}
