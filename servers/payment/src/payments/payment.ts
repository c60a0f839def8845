import { idText } from '@florin/runtime';

type Decided = {
  id: string;
  purchaseId: string;
  userId: string;
  amountMinor: number;
  currency: string;
  /** Counts the answers given; the `sequence` of their events. */
  version: number;
};

export type ChargedPayment = Decided & { status: 'charged'; walletId: string; chargeTransferId: string };
export type RefundedPayment = Decided & {
  status: 'refunded';
  walletId: string;
  chargeTransferId: string;
  refundTransferId: string;
};
export type DeclinedPayment = Decided & { status: 'declined'; declineReason: string };
/** Cancelled before it was requested: it will never be charged. */
export type VoidedPayment = Decided & { status: 'voided' };

/** What was decided about a purchase: once, and for good. */
export type Payment = ChargedPayment | RefundedPayment | DeclinedPayment | VoidedPayment;

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
  version: number;
  created_at: Date;
};

/** CHECK constraints tie the nullable columns to the status, so that a row is one of the four. */
export function paymentOf(row: PaymentRow): Payment {
  return {
    id: idText(row.id),
    purchaseId: idText(row.purchase_id),
    userId: idText(row.user_id),
    amountMinor: row.amount_minor,
    currency: row.currency,
    version: row.version,
    status: row.status,
    ...(row.wallet_id && { walletId: idText(row.wallet_id) }),
    ...(row.decline_reason && { declineReason: row.decline_reason }),
    ...(row.charge_transfer_id && { chargeTransferId: idText(row.charge_transfer_id) }),
    ...(row.refund_transfer_id && { refundTransferId: idText(row.refund_transfer_id) }),
  } as Payment;
}
