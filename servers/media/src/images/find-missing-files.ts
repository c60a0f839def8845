import { idBytes, idText, query } from '@florin/database';
import type { Knex } from 'knex';
import type { ImageStorage } from '../storage/index.ts';
import { ORIGINAL } from './image.ts';

const BATCH_SIZE = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Images whose file is missing, as a walk over all images found them. */
export type MissingFiles = {
  /** Looks at the next images. Returns the number of images without a file at the end of a walk; undefined before it. */
  next(): Promise<number | undefined>;
};

/** Walks over all images in steps, and begins again at the end. `onMissing` is called for each image without a file. */
export function findMissingFiles(db: Knex, storage: ImageStorage, onMissing: (imageId: string) => void): MissingFiles {
  let after = FIRST;
  let missing = 0;
  return {
    async next() {
      const rows = await query<{ id: Buffer }>(db, 'SELECT id FROM images WHERE id > ? ORDER BY id LIMIT ?', [
        idBytes(after),
        BATCH_SIZE,
      ]);
      for (const { id } of rows) {
        after = idText(id);
        if (await storage.has(after, ORIGINAL)) continue;
        // Erased meanwhile.
        const [still] = await query(db, 'SELECT 1 FROM images WHERE id = ?', [id]);
        if (still === undefined) continue;
        missing++;
        onMissing(after);
      }
      if (rows.length === BATCH_SIZE) return undefined;
      const found = missing;
      after = FIRST;
      missing = 0;
      return found;
    },
  };
}
