import type { Knex } from 'knex';
import { findUnseen, imageIdOf } from '../images/index.ts';
import type { ImportRow } from './import-row.ts';

/** Marks the uploaded images of rows that are not known as faults. A product that has the image already keeps it. */
export async function withoutUnseenImages(trx: Knex.Transaction, rows: readonly ImportRow[]): Promise<ImportRow[]> {
  const named = rows.flatMap(({ fields }) => imageIdsOf(fields).map(({ imageId }) => imageId));
  const unseen = await findUnseen(trx, [...new Set(named)], { purpose: 'product' });
  return rows.map((row) => {
    const faults = imageIdsOf(row.fields).filter(({ imageId }) => unseen.has(imageId));
    if (faults.length === 0) return row;
    const faulty = new Set(faults.map(({ field }) => field));
    return {
      ...row,
      fields: Object.fromEntries(Object.entries(row.fields).filter(([field]) => !faulty.has(field))),
      faults: [
        ...row.faults,
        ...faults.map(({ field, imageId }) => ({
          path: field,
          message: `${field} names the image ${imageId}, which is not known`,
        })),
      ],
    };
  });
}

function imageIdsOf({ images, imageUrl }: ImportRow['fields']): { field: string; imageId: string }[] {
  const addresses = [
    ...(images ?? []).map(({ url }) => ({ field: 'images', url })),
    ...(typeof imageUrl === 'string' ? [{ field: 'imageUrl', url: imageUrl }] : []),
  ];
  return addresses.flatMap(({ field, url }) => {
    const imageId = imageIdOf(url);
    return imageId === undefined ? [] : { field, imageId };
  });
}
