import { AppError, requestErrors } from '@florin/app-response';
import { requireOther } from '@florin/auth-middleware';
import { column, defineTable, idBytes, insertRows, query, type RowOf, readRow, type StoredRowOf } from '@florin/database';
import { appendAuditEntry } from '@florin/runtime';
import { id, named, time } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { lockPurchase } from '../purchases/index.ts';
import { fulfilmentErrors } from './errors.ts';

/** Seconds after which a packing claim is released. */
export const CLAIM_S = 3_600;

export const packingClaimsTable = defineTable('packing_claims', {
  purchaseId: column.id(),
  packerId: column.id(),
  claimedAt: column.time(),
});

/** Who packs a purchase, as the API shows it. */
export type Packing = { packerId: string; claimedAt: string; releasedAt: string };

export const packingSchema = named(
  'Packing',
  Joi.object({
    packerId: id().required(),
    claimedAt: time().required(),
    releasedAt: time().required().description('From then on, somebody else may claim it'),
  }),
).description('Who packs the purchase');

/**
 * Claims the packing of a paid purchase. Claiming again answers with the same claim. An audit entry says who packs.
 *
 * @throws AppError NOT_FOUND, OWN_ACCOUNT, INVALID_TRANSITION if the purchase is not paid, PACKED_BY_ANOTHER for an hour after the
 *   claim of another
 */
export async function claimPacking(
  trx: Knex.Transaction,
  { purchaseId, by }: { purchaseId: string; by: string },
): Promise<Packing> {
  const { purchase, lockedAt } = await lockPurchase(trx, purchaseId);
  requireOther(by, purchase.userId);
  if (purchase.status !== 'paid')
    throw new AppError(requestErrors.INVALID_TRANSITION, { detail: `A purchase that is ${purchase.status} is not packed.` });
  const [claim] = await readPackingClaims(trx, [purchaseId]);
  const leftMs = claim === undefined ? 0 : claim.claimedAt.getTime() + CLAIM_S * 1_000 - lockedAt.getTime();
  if (claim !== undefined && leftMs > 0) {
    if (claim.packerId === by) return presentPacking(claim);
    throw new AppError(fulfilmentErrors.PACKED_BY_ANOTHER, { headers: { 'Retry-After': String(Math.ceil(leftMs / 1_000)) } });
  }
  const claimed = { purchaseId, packerId: by, claimedAt: lockedAt };
  const onDuplicateKey = 'packer_id = VALUES(packer_id), claimed_at = VALUES(claimed_at)';
  await insertRows(trx, packingClaimsTable, [claimed], { onDuplicateKey });
  await appendAuditEntry(trx, { actorId: by, action: 'purchase.claim-packing', subject: purchaseId });
  return presentPacking(claimed);
}

export type PackingClaim = RowOf<typeof packingClaimsTable>;

/** Reads the claims of purchases, released ones too. */
export async function readPackingClaims(db: Knex, purchaseIds: readonly string[]): Promise<PackingClaim[]> {
  if (purchaseIds.length === 0) return [];
  const rows = await query<StoredRowOf<typeof packingClaimsTable>>(
    db,
    `SELECT ${packingClaimsTable.list} FROM packing_claims WHERE purchase_id IN (?)`,
    [purchaseIds.map(idBytes)],
  );
  return rows.map((row) => readRow(packingClaimsTable, row));
}

export function presentPacking({ packerId, claimedAt }: PackingClaim): Packing {
  const releasedAt = new Date(claimedAt.getTime() + CLAIM_S * 1_000);
  return { packerId, claimedAt: claimedAt.toISOString(), releasedAt: releasedAt.toISOString() };
}
