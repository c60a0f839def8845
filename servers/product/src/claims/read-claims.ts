import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, idText, query, queryFirst, readRow, type StoredRowOf } from '@florin/database';
import { keysetPage, newestById, type Page, type PageRequest, siftedPage } from '@florin/pagination';
import type { Knex } from 'knex';
import {
  type Claim,
  type ClaimItem,
  type ClaimRefund,
  type ClaimStatus,
  claimItemsTable,
  plainClaims,
  presentClaim,
  type ShownClaim,
} from './claim.ts';
import { readPhotos } from './claim-photos.ts';
import type { RefundStatus } from './refund.ts';

type ClaimRow = StoredRowOf<typeof plainClaims>;

/**
 * @param options `ownerId`: the user who must own the claim; absent for staff
 * @throws AppError NOT_FOUND
 */
export async function readClaim(db: Knex, id: string, options: { ownerId?: string | undefined } = {}): Promise<ShownClaim> {
  const row = await queryFirst<ClaimRow>(db, `SELECT ${plainClaims.list} FROM claims WHERE id = ?`, [idBytes(id)]);
  const [claim] = row === undefined ? [] : await presentAll(db, [row]);
  if (claim === undefined || (options.ownerId !== undefined && options.ownerId !== claim.userId)) throw noClaim(id);
  return claim;
}

export function noClaim(id: string): AppError {
  return new AppError(requestErrors.NOT_FOUND, { detail: `There is no claim ${id}.` });
}

export type ClaimFilter = { userId?: string; purchaseId?: string; status?: ClaimStatus };

/** Maximum number of claims read for one page. */
const MAX_LOOKED_AT = 10_000;

/** Lists claims, newest first, along the index of a purchase, a user or a status. Further conditions are checked on the rows. */
export async function listClaims(db: Knex, filter: ClaimFilter, request: PageRequest): Promise<Page<ShownClaim>> {
  const { userId, purchaseId, status } = filter;
  const conditions = [
    ['claims_purchase', 'purchase_id', purchaseId && idBytes(purchaseId)],
    ['claims_user', 'user_id', userId && idBytes(userId)],
    ['claims_status', 'status', status],
  ] as const;
  const [first, ...others] = conditions.filter(([, , value]) => value !== undefined);
  const along = db(first === undefined ? 'claims' : db.raw('claims FORCE INDEX (??)', [first[0]]));
  if (first !== undefined) along.where(first[1], first[2] as Knex.Value);
  const rows = along.clone().select(plainClaims.cells.map(({ column }) => column));
  for (const [, column, value] of others) rows.where(column, value as Knex.Value);
  const page =
    others.length === 0
      ? await keysetPage<ClaimRow>(rows, newestById, request)
      : await siftedPage<ClaimRow>(
          { query: rows, along: along.select('id'), keyset: newestById, maxRows: MAX_LOOKED_AT },
          request,
        );
  return { ...page, rows: await presentAll(db, page.rows) };
}

async function presentAll(db: Knex, rows: readonly ClaimRow[]): Promise<ShownClaim[]> {
  const claims = rows.map((row) => readRow(plainClaims, row));
  const ids = claims.map(({ id }) => id);
  const [items, photos, refunds] = [await readClaimItems(db, ids), await readPhotos(db, ids), await readRefunds(db, ids)];
  return claims.map((claim: Claim) =>
    presentClaim(claim, { items: items.get(claim.id) ?? [], photos: photos.get(claim.id) ?? [], refund: refunds.get(claim.id) }),
  );
}

/** Reads the items of claims, by claim. */
export async function readClaimItems(db: Knex, claimIds: readonly string[]): Promise<Map<string, ClaimItem[]>> {
  const items = new Map<string, ClaimItem[]>(claimIds.map((id) => [id, []]));
  if (claimIds.length === 0) return items;
  const rows = await query<StoredRowOf<typeof claimItemsTable>>(
    db,
    `SELECT ${claimItemsTable.list} FROM claim_items WHERE claim_id IN (?) ORDER BY claim_id, product_id`,
    [claimIds.map(idBytes)],
  );
  for (const row of rows) {
    const { claimId, ...item } = readRow(claimItemsTable, row);
    items.get(claimId)?.push(item);
  }
  return items;
}

async function readRefunds(db: Knex, claimIds: readonly string[]): Promise<Map<string, ClaimRefund>> {
  if (claimIds.length === 0) return new Map();
  const rows = await query<{ claim_id: Buffer; status: RefundStatus; amount_minor: number }>(
    db,
    'SELECT claim_id, status, amount_minor FROM refunds WHERE claim_id IN (?)',
    [claimIds.map(idBytes)],
  );
  return new Map(rows.map(({ claim_id, status, amount_minor }) => [idText(claim_id), { status, amountMinor: amount_minor }]));
}
