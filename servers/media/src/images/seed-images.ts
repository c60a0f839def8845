import { createHash } from 'node:crypto';
import { idBytes, idText, insertRows, query, type Transact } from '@florin/database';
import { makeEvent } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import { appendAuditEntry, type CommandActor } from '@florin/runtime';
import { demoId } from '@florin/service';
import type { Knex } from 'knex';
import sharp from 'sharp';
import { type DemoImage, demoImages } from '../demo/index.ts';
import type { ImageStorage } from '../storage/index.ts';
import { type Image, imagesTable, ORIGINAL } from './image.ts';
import { lockOwner } from './insert-image.ts';

/** No user: nobody can erase it. */
const owner = demoId('images');

type Options = { db: Knex; transact: Transact; storage: ImageStorage; actor: CommandActor };

/** Draws the images of the demo catalogue that are missing, and writes an audit entry. Returns their number. */
export async function seedImages({ db, transact, storage, actor }: Options): Promise<number> {
  const known = await findKnown(db);
  const missing = demoImages.filter(({ id }) => !known.has(id));
  if (missing.length === 0) return 0;
  const drawn: Image[] = [];
  for (const one of missing) drawn.push(await draw(one, storage));
  return transact(async (trx) => {
    await lockOwner(trx, owner);
    const meanwhile = await findKnown(trx);
    const images = drawn.filter(({ id }) => !meanwhile.has(id));
    if (images.length === 0) return 0;
    await insertRows(trx, imagesTable, images);
    await appendAuditEntry(trx, { ...actor, action: 'image.seed', subject: 'demo', after: { images: images.length } });
    await appendEvents(
      trx,
      images.map(({ id: imageId, ownerId, purpose }) =>
        makeEvent('image-stored', { sequence: 1, data: { imageId, ownerId, purpose } }),
      ),
    );
    return images.length;
  });
}

async function findKnown(db: Knex): Promise<Set<string>> {
  const rows = await query<{ id: Buffer }>(db, 'SELECT id FROM images WHERE id IN (?)', [
    demoImages.map(({ id }) => idBytes(id)),
  ]);
  return new Set(rows.map(({ id }) => idText(id)));
}

/** The SVG is our own: the decoders of uploads read none. */
async function draw({ id, svg }: DemoImage, storage: ImageStorage): Promise<Image> {
  const { data, info } = await sharp(Buffer.from(svg)).png({ palette: true }).toBuffer({ resolveWithObject: true });
  await storage.put(id, ORIGINAL, data);
  const contentHash = createHash('sha256').update(svg).digest();
  const { width, height, size: bytes } = info;
  return { id, ownerId: owner, purpose: 'product', contentHash, mediaType: 'image/png', width, height, bytes };
}
