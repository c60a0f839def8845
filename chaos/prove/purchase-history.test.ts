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

describe('createPurchaseHistory', () => {
  let history: PurchaseHistory;
  let request: PurchaseRequest;
  beforeEach(() => {
    history = createPurchaseHistory();
    request = history.request(alice, 'k1', items);
  });

  const checks = (now: Stored): string[] => history.check(now).map(({ check }) => check);
  const paid = { ...purchase({ status: 'paid', version: 2 }), key: 'k1' };

  it('finds nothing if every answer was correct', () => {
    history.accepted(request, purchase(), false);
    history.sawPurchase(purchase(), 0);
    history.sawPurchase(purchase({ status: 'paid', version: 2 }), 1);
    history.accepted(request, purchase({ status: 'paid', version: 2 }), true);
    history.sawWallet({ userId: alice, balanceMinor: 700, availableMinor: 700, version: 2 }, 0);
    history.signedUp(alice, 'alice@florin.example');
    const now = stored({ purchases: [paid], balances: [1_000, 700], users: [[alice, 'alice@florin.example']] });
    expect(history.check(now)).to.deep.equal([]);
  });

  it('accepts that a request without an answer is stored or not', () => {
    request.lost = 1;
    expect(checks(stored())).to.deep.equal([]);
    expect(checks(stored({ purchases: [paid] }))).to.deep.equal([]);
  });

  describe('finds at once', () => {
    const told = (): string[] => history.violations.map(({ check }) => check);

    it('two purchases under one key', () => {
      history.accepted(request, purchase(), false);
      history.accepted(request, purchase({ id: 'p2' }), true);
      expect(told()).to.deep.equal(['one key, one purchase']);
    });

    it('a repeated key that is answered as new', () => {
      history.accepted(request, purchase(), false);
      history.accepted(request, purchase(), false);
      expect(told()).to.deep.equal(['a repeated key is answered as a replay']);
    });

    it('items that were not requested', () => {
      history.accepted(request, purchase({ items: [{ productId: 'tea', quantity: 3, unitPriceMinor: 100 }] }), false);
      expect(told()).to.deep.equal(['a purchase equals its request']);
    });

    it('a total that is not the sum of its items', () => {
      history.accepted(request, purchase({ totalMinor: 299 }), false);
      expect(told()).to.deep.equal(['a total is the sum of its items less the discount of its coupon']);
    });

    it('a read that is older than one that ended before it began', () => {
      history.sawPurchase(purchase({ status: 'paid', version: 2 }), 0);
      history.sawPurchase(purchase(), history.purchaseFloor('p1'));
      expect(told()).to.deep.equal(['reads never go back']);
    });

    it('two states with one version', () => {
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
    it('an accepted purchase that is missing, or has another id', () => {
      history.accepted(request, purchase(), false);
      expect(checks(stored())).to.include('an accepted purchase is kept');
      expect(checks(stored({ purchases: [{ ...paid, id: 'p2' }] }))).to.include('an accepted purchase is kept');
    });

    it('a purchase whose items or total differ from the answer', () => {
      history.accepted(request, purchase(), false);
      expect(checks(stored({ purchases: [{ ...paid, items: [] }] }))).to.deep.equal(['a purchase equals its request']);
      expect(checks(stored({ purchases: [{ ...paid, totalMinor: 1 }] }))).to.deep.equal(['a purchase equals its answer']);
    });

    it('a rejected purchase, unless an earlier attempt got no answer', () => {
      request.rejections.push('PRODUCT_OUT_OF_STOCK');
      expect(checks(stored({ purchases: [paid] }))).to.deep.equal(['a rejected purchase is not stored']);
      request.lost = 1;
      expect(checks(stored({ purchases: [paid] }))).to.deep.equal([]);
    });

    it('a purchase that was not requested', () => {
      expect(checks(stored({ purchases: [{ ...paid, key: 'k2' }] }))).to.deep.equal(['every purchase was requested']);
    });

    it('a purchase that was read and is missing', () => {
      history.sawPurchase(purchase(), 0);
      expect(checks(stored())).to.deep.equal(['a purchase once read still exists']);
    });

    it('a status that goes back in the transition table, or a version that goes back', () => {
      history.sawPurchase(purchase({ status: 'declined', version: 2 }), 0);
      expect(checks(stored({ purchases: [{ ...paid, version: 3 }] }))).to.deep.equal(['a status never goes back']);
      expect(checks(stored({ purchases: [{ ...paid, status: 'declined', version: 1 }] }))).to.deep.equal([
        'a status never goes back',
      ]);
    });

    it('a cancel that was answered 202 and is not kept', () => {
      history.cancelled('p1');
      expect(checks(stored({ purchases: [paid] }))).to.deep.equal(['a cancel answered 202 is kept']);
      expect(checks(stored({ purchases: [{ ...paid, status: 'cancelled', refund: 'done' }] }))).to.deep.equal([]);
    });

    it('a balance that never existed', () => {
      history.sawWallet({ userId: alice, balanceMinor: 701, availableMinor: 701, version: 2 }, 0);
      expect(checks(stored({ balances: [1_000, 700] }))).to.deep.equal(['every balance read existed']);
    });

    it('an account that is missing', () => {
      history.signedUp(alice, 'alice@florin.example');
      expect(checks(stored())).to.deep.equal(['a new account is kept']);
    });
  });
});
