import { AppError, requestErrors } from '@florin/app-response';
import { requireOther } from '@florin/auth-middleware';
import { idBytes } from '@florin/database';
import { makeEvent } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { findErased } from '../erased-users/index.ts';
import { lockPurchases } from './lock-purchases.ts';
import { onAdvance } from './purchase-transitions.ts';
import { refuseLargeEvent } from './refuse-large-event.ts';
import { insertTimeline } from './timeline.ts';
import { writeTransitions } from './write-transitions.ts';

export type Advance = {
  purchaseId: string;
  to: 'shipped' | 'delivered';
  /** Default: the tracking code that is stored. */
  trackingCode?: string | undefined;
  by: string;
};

/**
 * Ships or delivers a purchase: writes its status, its event and the audit entry. A purchase that has the status already stays
 * unchanged, without a second event. The tracking code is not stored if the buyer was erased.
 *
 * @throws AppError NOT_FOUND, OWN_ACCOUNT, INVALID_TRANSITION if the purchase does not have the status before, or PURCHASE_TOO_LARGE
 */
export async function advancePurchase(trx: Knex.Transaction, advance: Advance): Promise<void> {
  const { purchaseId, to, by } = advance;
  const { purchases, lockedAt: at } = await lockPurchases(trx, [purchaseId]);
  const purchase = purchases.get(purchaseId);
  if (purchase === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no purchase ${purchaseId}.` });
  requireOther(by, purchase.userId);
  const transition = onAdvance(purchase, to);
  if (transition === 'already') return;
  if (transition === 'refused') {
    throw new AppError(requestErrors.INVALID_TRANSITION, { detail: `A purchase that is ${purchase.status} cannot be ${to}.` });
  }
  const erased = await findErased(trx, advance.trackingCode === undefined ? [] : [purchase.userId]);
  const given = erased.has(purchase.userId) ? undefined : advance.trackingCode;
  const trackingCode = given ?? purchase.trackingCode ?? undefined;
  const event = makeEvent(`purchase-${to}`, {
    sequence: purchase.version + 1,
    time: at,
    data: { purchaseId, userId: purchase.userId, ...(trackingCode === undefined ? {} : { trackingCode }) },
  });
  const refusal = refuseLargeEvent(trx, event);
  if (refusal !== undefined) throw refusal;
  await writeTransitions(trx, [{ purchase, transition }], at);
  if (given !== undefined) await setTrackingCode(trx, purchaseId, given);
  await insertTimeline(trx, [event.event]);
  await appendAuditEntry(trx, {
    actorId: by,
    action: to === 'shipped' ? 'purchase.ship' : 'purchase.deliver',
    subject: purchaseId,
    before: { status: purchase.status },
    after: { status: to },
  });
  await appendEvents(trx, [event]);
}

async function setTrackingCode(trx: Knex.Transaction, purchaseId: string, trackingCode: string): Promise<void> {
  await trx.raw('UPDATE purchases SET tracking_code = ? WHERE id = ?', [trackingCode, idBytes(purchaseId)]);
}
