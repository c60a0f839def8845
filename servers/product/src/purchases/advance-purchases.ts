import assert from 'node:assert/strict';
import { AppError, requestErrors } from '@florin/app-response';
import { makeEvent, type OutgoingEvent } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { findErased } from '../erased-users/index.ts';
import { type LockedPurchase, lockPurchases } from './lock-purchases.ts';
import { onAdvance, onReturn, type Transition } from './purchase-transitions.ts';
import { refuseLargeEvent } from './refuse-large-event.ts';
import { saveTrackingCodes } from './save-tracking-codes.ts';
import { insertTimeline } from './timeline.ts';
import { type Changed, writeTransitions } from './write-transitions.ts';

/** `cancelled`: the carrier returned the parcel before its delivery. */
export type AdvanceStep = 'shipped' | 'delivered' | 'cancelled';

export type Advance = {
  purchaseId: string;
  /** At least one step, in order. Of several, all must still be missing. All are taken or none. */
  steps: readonly AdvanceStep[];
  /** Default: the tracking code that is stored. */
  trackingCode?: string | undefined;
  by: string;
};

/** `already`: the purchase has the status of the last step, so nothing was written. */
export type AdvanceAnswer = 'advanced' | 'already' | AppError;

/**
 * Ships, delivers or takes back purchases for staff: writes the status, an event and an audit entry for each step, and returns the
 * stock of those that are cancelled. A refused purchase does not affect the others. Tracking codes of erased buyers are not stored.
 *
 * @param advances each purchase once
 * @returns one answer per purchase, in their order. Errors: NOT_FOUND, OWN_ACCOUNT, INVALID_TRANSITION if the purchase does not have
 *   the status before, PURCHASE_TOO_LARGE
 */
export async function advancePurchases(trx: Knex.Transaction, advances: readonly Advance[]): Promise<AdvanceAnswer[]> {
  const { purchases, lockedAt: at } = await lockPurchases(
    trx,
    advances.map(({ purchaseId }) => purchaseId),
  );
  const erased = await findErased(trx, buyersOf(advances, purchases));
  const moves: Move[] = [];
  const answers = advances.map((advance): AdvanceAnswer => {
    const purchase = purchases.get(advance.purchaseId);
    const move = purchase === undefined ? notFound(advance.purchaseId) : planMove(purchase, { advance, erased, at });
    if (typeof move === 'string' || move instanceof AppError) return move;
    const refusal = move.events.map((event) => refuseLargeEvent(trx, event)).find((one) => one !== undefined);
    if (refusal !== undefined) return refusal;
    moves.push(move);
    return 'advanced';
  });
  if (moves.length > 0) await writeMoves(trx, moves, at);
  return answers;
}

/** A purchase with its last transition. `purchase` is as it is before that one: earlier steps count as taken. */
type Move = Changed & { advance: Advance; givenCode: string | undefined; statusBefore: string; events: OutgoingEvent[] };

type Planned = { advance: Advance; erased: ReadonlySet<string>; at: Date };

function planMove(locked: LockedPurchase, { advance, erased, at }: Planned): Move | 'already' | AppError {
  if (advance.by === locked.userId) return new AppError(requestErrors.OWN_ACCOUNT);
  const givenCode = erased.has(locked.userId) ? undefined : advance.trackingCode;
  const trackingCode = givenCode ?? locked.trackingCode ?? undefined;
  let [purchase, next]: [LockedPurchase, LockedPurchase] = [locked, locked];
  let transition: Transition | undefined;
  const events: OutgoingEvent[] = [];
  for (const step of advance.steps) {
    const decided = step === 'cancelled' ? onReturn(next) : onAdvance(next, step);
    if (decided === 'already') {
      assert(advance.steps.length === 1, 'of several steps, each must be missing');
      return decided;
    }
    if (decided === 'refused') return refused(next, step);
    transition = decided;
    purchase = next;
    next = { ...purchase, status: decided.status, refund: decided.refund, version: purchase.version + 1 };
    events.push(eventOf(step, next, { at, trackingCode }));
  }
  if (transition === undefined) return 'already';
  return { purchase, transition, advance, givenCode, statusBefore: locked.status, events };
}

function eventOf(
  step: AdvanceStep,
  { id: purchaseId, userId, version: sequence }: LockedPurchase,
  { at: time, trackingCode }: { at: Date; trackingCode: string | undefined },
): OutgoingEvent {
  const data = { purchaseId, userId };
  if (step === 'cancelled')
    return makeEvent('purchase-cancelled', { sequence, time, data: { ...data, by: 'staff', cause: 'returned' } });
  return makeEvent(`purchase-${step}`, {
    sequence,
    time,
    data: { ...data, ...(trackingCode === undefined ? {} : { trackingCode }) },
  });
}

async function writeMoves(trx: Knex.Transaction, moves: readonly Move[], at: Date): Promise<void> {
  await writeTransitions(trx, moves, at);
  const codes = moves.flatMap(({ purchase: { id }, givenCode }) =>
    givenCode === undefined ? [] : [{ id, trackingCode: givenCode }],
  );
  await saveTrackingCodes(trx, codes);
  const events = moves.flatMap((move) => move.events);
  await insertTimeline(
    trx,
    events.map(({ event }) => event),
  );
  for (const move of moves) await auditSteps(trx, move);
  await appendEvents(trx, events);
}

const actions = { shipped: 'purchase.ship', delivered: 'purchase.deliver', cancelled: 'purchase.cancel' } as const;

async function auditSteps(trx: Knex.Transaction, { advance: { purchaseId, steps, by }, statusBefore }: Move): Promise<void> {
  let before = statusBefore;
  for (const step of steps) {
    const after = step === 'cancelled' ? { status: step, cause: 'returned' } : { status: step };
    await appendAuditEntry(trx, { actorId: by, action: actions[step], subject: purchaseId, before: { status: before }, after });
    before = step;
  }
}

function buyersOf(advances: readonly Advance[], purchases: ReadonlyMap<string, LockedPurchase>): string[] {
  return advances.flatMap(({ purchaseId, trackingCode }) => {
    const userId = purchases.get(purchaseId)?.userId;
    return trackingCode === undefined || userId === undefined ? [] : [userId];
  });
}

function notFound(purchaseId: string): AppError {
  return new AppError(requestErrors.NOT_FOUND, { detail: `There is no purchase ${purchaseId}.` });
}

function refused({ status }: LockedPurchase, step: AdvanceStep): AppError {
  return new AppError(requestErrors.INVALID_TRANSITION, { detail: `A purchase that is ${status} cannot be ${step}.` });
}
