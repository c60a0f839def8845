import { AppError, type FieldError, requestErrors } from '@florin/app-response';
import { idBytes, idText, insertRows, newIdAt, query, queryFirst, queryOne } from '@florin/database';
import { type KeyedRequest, requestHash } from '@florin/http';
import type { Knex } from 'knex';
import { findErased } from '../erased-users/index.ts';
import { type LockedPurchase, lockPurchase, readItems } from '../purchases/index.ts';
import { type ClaimItem, type ClaimReason, claimItemsTable, claimsTable } from './claim.ts';
import { insertPhotos } from './claim-photos.ts';
import { claimErrors } from './errors.ts';

const DAY_MS = 86_400_000;

/** Maximum number of claims of one purchase, ended ones included. */
const MAX_CLAIMS = 100;

/** `photos`: ids of images. */
export type WantedClaim = { items: ClaimItem[]; reason: ClaimReason; text?: string; photos?: string[] };
export type NewClaim = KeyedRequest & WantedClaim & { purchaseId: string; userId: string; claimDays: number };

/**
 * Opens a claim about units of a delivered purchase. The lock of the purchase serializes its claims. Text and photos are not
 * stored if the buyer was erased.
 *
 * @returns the claim's id
 * @throws AppError NOT_FOUND for another user's purchase; INVALID_TRANSITION if it is not delivered; CLAIM_WINDOW_OVER;
 *   VALIDATION_FAILED for more units than were bought; CLAIM_EXCEEDS_PURCHASE; TOO_MANY_CLAIMS; IMAGE_UNKNOWN; a duplicate-key error if the user has
 *   used the idempotency key before
 */
export async function createClaim(trx: Knex.Transaction, wanted: NewClaim): Promise<string> {
  const { purchaseId, userId, items, reason, idempotencyKey, sentHash = null } = wanted;
  const { purchase, lockedAt: at } = await lockPurchase(trx, purchaseId, { ownerId: userId });
  await assertInTime(trx, purchase, { at, claimDays: wanted.claimDays });
  await assertUnits(trx, purchaseId, items);
  const { text, photos = [] } = wanted;
  const erased = await findErased(trx, text === undefined && photos.length === 0 ? [] : [userId]);
  const id = newIdAt(at);
  await insertRows(trx, claimsTable, [
    {
      ...undecided,
      id,
      purchaseId,
      userId,
      reason,
      text: erased.has(userId) ? null : (text ?? null),
      idempotencyKey,
      requestHash: hashClaim(wanted),
      sentHash,
      createdAt: at,
      updatedAt: at,
    },
  ]);
  await insertRows(
    trx,
    claimItemsTable,
    items.map(({ productId, quantity }) => ({ claimId: id, productId, quantity })),
  );
  if (!erased.has(userId)) await insertPhotos(trx, photos, { sourceId: id, claimId: id, ownerId: userId });
  return id;
}

const undecided = {
  status: 'open' as const,
  refundMinor: null,
  restock: null,
  returnRequired: null,
  rejection: null,
  decidedBy: null,
  decidedAt: null,
  receivedBy: null,
  receivedAt: null,
};

/** The `request_hash` of claims. The order of the items is ignored. Without photos it is that of releases that know none. */
export function hashClaim({ purchaseId, items, reason, text, photos }: Readonly<Record<string, unknown>>): Buffer {
  const units = (Array.isArray(items) ? items : []) as readonly Partial<ClaimItem>[];
  const sorted = units
    .map(({ productId, quantity }) => [String(productId).toLowerCase(), quantity] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return requestHash([purchaseId, sorted, reason, text, ...(photos === undefined ? [] : [photos])]);
}

async function assertInTime(
  trx: Knex.Transaction,
  { id, status }: LockedPurchase,
  { at, claimDays }: { at: Date; claimDays: number },
): Promise<void> {
  if (status !== 'delivered')
    throw new AppError(requestErrors.INVALID_TRANSITION, { detail: `A purchase that is ${status} cannot be claimed.` });
  const delivered = await queryFirst<{ at: Date }>(
    trx,
    "SELECT at FROM purchase_timeline WHERE purchase_id = ? AND type = 'purchase-delivered' ORDER BY at, id LIMIT 1",
    [idBytes(id)],
  );
  const until = new Date((delivered?.at ?? at).getTime() + claimDays * DAY_MS);
  if (at > until)
    throw new AppError(claimErrors.CLAIM_WINDOW_OVER, { detail: `Claims were possible until ${until.toISOString()}.` });
}

async function assertUnits(trx: Knex.Transaction, purchaseId: string, items: readonly ClaimItem[]): Promise<void> {
  const bought = new Map(
    ((await readItems(trx, [purchaseId])).get(purchaseId) ?? []).map(({ productId, quantity }) => [productId, quantity]),
  );
  const errors = items.flatMap(({ productId, quantity }, index): FieldError[] => {
    const most = bought.get(productId);
    if (most === undefined)
      return [{ path: `items[${index}].productId`, message: `items[${index}].productId must be a product of the purchase` }];
    if (quantity <= most) return [];
    return [{ path: `items[${index}].quantity`, message: `items[${index}].quantity must be at most ${most}, as bought` }];
  });
  if (errors.length > 0) throw new AppError(requestErrors.VALIDATION_FAILED, { errors });
  const { claims } = await queryOne<{ claims: number }>(trx, 'SELECT COUNT(*) AS claims FROM claims WHERE purchase_id = ?', [
    idBytes(purchaseId),
  ]);
  if (claims >= MAX_CLAIMS) throw new AppError(claimErrors.TOO_MANY_CLAIMS);
  const claimed = await readClaimed(trx, purchaseId);
  for (const { productId, quantity } of items) {
    const claimable = (bought.get(productId) ?? 0) - (claimed.get(productId) ?? 0);
    if (quantity > claimable)
      throw new AppError(claimErrors.CLAIM_EXCEEDS_PURCHASE, {
        detail: `Of product ${productId}, ${claimable} can still be claimed; ${quantity} requested.`,
        extensions: { productId, claimable },
      });
  }
}

/** Reads the units in open and approved claims, by product. */
async function readClaimed(trx: Knex.Transaction, purchaseId: string): Promise<Map<string, number>> {
  const rows = await query<{ product_id: Buffer; units: string }>(
    trx,
    `SELECT i.product_id, SUM(i.quantity) AS units FROM claims c JOIN claim_items i ON i.claim_id = c.id
      WHERE c.purchase_id = ? AND c.status IN ('open', 'awaiting-return', 'approved') GROUP BY i.product_id`,
    [idBytes(purchaseId)],
  );
  return new Map(rows.map(({ product_id, units }) => [idText(product_id), Number(units)]));
}
