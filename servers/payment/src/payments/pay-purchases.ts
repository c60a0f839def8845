import assert from 'node:assert/strict';
import { newIdAt } from '@florin/database';
import type { Event, EventData, OutgoingEvent } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { postTransfers, type Transfer } from '../ledger/index.ts';
import {
  buildTransfer,
  countSpent,
  dayOf,
  lockWallets,
  replaceWallet,
  saveWallets,
  spentBefore,
  type Wallet,
  withTodaysSpending,
} from '../wallets/index.ts';
import { decidePayment } from './decide-payment.ts';
import { lockPayments } from './lock-payments.ts';
import { requestOutcome } from './outcome-events.ts';
import type { DecisionFacts, Payment } from './payment.ts';
import { savePayments } from './save-payments.ts';

type PurchaseRequest = EventData<'purchase-requested'>;

/**
 * Decides each requested purchase once: charges the buyer's wallet or declines. The requests are decided in the order of the list.
 * A purchase that is decided already gets another outcome event and moves no money. Daily limits count the database's day (UTC).
 */
export async function payPurchases(trx: Knex.Transaction, events: readonly Event<'purchase-requested'>[]): Promise<void> {
  const requests = events.map(({ data }) => data);
  // Wallets first: their locks serialize all requests and cancels of one buyer.
  const { wallets: lockedWallets, lockedAt } = await lockWallets(trx, { userIds: requests.map(({ userId }) => userId) });
  const lockedPayments = await lockPayments(trx, { purchaseIds: requests.map(({ purchaseId }) => purchaseId) });

  const wallets = new Map(await withTodaysSpending(trx, lockedWallets, lockedAt));
  const payments = new Map(lockedPayments);
  const charges: Transfer[] = [];
  const outcomes: OutgoingEvent[] = [];
  for (const request of requests) {
    const known = payments.get(request.purchaseId);
    const { payment, charge } = known
      ? replayDecision(known, request)
      : pay(request, wallets.get(request.userId) ?? [], lockedAt);
    payments.set(payment.purchaseId, payment);
    outcomes.push(requestOutcome(payment, lockedAt));
    if (charge === undefined) continue;
    charges.push(charge.transfer);
    replaceWallet(wallets, charge.wallet);
  }

  await postTransfers(trx, charges);
  await savePayments(trx, payments, { locked: lockedPayments });
  const walletChanges = await saveWallets(trx, wallets, { locked: lockedWallets });
  await appendEvents(trx, [...outcomes, ...walletChanges]);
}

type Outcome = { payment: Payment; charge?: { transfer: Transfer; wallet: Wallet } };

function replayDecision(known: Payment, { purchaseId, userId }: PurchaseRequest): Outcome {
  assert.equal(userId, known.userId, `purchase ${purchaseId} was decided for another buyer`);
  return { payment: { ...known, version: known.version + 1 } };
}

function pay(request: PurchaseRequest, walletsOfBuyer: readonly Wallet[], now: Date): Outcome {
  const { purchaseId, userId, totalMinor: amountMinor, currency } = request;
  const candidate = walletsOfBuyer.find((wallet) => wallet.currency === currency) ?? walletsOfBuyer[0];
  const spent = spentBefore(candidate, dayOf(now));
  const decision = decidePayment(candidate, { amountMinor, currency, spentMinor: spent.spentMinor });
  const decided = {
    id: newIdAt(now),
    purchaseId,
    userId,
    amountMinor,
    currency,
    partlyRefundedMinor: 0,
    version: 1,
    ...(candidate && decisionFacts(candidate, spent)),
  };
  if (decision.outcome === 'decline') return { payment: { ...decided, status: 'declined', declineReason: decision.reason } };

  const charge = buildTransfer(decision.wallet, { type: 'purchase', against: 'sales', amountMinor: -amountMinor, purchaseId });
  return {
    payment: { ...decided, status: 'charged', walletId: charge.wallet.id, chargeTransferId: charge.transfer.id },
    charge: {
      ...charge,
      wallet: countSpent(charge.wallet, { on: spent.on, sequence: decision.wallet.entrySequence, amountMinor }),
    },
  };
}

/** The facts that explain the decision later. */
function decisionFacts(wallet: Wallet, spent: { on: string; spentMinor: number }): { walletId: string; facts: DecisionFacts } {
  const { entrySequence: sequence, balanceMinor, heldMinor, creditLimitMinor, spendLimitMinor, dailyLimitMinor } = wallet;
  const facts = { sequence, balanceMinor, heldMinor, creditLimitMinor, spendLimitMinor, dailyLimitMinor, ...spent };
  return { walletId: wallet.id, facts };
}
