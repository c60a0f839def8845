import { expect } from 'chai';
import { createClaimHistory, type StoredClaims } from './claim-history.ts';

const nothing: StoredClaims = { claims: [], refunds: [], purchases: [], returned: new Map() };
const approved = { id: 'c', status: 'approved', refundMinor: 5, restock: true, returnRequired: false } as const;
const stored = { ...approved, key: 'k', purchaseId: 'p', units: 2 };
const paid = { id: 'p', chargedMinor: 10, doneMinor: 5, movedMinor: 5, refundedMinor: 5 };

describe('the history of claims', () => {
  const checksOf = (change: Partial<StoredClaims>): string[] => {
    const history = createClaimHistory();
    history.claimed(history.claim({ purchaseId: 'p', productId: 'x', quantity: 2, key: 'k' }), { id: 'c', status: 'open' });
    history.refunded(history.refund({ purchaseId: 'p', amountMinor: 5, key: 'r' }), { id: 'f', amountMinor: 5 });
    history.saw(approved);
    const whole = {
      claims: [stored],
      refunds: [{ id: 'f', key: 'r', purchaseId: 'p', amountMinor: 5 }],
      purchases: [paid],
      returned: new Map([['c', 2]]),
    };
    return history.check({ ...nothing, ...whole, ...change }).map(({ check }) => check);
  };

  const cases: [string, Partial<StoredClaims>, string[]][] = [
    ['agrees with what is stored', {}, []],
    ['finds a lost claim', { claims: [] }, ['an answered claim or refund is kept', 'a decision on a claim is kept']],
    ['finds a lost refund', { refunds: [] }, ['an answered claim or refund is kept']],
    [
      'finds a refund that nobody requested',
      { refunds: ['r', 's'].map((key) => ({ id: key === 'r' ? 'f' : 'g', key, purchaseId: 'p', amountMinor: 5 })) },
      ['every claim and refund was requested'],
    ],
    ['finds a decision that was undone', { claims: [{ ...stored, refundMinor: 6 }] }, ['a decision on a claim is kept']],
    ['finds units that came back twice', { returned: new Map([['c', 4]]) }, ['the units of a claim come back once']],
    [
      'finds more refunded than charged',
      { purchases: [{ ...paid, movedMinor: 11, doneMinor: 11, refundedMinor: 11 }] },
      ['refunds are at most the charge'],
    ],
    ['finds a total that was added up', { purchases: [{ ...paid, refundedMinor: 10 }] }, ['product shows what payment refunded']],
  ];
  for (const [name, change, expected] of cases) {
    it(name, () => {
      expect(checksOf(change)).to.deep.equal(expected);
    });
  }

  it('finds one key with two refunds, and a refund that was refused and is stored', () => {
    const history = createClaimHistory();
    const refund = history.refund({ purchaseId: 'p', amountMinor: 5, key: 'r' });
    history.refunded(refund, { id: 'f', amountMinor: 5 });
    history.refunded(refund, { id: 'g', amountMinor: 6 });
    history.refund({ purchaseId: 'p', amountMinor: 7, key: 's' }).isRejected = true;
    const refunds = [
      { id: 'g', key: 'r', purchaseId: 'p', amountMinor: 6 },
      { id: 'h', key: 's', purchaseId: 'p', amountMinor: 7 },
    ];
    expect(history.check({ ...nothing, refunds }).map(({ check }) => check)).to.deep.equal([
      'one key, one claim or refund',
      'a refund equals its request',
      'a refused claim or refund is not stored',
    ]);
  });
});
