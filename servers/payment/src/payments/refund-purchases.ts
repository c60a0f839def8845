import assert from 'node:assert/strict';
import { newIdAt } from '@florin/database';
import type { Event, EventData, OutgoingEvent } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { type Room, recordRoom } from '../adjustments/index.ts';
import { postTransfers, type Transfer } from '../ledger/index.ts';
import { lockWallets, replaceWallet, saveWallets, uncountSpent, type Wallet } from '../wallets/index.ts';
import { creditRefund } from './credit-refund.ts';
import { lockPayments } from './lock-payments.ts';
import { cancelOutcome } from './outcome-events.ts';
import type { ChargedPayment, Payment } from './payment.ts';
import { savePayments } from './save-payments.ts';

type Cancel = EventData<'purchase-cancelled'>;

/**
 * Refunds what partial refunds left of the charge of each cancelled purchase, once, also to a frozen or full wallet.
 * A purchase that was not requested yet is voided: the later request changes nothing.
 *
 * @param options `currency`: of voided payments, since a cancel has none
 */
export async function refundPurchases(
  trx: Knex.Transaction,
  events: readonly Event<'purchase-cancelled'>[],
  { currency }: { currency: string },
): Promise<void> {
  const cancels = events.map(({ data }) => data);
  // Wallets first: their locks serialize all requests and cancels of one buyer.
  const { wallets: lockedWallets, lockedAt } = await lockWallets(trx, { userIds: cancels.map(({ userId }) => userId) });
  const lockedPayments = await lockPayments(trx, { purchaseIds: cancels.map(({ purchaseId }) => purchaseId) });

  const wallets = new Map(lockedWallets);
  const payments = new Map(lockedPayments);
  const transfers: Transfer[] = [];
  const rooms: Room[] = [];
  const outcomes: OutgoingEvent[] = [];
  for (const cancel of cancels) {
    const known = payments.get(cancel.purchaseId);
    const { payment, refund, room } = known
      ? refundOnce(known, cancel, wallets.get(cancel.userId) ?? [])
      : voidUnrequested(cancel, { currency, now: lockedAt });
    payments.set(payment.purchaseId, payment);
    outcomes.push(cancelOutcome(payment, lockedAt));
    if (refund === undefined) continue;
    if (room !== undefined) rooms.push(room);
    if (room?.removal !== undefined) transfers.push(room.removal.transfer);
    transfers.push(refund.transfer);
    replaceWallet(wallets, refund.wallet);
  }

  await postTransfers(trx, transfers);
  await recordRoom(trx, rooms, lockedAt);
  await savePayments(trx, payments, { locked: lockedPayments });
  const walletChanges = await saveWallets(trx, wallets, { locked: lockedWallets });
  await appendEvents(trx, [...outcomes, ...walletChanges]);
}

type Outcome = { payment: Payment; refund?: { transfer: Transfer; wallet: Wallet }; room?: Room | undefined };

function voidUnrequested({ purchaseId, userId }: Cancel, { currency, now }: { currency: string; now: Date }): Outcome {
  return {
    payment: {
      id: newIdAt(now),
      purchaseId,
      userId,
      amountMinor: 0,
      currency,
      partlyRefundedMinor: 0,
      version: 1,
      status: 'voided',
    },
  };
}

function refundOnce(known: Payment, { purchaseId, userId }: Cancel, walletsOfBuyer: readonly Wallet[]): Outcome {
  assert.equal(userId, known.userId, `purchase ${purchaseId} was decided for another buyer`);
  const answered = { ...known, version: known.version + 1 };
  return answered.status === 'charged' ? refundCharge(answered, walletsOfBuyer) : { payment: answered };
}

function refundCharge(payment: ChargedPayment, walletsOfBuyer: readonly Wallet[]): Outcome {
  const { refund, room } = creditRefund(payment, walletsOfBuyer, {
    type: 'refund',
    amountMinor: payment.amountMinor - payment.partlyRefundedMinor,
    purchaseId: payment.purchaseId,
    reversesTransferId: payment.chargeTransferId,
  });
  const { facts, amountMinor } = payment;
  return {
    payment: { ...payment, status: 'refunded', refundTransferId: refund.transfer.id },
    // The whole purchase leaves the day's count: a partial refund leaves the count alone.
    refund: { ...refund, wallet: uncountSpent(refund.wallet, facts && { ...facts, amountMinor }) },
    room,
  };
}
