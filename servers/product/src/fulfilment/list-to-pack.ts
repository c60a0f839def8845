import { databaseTime, idText } from '@florin/database';
import { keysetPage, oldestById, type Page, type PageRequest } from '@florin/pagination';
import { named } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { type Purchase, type PurchaseRow, purchaseColumns, purchaseSchema, withItems } from '../purchases/index.ts';
import { type Packing, packingSchema, presentPacking, readPackingClaims } from './claim-packing.ts';

/** A paid purchase, and who packs it. */
export type PurchaseToPack = { purchase: Purchase; packing?: Packing };

export const purchaseToPackSchema = named(
  'PurchaseToPack',
  Joi.object({
    purchase: purchaseSchema.required(),
    packing: packingSchema.description('Who packs it. Absent if nobody does, also after the claim was released'),
  }),
);

/** Lists the paid purchases, the oldest first, along the index of their status. */
export async function listToPack(db: Knex, request: PageRequest): Promise<Page<PurchaseToPack>> {
  const query = db(db.raw('purchases FORCE INDEX (purchases_status)')).select(db.raw(purchaseColumns)).where({ status: 'paid' });
  const page = await keysetPage<PurchaseRow>(query, oldestById, request);
  return { ...page, rows: await withPacking(db, page.rows) };
}

/** Adds the items and the claims, except released ones. */
async function withPacking(db: Knex, rows: readonly PurchaseRow[]): Promise<PurchaseToPack[]> {
  const ids = rows.map(({ id }) => idText(id));
  const [purchases, claims] = [await withItems(db, rows), await readPackingClaims(db, ids)];
  const packings = new Map(claims.map((claim) => [claim.purchaseId, presentPacking(claim)]));
  const now = packings.size === 0 ? '' : (await databaseTime(db)).toISOString();
  return purchases.map((purchase) => {
    const packing = packings.get(purchase.id);
    return packing === undefined || packing.releasedAt <= now ? { purchase } : { purchase, packing };
  });
}
