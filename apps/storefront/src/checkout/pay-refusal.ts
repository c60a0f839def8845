import { FlorinProblem } from '@florin/client';
import { type AddressField, refusedFields } from './address-draft.ts';

/** What a failed payment means for the buyer. */
export type PayRefusal =
  /** The shop may have bought or not: the same request is sent again. */
  | { kind: 'unanswered' }
  /** Nothing was bought: the shop is busy or paused. */
  | { kind: 'later' }
  | { kind: 'signedOut' }
  | { kind: 'cartEmpty' }
  | { kind: 'totalChanged'; totalMinor: number }
  /** The wallet does not pay, by the code of the reason. */
  | { kind: 'declined'; code: string }
  /** Items or the coupon of the cart must be changed. */
  | { kind: 'cart' }
  | { kind: 'delivery' }
  | { kind: 'fields'; fields: readonly AddressField[] }
  | { kind: 'other' };

const ofWallet = ['INSUFFICIENT_FUNDS', 'SPEND_LIMIT_EXCEEDED', 'DAILY_LIMIT_EXCEEDED', 'WALLET_FROZEN', 'CURRENCY_MISMATCH'];
const ofCart = ['PRODUCT_OUT_OF_STOCK', 'PRODUCT_ARCHIVED', 'PRODUCT_NOT_FOUND', 'VARIANT_REQUIRED', 'COUPON_NOT_APPLICABLE'];

/** Says what a failed payment means. */
export function payRefusal(error: unknown): PayRefusal {
  if (!(error instanceof FlorinProblem)) return { kind: 'unanswered' };
  const { status, code } = error;
  if (code === 'TOTAL_CHANGED') return { kind: 'totalChanged', totalMinor: totalOf(error) };
  if (code === 'CART_EMPTY') return { kind: 'cartEmpty' };
  if (code === 'DELIVERY_NOT_AVAILABLE') return { kind: 'delivery' };
  if (ofWallet.includes(code)) return { kind: 'declined', code };
  if (ofCart.includes(code)) return { kind: 'cart' };
  if (status === 401) return { kind: 'signedOut' };
  if (status === 429 || code === 'PURCHASES_PAUSED' || code === 'WALLET_NOT_READY') return { kind: 'later' };
  // A gateway answers so too, when the service has acted and its answer was lost.
  if (status >= 500 || status === 408) return { kind: 'unanswered' };
  const fields = refusedFields(error.errors);
  return fields.length > 0 ? { kind: 'fields', fields } : { kind: 'other' };
}

function totalOf({ extensions }: FlorinProblem): number {
  return (extensions['quote'] as { totalMinor: number }).totalMinor;
}
