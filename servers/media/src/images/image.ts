import { column, defineTable, idBytes, query, type RowOf, readRow, type StoredRowOf } from '@florin/database';
import { id, named, wholeNumber } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import type { Format } from '../decoder/index.ts';

/** `product`: public. `claim`: for its owner and staff. */
export const purposes = ['product', 'claim'] as const;
export type Purpose = (typeof purposes)[number];

export type MediaType = `image/${Format}`;
export const mediaTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const satisfies readonly MediaType[];

export const imagesTable = defineTable('images', {
  id: column.id(),
  ownerId: column.id(),
  purpose: column.text<Purpose>('varchar(8)'),
  contentHash: column.bytes('binary(32)'),
  mediaType: column.text<MediaType>('varchar(16)'),
  width: column.integer('smallint unsigned'),
  height: column.integer('smallint unsigned'),
  bytes: column.integer('int unsigned'),
  createdAt: column.time().byDatabase(),
});

export type Image = Omit<RowOf<typeof imagesTable>, 'createdAt'>;
type ImageRow = StoredRowOf<typeof imagesTable>;

export const ownersTable = defineTable('image_owners', {
  userId: column.id(),
  erasedAt: column.time().orNull(),
});

export const deletedImagesTable = defineTable('deleted_images', {
  id: column.id(),
  deletedAt: column.time().byDatabase(),
});

/** The file of the image itself; the others are its sizes. */
export const ORIGINAL = 'original';

export async function findImage(db: Knex, imageId: string): Promise<Image | undefined> {
  const [row] = await query<ImageRow>(db, `SELECT ${imagesTable.list} FROM images WHERE id = ?`, [idBytes(imageId)]);
  return row && readRow(imagesTable, row);
}

/** What makes two uploads of an owner the same. */
export type Content = Pick<Image, 'ownerId' | 'purpose' | 'contentHash'>;

export async function findContent(db: Knex, { ownerId, purpose, contentHash }: Content): Promise<Image | undefined> {
  const [row] = await query<ImageRow>(
    db,
    `SELECT ${imagesTable.list} FROM images WHERE owner_id = ? AND purpose = ? AND content_hash = ?`,
    [idBytes(ownerId), purpose, contentHash],
  );
  return row && readRow(imagesTable, row);
}

export function showImage({ id: imageId, width, height, mediaType, bytes }: Image) {
  return { id: imageId, width, height, mediaType, bytes };
}

const size = {
  width: wholeNumber().min(1).required().description('In pixels'),
  height: wholeNumber().min(1).required().description('In pixels'),
  mediaType: Joi.string()
    .valid(...mediaTypes)
    .required(),
  bytes: wholeNumber().min(1).required().description('Size in bytes'),
};

export const imageSchema = named(
  'Image',
  Joi.object({ id: id().required().description('Its address is /v1/images/{id}'), ...size }),
);

export const imageDataSchema = named(
  'ImageData',
  Joi.object({
    id: id().required(),
    ...size,
    dataUrl: Joi.string().required().description('The image as a data URL (RFC 2397)'),
  }),
);
