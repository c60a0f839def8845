import { idBytes, newId } from '@florin/database';
import { expect } from 'chai';
import { comparePurchase, type PaymentRow, type PurchaseRow } from './compare-purchases.ts';

const key = idBytes(newId());
const alice = idBytes(newId());
const bob = idBytes(newId());
const bounds = { stuckAfterMs: 1_000 };

const product = (status: PurchaseRow['status'], more: Partial<PurchaseRow> = {}): PurchaseRow => ({
  row_key: key,
  user_id: alice,
  status,
  refund: 'none',
  total_minor: 500,
  currency: 'EUR',
  decline_reason: status === 'declined' ? 'WALLET_FROZEN' : null,
  age_ms: 10,
  refunded_minor: 0,
  unanswered_ms: null,
  ...more,
});
const payment = (status: PaymentRow['status'], more: Partial<PaymentRow> = {}): PaymentRow => ({
  row_key: key,
  user_id: alice,
  status,
  amount_minor: status === 'voided' ? 0 : 500,
  partly_refunded_minor: 0,
  currency: 'EUR',
  decline_reason: status === 'declined' ? 'WALLET_FROZEN' : null,
  ...more,
});
const nothing = undefined;
const pending = (age_ms = 10): PurchaseRow => product('cancelled', { refund: 'pending', age_ms });
const refunded = product('cancelled', { refund: 'done' });
const undone = product('cancelled');

describe('comparePurchase', () => {
  const cases: [string, PurchaseRow | undefined, PaymentRow | undefined, string | undefined][] = [
    ['requested just now', product('requested'), nothing, undefined],
    ['requested long ago', product('requested', { age_ms: 1_001 }), nothing, 'stuck-purchases'],
    ['decided, outcome not consumed', product('requested'), payment('charged'), 'payment-purchases'],
    [
      'decided, outcome not consumed, long ago',
      product('requested', { age_ms: 1_001 }),
      payment('declined'),
      'payment-purchases',
    ],
    ['unknown to product', nothing, payment('charged'), 'payment-purchases'],
    ['paid', product('paid'), payment('charged'), undefined],
    ['paid without a payment', product('paid'), nothing, 'paid-purchases'],
    ['paid, and more was charged', product('paid'), payment('charged', { amount_minor: 501 }), 'paid-purchases'],
    ['paid in another currency', product('paid'), payment('charged', { currency: 'USD' }), 'paid-purchases'],
    ['paid by another user', product('paid'), payment('charged', { user_id: bob }), 'paid-purchases'],
    ['paid, while payment declined', product('paid'), payment('declined'), 'paid-purchases'],
    ['shipped', product('shipped'), payment('charged'), undefined],
    ['shipped and refunded', product('shipped'), payment('refunded'), 'paid-purchases'],
    ['delivered', product('delivered'), payment('charged'), undefined],
    ['delivered and voided', product('delivered'), payment('voided'), 'paid-purchases'],
    ['declined', product('declined'), payment('declined'), undefined],
    ['declined for another reason', product('declined'), payment('declined', { decline_reason: 'X' }), 'declined-purchases'],
    ['declined and charged', product('declined'), payment('charged'), 'declined-purchases'],
    ['declined without a payment', product('declined'), nothing, 'declined-purchases'],
    ['cancelled just now, no outcome', pending(), nothing, undefined],
    ['cancelled just now, charged', pending(), payment('charged'), undefined],
    ['cancelled just now, declined', pending(), payment('declined'), undefined],
    ['cancelled long ago, charged', pending(1_001), payment('charged'), 'stuck-purchases'],
    ['cancelled long ago, declined', pending(1_001), payment('declined'), 'stuck-purchases'],
    ['cancelled long ago, no outcome', pending(1_001), nothing, 'stuck-purchases'],
    ['refunded, outcome not consumed', pending(), payment('refunded'), 'cancelled-purchases'],
    ['refunded', refunded, payment('refunded'), undefined],
    ['refunded another amount', refunded, payment('refunded', { amount_minor: 499 }), 'cancelled-purchases'],
    ['refunded, while it is charged', refunded, payment('charged'), 'cancelled-purchases'],
    ['refunded, while it is voided', refunded, payment('voided'), 'cancelled-purchases'],
    ['refunded without a payment', refunded, nothing, 'cancelled-purchases'],
    ['voided', undone, payment('voided'), undefined],
    ['declined before the cancel', undone, payment('declined'), undefined],
    ['cancelled without a refund, while it is charged', undone, payment('charged'), 'cancelled-purchases'],
    ['cancelled without a refund, while it is refunded', undone, payment('refunded'), 'cancelled-purchases'],
    ['cancelled, voided for another buyer', undone, payment('voided', { user_id: bob }), 'cancelled-purchases'],
    [
      'refunded in part',
      product('delivered', { refunded_minor: 20 }),
      payment('charged', { partly_refunded_minor: 20 }),
      undefined,
    ],
    ['refunded in part, unknown to payment', product('paid', { refunded_minor: 20 }), payment('charged'), 'paid-purchases'],
    [
      'refunded in part, unknown to product',
      product('paid'),
      payment('charged', { partly_refunded_minor: 20 }),
      'paid-purchases',
    ],
    [
      'refunded in part just now, answer under way',
      product('paid', { unanswered_ms: 10 }),
      payment('charged', { partly_refunded_minor: 20 }),
      undefined,
    ],
    ['a refund requested long ago, no answer', product('paid', { unanswered_ms: 1_001 }), payment('charged'), 'stuck-purchases'],
    ['refunded in parts before the cancel', undone, payment('refunded', { partly_refunded_minor: 500 }), undefined],
    ['refunded in part before the cancel', refunded, payment('refunded', { partly_refunded_minor: 20 }), undefined],
    [
      'refunded 0 of a purchase of 0',
      product('cancelled', { total_minor: 0 }),
      payment('refunded', { amount_minor: 0 }),
      undefined,
    ],
  ];
  for (const [name, left, right, expected] of cases) {
    it(`${name}: ${expected ?? 'agrees'}`, () => {
      expect(comparePurchase({ key, left, right }, bounds)?.check).to.equal(expected);
    });
  }

  it('describes both sides', () => {
    const difference = comparePurchase({ key, left: product('paid'), right: payment('declined') }, bounds);
    expect(difference?.detail).to.match(/^product: paid, 5.00 EUR of .+; payment: declined \(WALLET_FROZEN\), 5.00 EUR of .+$/);
  });
});
