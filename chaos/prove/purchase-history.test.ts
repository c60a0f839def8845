import { expect } from 'chai';
import {
  createPurchaseHistory,
  type PurchaseHistory,
  type PurchaseRequest,
  type PurchaseView,
  type Stored,
} from './purchase-history.ts';

const alice = 'alice';
const items = [{ productId: 'tea', quantity: 2 }];

function purchase(fields: Partial<PurchaseView> = {}): PurchaseView {
  return {
    id: 'p1',
    userId: alice,
    status: 'requested',
    items: [{ productId: 'tea', quantity: 2, unitPriceMinor: 150 }],
    totalMinor: 300,
    refund: 'none',
    version: 1,
    ...fields,
  };
}

function stored({
  purchases = [],
  balances = [],
  users = [],
}: {
  purchases?: (PurchaseView & { key: string })[];
  balances?: number[];
  users?: [string, string][];
} = {}): Stored {
  return { purchases, balances: new Map([[alice, new Set(balances)]]), users: new Map(users) };
}

describe('the model of answers', () => {
  let history: PurchaseHistory;
  let request: PurchaseRequest;
  beforeEach(() => {
    history = createPurchaseHistory();
    request = history.request(alice, 'k1', items);
  });

  const checks = (now: Stored): string[] => history.check(now).map(({ check }) => check);
  const paid = { ...purchase({ status: 'paid', version: 2 }), key: 'k1' };

  it('finds nothing where every answer was true', () => {
    history.accepted(request, purchase(), false);
    history.sawPurchase(purchase(), 0);
    history.sawPurchase(purchase({ status: 'paid', version: 2 }), 1);
    history.accepted(request, purchase({ status: 'paid', version: 2 }), true);
    history.sawWallet({ userId: alice, balanceMinor: 700, availableMinor: 700, version: 2 }, 0);
    history.signedUp(alice, 'alice@florin.example');
    const now = stored({ purchases: [paid], balances: [1_000, 700], users: [[alice, 'alice@florin.example']] });
    expect(history.check(now)).to.deep.equal([]);
  });

  it('lets a request without an answer be taken or not', () => {
    request.lost = 1;
    expect(checks(stored())).to.deep.equal([]);
    expect(checks(stored({ purchases: [paid] }))).to.deep.equal([]);
  });

  describe('finds a reportViolation:', () => {
    const told = (): string[] => history.violations.map(({ check }) => check);

    it('one key, two purchases', () => {
      history.accepted(request, purchase(), false);
      history.accepted(request, purchase({ id: 'p2' }), true);
      expect(told()).to.deep.equal(['one key, one purchase']);
    });

    it('a repeated key that is answered as if it were new', () => {
      history.accepted(request, purchase(), false);
      history.accepted(request, purchase(), false);
      expect(told()).to.deep.equal(['a repeated key is a replay']);
    });

    it('other items than asked for', () => {
      history.accepted(request, purchase({ items: [{ productId: 'tea', quantity: 3, unitPriceMinor: 100 }] }), false);
      expect(told()).to.deep.equal(['a purchase is what was asked for']);
    });

    it('a total that is not the sum', () => {
      history.accepted(request, purchase({ totalMinor: 299 }), false);
      expect(told()).to.deep.equal(['a total is the sum of its items']);
    });

    it('a read that goes back behind what was shown before it began', () => {
      history.sawPurchase(purchase({ status: 'paid', version: 2 }), 0);
      history.sawPurchase(purchase(), history.purchaseFloor('p1'));
      expect(told()).to.deep.equal(['reads never go back']);
    });

    it('two states of one version', () => {
      history.sawPurchase(purchase({ status: 'paid', version: 2 }), 0);
      history.sawPurchase(purchase({ status: 'declined', version: 2 }), 0);
      expect(told()).to.deep.equal(['a version has one state']);
    });

    it('a wallet that goes back, has two balances in one version, or is overdrawn', () => {
      history.sawWallet({ userId: alice, balanceMinor: 700, availableMinor: 700, version: 2 }, 0);
      history.sawWallet({ userId: alice, balanceMinor: 1_000, availableMinor: 1_000, version: 1 }, history.walletFloor(alice));
      history.sawWallet({ userId: alice, balanceMinor: 600, availableMinor: 600, version: 2 }, 0);
      history.sawWallet({ userId: alice, balanceMinor: -1, availableMinor: -1, version: 3 }, 0);
      expect(told()).to.deep.equal(['reads never go back', 'a version has one state', 'no wallet is overdrawn']);
    });
  });

  describe('finds at the end', () => {
    it('an accepted purchase that is gone, or under another id', () => {
      history.accepted(request, purchase(), false);
      expect(checks(stored())).to.include('an accepted purchase is kept');
      expect(checks(stored({ purchases: [{ ...paid, id: 'p2' }] }))).to.include('an accepted purchase is kept');
    });

    it('a purchase with other items or another total than were answered', () => {
      history.accepted(request, purchase(), false);
      expect(checks(stored({ purchases: [{ ...paid, items: [] }] }))).to.deep.equal(['a purchase is what was asked for']);
      expect(checks(stored({ purchases: [{ ...paid, totalMinor: 1 }] }))).to.deep.equal(['a purchase is what was answered']);
    });

    it('a purchase that was refused, unless a request before it got no answer', () => {
      request.refusals.push('PRODUCT_OUT_OF_STOCK');
      expect(checks(stored({ purchases: [paid] }))).to.deep.equal(['what was refused is not bought']);
      request.lost = 1;
      expect(checks(stored({ purchases: [paid] }))).to.deep.equal([]);
    });

    it('a purchase that nobody asked for', () => {
      expect(checks(stored({ purchases: [{ ...paid, key: 'k2' }] }))).to.deep.equal(['nothing is bought that nobody asked for']);
    });

    it('a purchase that was shown and is gone', () => {
      history.sawPurchase(purchase(), 0);
      expect(checks(stored())).to.deep.equal(['a purchase that was shown exists']);
    });

    it('a status that went back along the transition table, or a version that did', () => {
      history.sawPurchase(purchase({ status: 'declined', version: 2 }), 0);
      expect(checks(stored({ purchases: [{ ...paid, version: 3 }] }))).to.deep.equal(['a status seen never goes back']);
      expect(checks(stored({ purchases: [{ ...paid, status: 'declined', version: 1 }] }))).to.deep.equal([
        'a status seen never goes back',
      ]);
    });

    it('a cancel that was answered 202 and does not hold', () => {
      history.cancelled('p1');
      expect(checks(stored({ purchases: [paid] }))).to.deep.equal(['a cancel that was answered 202 holds']);
      expect(checks(stored({ purchases: [{ ...paid, status: 'cancelled', refund: 'done' }] }))).to.deep.equal([]);
    });

    it('a balance that never was', () => {
      history.sawWallet({ userId: alice, balanceMinor: 701, availableMinor: 701, version: 2 }, 0);
      expect(checks(stored({ balances: [1_000, 700] }))).to.deep.equal(['a balance that was shown existed']);
    });

    it('an account that is gone', () => {
      history.signedUp(alice, 'alice@florin.example');
      expect(checks(stored())).to.deep.equal(['an account that was opened exists']);
    });
  });
});
