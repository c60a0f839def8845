import { idText } from '@florin/database';
import { dayOf } from '../wallets/index.ts';

type Decided = {
  id: string;
  purchaseId: string;
  userId: string;
  amountMinor: number;
  currency: string;
  /** Sum of the posted partial refunds. */
  partlyRefundedMinor: number;
  /** Number of outcome events; the `sequence` of the last one. */
  version: number;
  /** Missing if there was no wallet, and in decisions older than the facts. */
  facts?: DecisionFacts;
};

/** The wallet at the time of the decision, after its entry `sequence`. */
export type DecisionFacts = {
  sequence: number;
  balanceMinor: number;
  heldMinor: number;
  creditLimitMinor: number;
  spendLimitMinor: number;
  dailyLimitMinor: number | null;
  /** Sum of the day's other purchases. */
  spentMinor: number;
  /** The day (UTC) that the purchase counts to, as YYYY-MM-DD. */
  on: string;
};

export type ChargedPayment = Decided & { status: 'charged'; walletId: string; chargeTransferId: string };
export type RefundedPayment = Decided & {
  status: 'refunded';
  walletId: string;
  chargeTransferId: string;
  refundTransferId: string;
};
/** `walletId`: the wallet that declined, if there was one. */
export type DeclinedPayment = Decided & { status: 'declined'; declineReason: string; walletId?: string };
/** Cancelled before it was requested: it is never charged. */
export type VoidedPayment = Decided & { status: 'voided' };

/** The one decision on a purchase. */
export type Payment = ChargedPayment | RefundedPayment | DeclinedPayment | VoidedPayment;

/** Returns the sum of all refunds of a purchase: all of the charge after a cancel, else the partial refunds. */
export function refundedTotalMinor({ status, amountMinor, partlyRefundedMinor }: Payment): number {
  return status === 'refunded' ? amountMinor : partlyRefundedMinor;
}

export type PaymentRow = {
  id: Buffer;
  purchase_id: Buffer;
  user_id: Buffer;
  wallet_id: Buffer | null;
  status: Payment['status'];
  amount_minor: number;
  currency: string;
  decline_reason: string | null;
  charge_transfer_id: Buffer | null;
  refund_transfer_id: Buffer | null;
  partly_refunded_minor: number;
  version: number;
  created_at: Date;
  decided_sequence: number | null;
  decided_balance_minor: number;
  decided_held_minor: number;
  decided_credit_limit_minor: number;
  decided_spend_limit_minor: number;
  decided_daily_limit_minor: number | null;
  decided_spent_minor: number;
  decided_on: Date;
};

/** CHECK constraints tie the nullable columns to the status. */
export function paymentOf(row: PaymentRow): Payment {
  return {
    id: idText(row.id),
    purchaseId: idText(row.purchase_id),
    userId: idText(row.user_id),
    amountMinor: row.amount_minor,
    currency: row.currency,
    partlyRefundedMinor: row.partly_refunded_minor,
    version: row.version,
    status: row.status,
    ...(row.wallet_id && { walletId: idText(row.wallet_id) }),
    ...(row.decline_reason && { declineReason: row.decline_reason }),
    ...(row.charge_transfer_id && { chargeTransferId: idText(row.charge_transfer_id) }),
    ...(row.refund_transfer_id && { refundTransferId: idText(row.refund_transfer_id) }),
    ...(row.decided_sequence !== null && { facts: factsOf(row, row.decided_sequence) }),
  } as Payment;
}

function factsOf(row: PaymentRow, sequence: number): DecisionFacts {
  return {
    sequence,
    balanceMinor: row.decided_balance_minor,
    heldMinor: row.decided_held_minor,
    creditLimitMinor: row.decided_credit_limit_minor,
    spendLimitMinor: row.decided_spend_limit_minor,
    dailyLimitMinor: row.decided_daily_limit_minor,
    spentMinor: row.decided_spent_minor,
    on: dayOf(row.decided_on),
  };
}
