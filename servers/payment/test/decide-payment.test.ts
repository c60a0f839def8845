import { newId } from '@florin/database';
import { expect } from 'chai';
import fc from 'fast-check';
import { decidePayment } from '../src/payments/decide-payment.ts';
import { type DeclineReason, rules } from '../src/payments/rules.ts';
import { availableMinor, type Wallet } from '../src/wallets/wallet.ts';

const wallet: Wallet = {
  id: newId(),
  userId: newId(),
  currency: 'EUR',
  balanceMinor: 1000,
  heldMinor: 0,
  creditLimitMinor: 0,
  spendLimitMinor: 800,
  dailyLimitMinor: null,
  spentOn: null,
  spentFrom: null,
  spentMinor: 0,
  status: 'active',
  version: 1,
  entrySequence: 1,
};

/** Sum of the day's other purchases. */
const spentMinor = 200;

describe('decidePayment', () => {
  type Case = [title: string, wallet: Wallet | undefined, purchase: { amountMinor: number; currency: string }];
  /** A reason without an example does not compile. */
  const examples: Record<DeclineReason, readonly Case[]> = {
    WALLET_NOT_FOUND: [['no wallet', undefined, { amountMinor: 1, currency: 'EUR' }]],
    CURRENCY_MISMATCH: [
      ['no wallet in the currency', wallet, { amountMinor: 1, currency: 'USD' }],
      ['the currency before the status', { ...wallet, status: 'frozen' }, { amountMinor: 9999, currency: 'USD' }],
    ],
    WALLET_FROZEN: [
      ['a frozen wallet', { ...wallet, status: 'frozen' }, { amountMinor: 1, currency: 'EUR' }],
      ['the status before the limits', { ...wallet, status: 'frozen' }, { amountMinor: 9999, currency: 'EUR' }],
    ],
    SPEND_LIMIT_EXCEEDED: [
      ['a price above the spend limit', wallet, { amountMinor: 801, currency: 'EUR' }],
      ['the spend limit before the day', { ...wallet, dailyLimitMinor: 10 }, { amountMinor: 9999, currency: 'EUR' }],
      ['the spend limit before the funds', wallet, { amountMinor: 9999, currency: 'EUR' }],
    ],
    DAILY_LIMIT_EXCEEDED: [
      ['a price above what is left of the day', { ...wallet, dailyLimitMinor: 900 }, { amountMinor: 701, currency: 'EUR' }],
      ['the day before the funds', { ...wallet, balanceMinor: 0, dailyLimitMinor: 10 }, { amountMinor: 700, currency: 'EUR' }],
    ],
    INSUFFICIENT_FUNDS: [
      ['too little money', { ...wallet, balanceMinor: 799 }, { amountMinor: 800, currency: 'EUR' }],
      ['money that is held', { ...wallet, heldMinor: 201 }, { amountMinor: 800, currency: 'EUR' }],
    ],
  };
  for (const { reason } of rules) {
    for (const [title, candidate, purchase] of examples[reason]) {
      it(`declines with ${reason}: ${title}`, () => {
        expect(decidePayment(candidate, { ...purchase, spentMinor })).to.deep.equal({ outcome: 'decline', reason });
      });
    }
  }

  const charged: [string, Wallet, number][] = [
    ['the whole spend limit', wallet, 800],
    ['the whole balance', { ...wallet, balanceMinor: 800 }, 800],
    ['what is left of the day', { ...wallet, dailyLimitMinor: 300 }, 100],
    ['nothing', { ...wallet, balanceMinor: 0 }, 0],
    ['down to the credit limit', { ...wallet, balanceMinor: -100, creditLimitMinor: 300 }, 200],
    [
      'the largest amount that can still be counted',
      { ...wallet, balanceMinor: Number.MAX_SAFE_INTEGER, spendLimitMinor: Number.MAX_SAFE_INTEGER },
      Number.MAX_SAFE_INTEGER - spentMinor,
    ],
  ];
  for (const [title, candidate, amountMinor] of charged) {
    it(`charges ${title}`, () => {
      expect(decidePayment(candidate, { amountMinor, currency: 'EUR', spentMinor })).to.deep.equal({
        outcome: 'charge',
        wallet: candidate,
      });
    });
  }

  it('charges exactly when an active wallet of the currency covers the amount', () => {
    const money = fc.oneof(fc.nat(2000), fc.maxSafeNat());
    const wallets = fc
      .record({
        balanceMinor: fc.oneof(fc.integer({ min: -2000, max: 2000 }), fc.maxSafeInteger()),
        heldMinor: money,
        creditLimitMinor: money,
        spendLimitMinor: money,
        dailyLimitMinor: fc.option(money),
        status: fc.constantFrom('active' as const, 'frozen' as const),
        currency: fc.constantFrom('EUR', 'USD'),
      })
      .map((some) => ({ ...wallet, ...some }))
      .filter((some) => availableMinor(some) >= 0 && Number.isSafeInteger(availableMinor(some)));
    fc.assert(
      fc.property(fc.option(wallets, { nil: undefined }), money, money, (candidate, amountMinor, spent) => {
        const { outcome } = decidePayment(candidate, { amountMinor, currency: 'EUR', spentMinor: spent });
        const isCovered =
          candidate !== undefined &&
          candidate.status === 'active' &&
          candidate.currency === 'EUR' &&
          amountMinor <= candidate.spendLimitMinor &&
          BigInt(spent) + BigInt(amountMinor) <= BigInt(candidate.dailyLimitMinor ?? Number.MAX_SAFE_INTEGER) &&
          amountMinor <= candidate.balanceMinor + candidate.creditLimitMinor - candidate.heldMinor;
        expect(outcome).to.equal(isCovered ? 'charge' : 'decline');
      }),
    );
  });
});
