import { newId } from '@florin/database';
import { expect } from 'chai';
import type { StoredCoupon } from '../src/coupons/coupons-table.ts';
import { type CouponOrder, decideCoupon } from '../src/coupons/decide-coupon.ts';

const at = new Date('2026-12-24T12:00:00.000Z');
const laterBy = (ms: number): Date => new Date(at.getTime() + ms);
const [tea, cup, spoon] = [newId(), newId(), newId()];
const order: CouponOrder = {
  at,
  currency: 'EUR',
  lines: [
    { productId: tea, unitPriceMinor: 500, quantity: 2 },
    { productId: cup, unitPriceMinor: 900, quantity: 1 },
    { productId: spoon, unitPriceMinor: 0, quantity: 3 },
  ],
};
const facts = { eligibleProducts: new Set<string>(), redeemed: 0, redeemedByUser: 0 };

function couponOf(fields: Partial<StoredCoupon> = {}): StoredCoupon {
  return {
    ...{ id: newId(), code: 'TEA', kind: 'percent', percent: 10, amountMinor: null, currency: null, minSubtotalMinor: null },
    ...{
      startsAt: null,
      endsAt: null,
      maxRedemptions: null,
      maxPerUser: null,
      redemptions: 0,
      isScoped: false,
      status: 'active',
    },
    ...{ version: 1, createdAt: at, updatedAt: at },
    ...fields,
  };
}

const amount = (amountMinor: number): Partial<StoredCoupon> => ({ kind: 'amount', percent: null, amountMinor, currency: 'EUR' });

describe('decideCoupon', () => {
  it('applies to all lines without a scope', () => {
    expect(decideCoupon(couponOf(), order, facts)).to.deep.equal({ kind: 'percent', percent: 10, eligible: [0, 1, 2] });
    expect(decideCoupon(couponOf(amount(300)), order, facts)).to.deep.equal({
      kind: 'amount',
      amountMinor: 300,
      eligible: [0, 1, 2],
    });
  });

  it('applies to the lines of its scope', () => {
    const scoped = couponOf({ isScoped: true });
    const eligibleProducts = new Set([cup, newId()]);
    expect(decideCoupon(scoped, order, { ...facts, eligibleProducts })).to.deep.include({ eligible: [1] });
  });

  it('applies from startsAt on and before endsAt', () => {
    const until = (endsAt: Date) => decideCoupon(couponOf({ endsAt }), order, facts);
    const from = (startsAt: Date) => decideCoupon(couponOf({ startsAt }), order, facts);
    expect(until(at)).to.equal('ENDED');
    expect(until(laterBy(1))).to.be.an('object');
    expect(from(laterBy(1))).to.equal('NOT_STARTED');
    expect(from(at)).to.be.an('object');
  });

  it('compares the minimum with all lines before the discount', () => {
    const scoped = { isScoped: true, currency: 'EUR' };
    const eligible = { ...facts, eligibleProducts: new Set([cup]) };
    expect(decideCoupon(couponOf({ ...scoped, minSubtotalMinor: 1_900 }), order, eligible)).to.be.an('object');
    expect(decideCoupon(couponOf({ ...scoped, minSubtotalMinor: 1_901 }), order, eligible)).to.equal('SUBTOTAL_TOO_LOW');
  });

  it('counts redemptions up to each limit', () => {
    const limited = couponOf({ maxRedemptions: 3, maxPerUser: 2 });
    expect(decideCoupon(limited, order, { ...facts, redeemed: 2, redeemedByUser: 1 })).to.be.an('object');
    expect(decideCoupon(limited, order, { ...facts, redeemed: 3, redeemedByUser: 1 })).to.equal('USED_UP');
    expect(decideCoupon(limited, order, { ...facts, redeemed: 2, redeemedByUser: 2 })).to.equal('USED_UP_BY_USER');
    expect(decideCoupon(couponOf(), order, { ...facts, redeemed: 1e6, redeemedByUser: 1e6 }), 'no limit').to.be.an('object');
  });

  it('takes half a minor unit off at least', () => {
    const cheap = (unitPriceMinor: number) => ({ ...order, lines: [{ productId: tea, unitPriceMinor, quantity: 1 }] });
    expect(decideCoupon(couponOf({ percent: 10 }), cheap(4), facts)).to.equal('NO_DISCOUNT');
    expect(decideCoupon(couponOf({ percent: 10 }), cheap(5), facts)).to.be.an('object');
    expect(decideCoupon(couponOf(amount(100)), cheap(0), facts)).to.equal('NO_DISCOUNT');
  });

  const refusals: [string, StoredCoupon | undefined, string][] = [
    ['an unknown coupon', undefined, 'UNKNOWN'],
    ['an archived coupon', couponOf({ status: 'archived' }), 'ARCHIVED'],
    ['a coupon in another currency', couponOf({ currency: 'USD' }), 'OTHER_CURRENCY'],
    ['a coupon for none of the items', couponOf({ isScoped: true }), 'NO_ELIGIBLE_ITEM'],
  ];
  for (const [what, coupon, reason] of refusals)
    it(`refuses ${what}`, () => {
      expect(decideCoupon(coupon, order, facts)).to.equal(reason);
    });
});
