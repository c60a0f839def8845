import { AppError, requestErrors } from '@florin/app-response';
import { requireOther } from '@florin/auth-middleware';
import { pickFields, type RowOf, updateByKey } from '@florin/database';
import { appendEvents } from '@florin/messaging';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { findErased } from '../erased-users/index.ts';
import { returnClaimed } from '../stock/index.ts';
import { type Claim, type ClaimStatus, claimsTable } from './claim.ts';
import { type Approval, onApprove, onEnd, onReceive, type Step } from './decide-claim.ts';
import { type LockedClaim, lockClaim } from './lock-claim.ts';
import { noClaim, readClaimItems } from './read-claims.ts';
import { assertRefundable, assertRoom, requestRefund } from './request-refund.ts';

type ByStaff = { claimId: string; by: string };
type WithReview = ByStaff & { reviewAboveMinor: number };

/**
 * Approves a claim. Money and stock move at once, or when the parcel is received. The amount of a required return is reserved.
 *
 * @throws AppError NOT_FOUND, OWN_ACCOUNT, INVALID_TRANSITION, REFUND_EXCEEDS_CHARGE, TOO_MANY_REFUNDS
 */
export async function approveClaim(trx: Knex.Transaction, approval: WithReview & Approval): Promise<void> {
  const { claimId, by, refundMinor, restock, returnRequired } = approval;
  const locked = await lockForStaff(trx, approval);
  const values = { refundMinor, restock, returnRequired };
  if (!mayGo(onApprove(locked.claim, values), locked.claim, 'be approved with these values')) return;
  const decided = { ...values, decidedBy: by, decidedAt: locked.lockedAt };
  if (returnRequired) {
    if (refundMinor > 0) {
      assertRefundable(locked.purchase);
      await assertRoom(trx, locked.purchase, { amountMinor: refundMinor, claimId });
    }
    await writeClaim(trx, locked, { ...decided, status: 'awaiting-return' });
    return auditClaim(trx, locked.claim, { by, action: 'claim.approve', after: { status: 'awaiting-return', ...values } });
  }
  await writeClaim(trx, locked, { ...decided, status: 'approved' });
  await auditClaim(trx, locked.claim, { by, action: 'claim.approve', after: { status: 'approved', ...values } });
  await carryOut(trx, locked, { ...approval, requestedBy: by });
}

/**
 * Records that the returned parcel arrived: money and stock move.
 *
 * @throws AppError NOT_FOUND, OWN_ACCOUNT, INVALID_TRANSITION, REFUND_EXCEEDS_CHARGE, TOO_MANY_REFUNDS
 */
export async function receiveClaim(trx: Knex.Transaction, arrival: WithReview): Promise<void> {
  const { by } = arrival;
  const locked = await lockForStaff(trx, arrival);
  const { claim, lockedAt } = locked;
  if (!mayGo(onReceive(claim), claim, 'be received')) return;
  await writeClaim(trx, locked, { status: 'approved', receivedBy: by, receivedAt: lockedAt });
  await auditClaim(trx, claim, { by, action: 'claim.receive', after: { status: 'approved' } });
  const { refundMinor, restock, decidedBy } = claim;
  await carryOut(trx, locked, {
    ...arrival,
    requestedBy: decidedBy ?? by,
    refundMinor: refundMinor ?? 0,
    restock: restock ?? false,
  });
}

/**
 * Rejects an open claim. The reason is not stored if the buyer was erased.
 *
 * @throws AppError NOT_FOUND, OWN_ACCOUNT, INVALID_TRANSITION
 */
export async function rejectClaim(trx: Knex.Transaction, { reason, ...by }: ByStaff & { reason: string }): Promise<void> {
  const locked = await lockForStaff(trx, by);
  const { claim, lockedAt } = locked;
  if (!mayGo(onEnd(claim, 'rejected'), claim, 'be rejected')) return;
  const erased = await findErased(trx, [claim.userId]);
  const rejection = erased.has(claim.userId) ? null : reason;
  await writeClaim(trx, locked, { status: 'rejected', rejection, decidedBy: by.by, decidedAt: lockedAt });
  await auditClaim(trx, claim, { by: by.by, action: 'claim.reject', after: { status: 'rejected' } });
}

/**
 * Withdraws the buyer's open claim.
 *
 * @throws AppError NOT_FOUND for another user's claim, INVALID_TRANSITION
 */
export async function withdrawClaim(
  trx: Knex.Transaction,
  { claimId, userId }: { claimId: string; userId: string },
): Promise<void> {
  const locked = await lockClaim(trx, claimId);
  if (locked.claim.userId !== userId) throw noClaim(claimId);
  if (mayGo(onEnd(locked.claim, 'withdrawn'), locked.claim, 'be withdrawn'))
    await writeClaim(trx, locked, { status: 'withdrawn' });
}

async function lockForStaff(trx: Knex.Transaction, { claimId, by }: ByStaff): Promise<LockedClaim> {
  const locked = await lockClaim(trx, claimId);
  requireOther(by, locked.claim.userId);
  return locked;
}

/** @throws AppError INVALID_TRANSITION */
function mayGo(step: Step, { status }: Claim, what: string): boolean {
  if (step === 'refused')
    throw new AppError(requestErrors.INVALID_TRANSITION, { detail: `A claim that is ${status} cannot ${what}.` });
  return step === 'go';
}

/** `requestedBy`: who chose the amount. Another member of staff must review a large one. */
type Outcome = WithReview & Pick<Approval, 'refundMinor' | 'restock'> & { requestedBy: string };

/** Stock first, then the refund's events: products are locked before the outbox. */
async function carryOut(
  trx: Knex.Transaction,
  { purchase, lockedAt }: LockedClaim,
  { refundMinor, restock, ...wanted }: Outcome,
): Promise<void> {
  const { claimId } = wanted;
  const refund =
    refundMinor > 0 ? await requestRefund(trx, { purchase, lockedAt }, { ...wanted, amountMinor: refundMinor }) : { events: [] };
  if (restock) {
    const items = (await readClaimItems(trx, [claimId])).get(claimId) ?? [];
    await returnClaimed(trx, { claimId, items, at: lockedAt });
  }
  await appendEvents(trx, refund.events);
}

const changedTable = pickFields(claimsTable, [
  'id',
  'status',
  'refundMinor',
  'restock',
  'returnRequired',
  'rejection',
  'decidedBy',
  'decidedAt',
  'receivedBy',
  'receivedAt',
  'updatedAt',
]);

type Change = Partial<Omit<RowOf<typeof changedTable>, 'id' | 'updatedAt'>> & { status: ClaimStatus };

async function writeClaim(trx: Knex.Transaction, { claim, lockedAt: updatedAt }: LockedClaim, change: Change): Promise<void> {
  const { id, refundMinor, restock, returnRequired, rejection, decidedBy, decidedAt, receivedBy, receivedAt } = claim;
  const before = { id, refundMinor, restock, returnRequired, rejection, decidedBy, decidedAt, receivedBy, receivedAt };
  await updateByKey(trx, changedTable, [{ ...before, ...change, updatedAt }]);
}

async function auditClaim(
  trx: Knex.Transaction,
  { id, status }: Claim,
  { by, action, after }: { by: string; action: string; after: object },
): Promise<void> {
  await appendAuditEntry(trx, { actorId: by, action, subject: id, before: { status }, after });
}
