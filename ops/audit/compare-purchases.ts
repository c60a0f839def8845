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
  /** Milliseconds since its last change of status. */
  age_ms: number;
};

export type PaymentRow = {
  row_key: Buffer;
  user_id: Buffer;
  status: 'charged' | 'declined' | 'voided' | 'refunded';
  amount_minor: number;
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
          TIMESTAMPDIFF(MICROSECOND, updated_at, UTC_TIMESTAMP(3)) DIV 1000 AS age_ms
        FROM purchases WHERE ${condition}`,
    ),
    right: sideBy(
      'payment',
      'purchase_id',
      (condition) => `SELECT purchase_id AS row_key, user_id, status, amount_minor, currency, decline_reason
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
  return payment !== undefined && isAnswered(purchase, payment) ? undefined : differs(checkOf(purchase));
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
      return payment.status === 'charged' && isSameAmount;
    case 'declined':
      return payment.status === 'declined' && isSameAmount && payment.decline_reason === purchase.decline_reason;
    case 'cancelled':
      return purchase.refund === 'done'
        ? payment.status === 'refunded' && isSameAmount && payment.amount_minor > 0
        : payment.status === 'voided' || (isSameAmount && costNothing(payment));
  }
}

function costNothing({ status, amount_minor }: PaymentRow): boolean {
  return status === 'declined' || (status === 'refunded' && amount_minor === 0);
}

function describePurchase({ user_id, status, refund, total_minor, currency, decline_reason, age_ms }: PurchaseRow): string {
  const state = [status, decline_reason ? ` (${decline_reason})` : '', status === 'cancelled' ? ` (refund ${refund})` : ''].join(
    '',
  );
  const since = status === 'requested' || refund === 'pending' ? `, for ${Math.round(age_ms / 1000)} s` : '';
  return `${state}, ${formatAmount(total_minor, currency)} of ${idText(user_id)}${since}`;
}

function describePayment(payment: PaymentRow | undefined): string {
  if (payment === undefined) return 'no decision';
  const { user_id, status, amount_minor, currency, decline_reason } = payment;
  return `${status}${decline_reason ? ` (${decline_reason})` : ''}, ${formatAmount(amount_minor, currency)} of ${idText(user_id)}`;
}
