import { idText } from '@florin/database';
import { formatAmount } from '@florin/values';
import { sideBy } from './compare-services.ts';
import type { Comparison, Difference, Pair } from './comparison.ts';

export type PurchaseRow = {
  row_key: Buffer;
  user_id: Buffer;
  status: 'requested' | 'paid' | 'declined' | 'cancelled' | 'shipped' | 'delivered';
  refund: 'none' | 'pending' | 'done';
  total_minor: number;
  currency: string;
  decline_reason: string | null;
  /** Milliseconds since its last change. Asking for a partial refund again restarts it. */
  age_ms: number;
  refunded_minor: number;
  /** Milliseconds since payment was asked for the oldest partial refund that it has not answered; null if there is none. */
  unanswered_ms: number | null;
};

export type PaymentRow = {
  row_key: Buffer;
  user_id: Buffer;
  status: 'charged' | 'declined' | 'voided' | 'refunded';
  amount_minor: number;
  partly_refunded_minor: number;
  currency: string;
  decline_reason: string | null;
};

type PurchasePair = Pair<PurchaseRow, PaymentRow>;

/** Compares each purchase in product with payment's decision. */
export function purchaseComparison({ stuckAfterMs }: { stuckAfterMs: number }): Comparison<PurchaseRow, PaymentRow> {
  return {
    left: sideBy(
      'product',
      'id',
      (condition) => `SELECT id AS row_key, user_id, status, refund, total_minor, currency, decline_reason,
          TIMESTAMPDIFF(MICROSECOND, updated_at, UTC_TIMESTAMP(3)) DIV 1000 AS age_ms, refunded_minor,
          (SELECT TIMESTAMPDIFF(MICROSECOND, MIN(asked_at), UTC_TIMESTAMP(3)) DIV 1000 FROM refunds
            WHERE purchase_id = purchases.id AND refunds.status = 'pending') AS unanswered_ms
        FROM purchases WHERE ${condition}`,
    ),
    right: sideBy(
      'payment',
      'purchase_id',
      (
        condition,
      ) => `SELECT purchase_id AS row_key, user_id, status, amount_minor, partly_refunded_minor, currency, decline_reason
        FROM payments WHERE ${condition}`,
    ),
    checks: purchaseChecks,
    checksOf,
    subjectOf: idText,
    differenceOf: (pair) => comparePurchase(pair, { stuckAfterMs }),
  };
}

/** Selects the check by the purchase's status in product. The payment's own check comes last. */
const purchaseChecks = {
  'paid-purchases': undefined,
  'declined-purchases': undefined,
  'cancelled-purchases': undefined,
  'stuck-purchases': undefined,
  'payment-purchases': 'payments',
} as const;

type PurchaseCheck = keyof typeof purchaseChecks;

function checksOf({ left, right }: PurchasePair): PurchaseCheck[] {
  const ofPayment: PurchaseCheck[] = right === undefined ? [] : ['payment-purchases'];
  if (left === undefined) return ofPayment;
  if (left.status === 'requested') return ['stuck-purchases', ...ofPayment];
  if (left.refund === 'pending') return ['stuck-purchases', checkOf(left), ...ofPayment];
  if (left.unanswered_ms !== null) return ['stuck-purchases', checkOf(left), ...ofPayment];
  return [checkOf(left), ...ofPayment];
}

function checkOf({ status }: PurchaseRow): PurchaseCheck {
  if (status === 'declined') return 'declined-purchases';
  return status === 'cancelled' ? 'cancelled-purchases' : 'paid-purchases';
}

/** Returns the difference between product and payment about a purchase. Pure. */
export function comparePurchase(
  { left: purchase, right: payment }: PurchasePair,
  { stuckAfterMs }: { stuckAfterMs: number },
): Difference | undefined {
  if (purchase === undefined) {
    return payment && { check: 'payment-purchases', detail: `product: no purchase; payment: ${describePayment(payment)}` };
  }
  const differs = (check: PurchaseCheck): Difference => ({
    check,
    detail: `product: ${describePurchase(purchase)}; payment: ${describePayment(payment)}`,
  });
  const isOverdue = purchase.age_ms > stuckAfterMs;
  if (purchase.status === 'requested') {
    if (payment !== undefined) return differs('payment-purchases');
    return isOverdue ? differs('stuck-purchases') : undefined;
  }
  if (purchase.refund === 'pending') {
    if (payment?.status === 'refunded' || payment?.status === 'voided') return differs('cancelled-purchases');
    return isOverdue ? differs('stuck-purchases') : undefined;
  }
  if (payment === undefined || !isAnswered(purchase, payment)) return differs(checkOf(purchase));
  return (purchase.unanswered_ms ?? 0) > stuckAfterMs ? differs('stuck-purchases') : undefined;
}

/** True if payment's decision explains the purchase's status. */
function isAnswered(purchase: PurchaseRow, payment: PaymentRow): boolean {
  if (!purchase.user_id.equals(payment.user_id)) return false;
  const isSameAmount = purchase.total_minor === payment.amount_minor && purchase.currency === payment.currency;
  switch (purchase.status) {
    case 'requested':
      return false;
    case 'paid':
    case 'shipped':
    case 'delivered':
      return payment.status === 'charged' && isSameAmount && isSameRefund(purchase, payment);
    case 'declined':
      return payment.status === 'declined' && isSameAmount && payment.decline_reason === purchase.decline_reason;
    case 'cancelled':
      return purchase.refund === 'done'
        ? payment.status === 'refunded' && isSameAmount && !costNothing(payment)
        : payment.status === 'voided' || (isSameAmount && costNothing(payment));
  }
}

/** Payment may be ahead of product while an answer is under way. */
function isSameRefund({ refunded_minor, unanswered_ms }: PurchaseRow, { partly_refunded_minor }: PaymentRow): boolean {
  return unanswered_ms !== null || refunded_minor === partly_refunded_minor;
}

/** Whether the cancel had nothing to refund. */
function costNothing({ status, amount_minor, partly_refunded_minor }: PaymentRow): boolean {
  return status === 'declined' || (status === 'refunded' && amount_minor === partly_refunded_minor);
}

function describePurchase(purchase: PurchaseRow): string {
  const { user_id, status, refund, total_minor, currency, decline_reason, age_ms, refunded_minor, unanswered_ms } = purchase;
  const state = [status, decline_reason ? ` (${decline_reason})` : '', status === 'cancelled' ? ` (refund ${refund})` : ''].join(
    '',
  );
  const since = status === 'requested' || refund === 'pending' ? `, for ${Math.round(age_ms / 1000)} s` : '';
  const refunded = refunded_minor > 0 ? `, ${formatAmount(refunded_minor, currency)} refunded` : '';
  const asked = unanswered_ms === null ? '' : `, a refund unanswered for ${Math.round(unanswered_ms / 1000)} s`;
  return `${state}, ${formatAmount(total_minor, currency)} of ${idText(user_id)}${since}${refunded}${asked}`;
}

function describePayment(payment: PaymentRow | undefined): string {
  if (payment === undefined) return 'no decision';
  const { user_id, status, amount_minor, partly_refunded_minor: refunded_minor, currency, decline_reason } = payment;
  const refunded = refunded_minor > 0 ? `, ${formatAmount(refunded_minor, currency)} refunded in parts` : '';
  return `${status}${decline_reason ? ` (${decline_reason})` : ''}, ${formatAmount(amount_minor, currency)} of ${idText(user_id)}${refunded}`;
}
