import assert from 'node:assert/strict';
import type { Event, EventData, OutgoingEvent } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { type Room, recordRoom } from '../adjustments/index.ts';
import { postTransfers, type Transfer } from '../ledger/index.ts';
import { lockWallets, replaceWallet, saveWallets, type Wallet } from '../wallets/index.ts';
import { creditRefund } from './credit-refund.ts';
import { lockPayments } from './lock-payments.ts';
import { refundOutcome } from './outcome-events.ts';
import { type Payment, refundedTotalMinor } from './payment.ts';
import { insertRefunds, type Refund, readRefunds } from './refund.ts';
import { savePayments } from './save-payments.ts';

type RefundRequest = EventData<'refund-requested'>;

/**
 * Decides each requested partial refund once, in the order of the list: posts it to the wallet that paid, also to a frozen or full
 * one, or rejects it. All refunds of a purchase never exceed its charge. A refund that is decided already gets another outcome event
 * and moves no money. The count of the day's spending stays as it is.
 */
export async function refundPartially(trx: Knex.Transaction, events: readonly Event<'refund-requested'>[]): Promise<void> {
  const requests = events.map(({ data }) => data);
  // Wallets first: their locks serialize all requests, cancels and refunds of one buyer.
  const { wallets: lockedWallets, lockedAt } = await lockWallets(trx, { userIds: requests.map(({ userId }) => userId) });
  const lockedPayments = await lockPayments(trx, { purchaseIds: requests.map(({ purchaseId }) => purchaseId) });
  const knownRefunds = await readRefunds(
    trx,
    requests.map(({ refundId }) => refundId),
  );

  const wallets = new Map(lockedWallets);
  const payments = new Map(lockedPayments);
  const refunds = new Map(knownRefunds);
  const transfers: Transfer[] = [];
  const rooms: Room[] = [];
  const outcomes: OutgoingEvent[] = [];
  for (const request of requests) {
    const payment = payments.get(request.purchaseId);
    const known = refunds.get(request.refundId);
    const decided = known
      ? replayRefund(known, request, payment)
      : decideRefund(request, payment, wallets.get(request.userId) ?? []);
    refunds.set(request.refundId, decided.refund);
    if (decided.payment !== undefined) payments.set(request.purchaseId, decided.payment);
    outcomes.push(refundOutcome(decided.refund, decided.payment, lockedAt));
    if (decided.credit === undefined) continue;
    const { room, refund } = decided.credit;
    if (room !== undefined) rooms.push(room);
    if (room?.removal !== undefined) transfers.push(room.removal.transfer);
    transfers.push(refund.transfer);
    replaceWallet(wallets, refund.wallet);
  }

  await postTransfers(trx, transfers);
  await recordRoom(trx, rooms, lockedAt);
  await savePayments(trx, payments, { locked: lockedPayments });
  const decided = [...refunds.values()].filter(({ id }) => !knownRefunds.has(id));
  await insertRefunds(trx, decided, lockedAt);
  const walletChanges = await saveWallets(trx, wallets, { locked: lockedWallets });
  await appendEvents(trx, [...outcomes, ...walletChanges]);
}

/** `payment`: after one more outcome event; missing if payment does not know the purchase. */
type Decision = { refund: Refund; payment: Payment | undefined; credit?: ReturnType<typeof creditRefund> };

function replayRefund(known: Refund, request: RefundRequest, payment: Payment | undefined): Decision {
  const { refundId, purchaseId, userId, amountMinor, currency } = request;
  const isSame =
    known.purchaseId === purchaseId &&
    known.userId === userId &&
    known.amountMinor === amountMinor &&
    known.currency === currency;
  assert(isSame, `refund ${refundId} was decided with other values`);
  return { refund: known, payment: payment && answered(payment) };
}

function decideRefund(request: RefundRequest, payment: Payment | undefined, walletsOfBuyer: readonly Wallet[]): Decision {
  const { refundId: id, purchaseId, userId, amountMinor, currency } = request;
  const wanted = { id, purchaseId, userId, amountMinor, currency };
  const reject = (reason: string): Decision => ({
    refund: { ...wanted, status: 'rejected', reason },
    payment: payment && answered(payment),
  });
  if (payment === undefined) return reject('NOT_CHARGED');
  assert.equal(userId, payment.userId, `purchase ${purchaseId} was decided for another buyer`);
  if (payment.status === 'declined' || payment.status === 'voided') return reject('NOT_CHARGED');
  assert.equal(currency, payment.currency, `purchase ${purchaseId} was charged in another currency`);
  if (payment.status === 'refunded' || amountMinor > payment.amountMinor - refundedTotalMinor(payment))
    return reject('REFUND_EXCEEDS_CHARGE');
  const credit = creditRefund(payment, walletsOfBuyer, { type: 'partial-refund', amountMinor, sourceId: id });
  return {
    refund: { ...wanted, status: 'posted', transferId: credit.refund.transfer.id },
    payment: { ...answered(payment), partlyRefundedMinor: payment.partlyRefundedMinor + amountMinor },
    credit,
  };
}

function answered<Of extends Payment>(payment: Of): Of {
  return { ...payment, version: payment.version + 1 };
}
