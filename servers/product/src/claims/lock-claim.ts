import { idBytes, idText, lockById, queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import { type LockedPurchase, lockPurchase } from '../purchases/index.ts';
import { type Claim, plainClaims } from './claim.ts';
import { noClaim } from './read-claims.ts';

export type LockedClaim = { claim: Claim; purchase: LockedPurchase; lockedAt: Date };

/**
 * Locks a claim, and first its purchase: money and units of a purchase are counted under that lock.
 *
 * @throws AppError NOT_FOUND
 */
export async function lockClaim(trx: Knex.Transaction, id: string): Promise<LockedClaim> {
  const found = await queryFirst<{ purchase_id: Buffer }>(trx, 'SELECT purchase_id FROM claims WHERE id = ?', [idBytes(id)]);
  if (found === undefined) throw noClaim(id);
  const locked = await lockPurchase(trx, idText(found.purchase_id));
  const claim = await lockById(trx, plainClaims, id);
  if (claim === undefined) throw noClaim(id);
  return { claim, ...locked };
}
