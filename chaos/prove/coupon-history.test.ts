import { expect } from 'chai';
import { type Coupon, discountOf } from './coupon.ts';
import { createCouponHistory } from './coupon-history.ts';
import type { PurchaseView } from './purchase-history.ts';

const tea: Coupon = { code: 'TEA', kind: 'percent', percent: 15, maxRedemptions: 3, maxPerUser: 2 };

function purchase(userId: string, fields: Partial<PurchaseView> = {}): PurchaseView {
  return {
    ...{ id: 'p1', userId, status: 'paid', items: [], totalMinor: 0, refund: 'none', version: 1, coupon: { code: 'TEA' } },
    ...fields,
  };
}

describe('createCouponHistory', () => {
  const check = (...purchases: PurchaseView[]): string[] => {
    const history = createCouponHistory();
    history.creating(tea);
    return history.check(purchases).map(({ detail }) => detail);
  };

  it('finds nothing up to the limits', () => {
    expect(check(purchase('alice'), purchase('alice'), purchase('bob'), purchase('bob', { coupon: undefined }))).to.deep.equal(
      [],
    );
  });

  it('does not count declined and cancelled purchases', () => {
    const undone = [purchase('alice', { status: 'declined' }), purchase('alice', { status: 'cancelled' })];
    expect(check(purchase('alice'), purchase('alice'), ...undone)).to.deep.equal([]);
  });

  it('finds more purchases than a limit allows', () => {
    expect(check(purchase('alice'), purchase('alice'), purchase('bob'), purchase('bob'))).to.deep.equal([
      '4 purchases, the limit is 3',
    ]);
    expect(check(purchase('alice'), purchase('alice'), purchase('alice'))).to.deep.equal([
      '3 purchases by alice, the limit is 2',
    ]);
  });

  it('finds a coupon that nobody created', () => {
    expect(check(purchase('alice', { coupon: { code: 'CAKE' } }))).to.deep.equal(['no client created it']);
  });

  it('rounds percentages half up, and takes at most the sum off', () => {
    expect([3, 10, 30].map((subtotalMinor) => discountOf(tea, subtotalMinor))).to.deep.equal([0, 2, 5]);
    expect(discountOf({ code: 'CUP', kind: 'amount', amountMinor: 500, currency: 'EUR' }, 300)).to.equal(300);
  });
});
