import { expect } from 'chai';
import {
  createWalletHistory,
  REVIEW_ABOVE_MINOR,
  type StoredWalletOperation,
  type StoredWalletOperations,
} from './wallet-history.ts';

const alice = 'alice';
const LARGE = REVIEW_ABOVE_MINOR + 1;

/** A history and databases without violations; each case changes one field. */
function played() {
  const history = createWalletHistory();
  const topUp = history.requested('top-up', alice, { key: 't', amountMinor: 500 });
  const hold = history.requested('hold', alice, { key: 'h', amountMinor: 40 });
  const adjustment = history.requested('adjustment', alice, { key: 'a', amountMinor: -5 });
  const refused = history.requested('adjustment', alice, { key: 'r', amountMinor: -2_999 });
  refused.rejections.push('WALLET_INSUFFICIENT_FUNDS');
  history.answered(topUp, { id: 'T', amountMinor: 500, status: 'settled' });
  history.ended('T', { status: 'settled', capturedMinor: 0 });
  history.answered(hold, { id: 'H', amountMinor: 40, status: 'held' });
  history.ended('H', { status: 'captured', capturedMinor: 30 });
  history.answered(adjustment, { id: 'A', amountMinor: -5, status: 'posted' });
  for (const key of ['p', 'n', 'o']) {
    const operation = history.requested('adjustment', alice, { key, amountMinor: LARGE });
    history.answered(operation, { id: key.toUpperCase(), amountMinor: LARGE, status: 'pending' });
  }
  history.ended('P', { status: 'approved', capturedMinor: 0 });
  history.ended('N', { status: 'rejected', capturedMinor: 0 });
  const base = { userId: alice, capturedMinor: 0, transfers: 1, isDue: false, isOwnDecision: false };
  const review = { ...base, kind: 'adjustment', amountMinor: LARGE, transfers: 0, transferredMinor: 0 } as const;
  const stored: StoredWalletOperation[] = [
    { ...base, kind: 'top-up', id: 'T', key: 't', amountMinor: 500, status: 'settled', transferredMinor: 500 },
    { ...base, kind: 'hold', id: 'H', key: 'h', amountMinor: 40, status: 'captured', capturedMinor: 30, transferredMinor: -30 },
    { ...base, kind: 'adjustment', id: 'A', key: 'a', amountMinor: -5, status: 'posted', transferredMinor: -5 },
    { ...review, id: 'P', key: 'p', status: 'approved', transfers: 1, transferredMinor: LARGE },
    { ...review, id: 'N', key: 'n', status: 'rejected' },
    { ...review, id: 'O', key: 'o', status: 'pending' },
  ];
  const requests = ['P', 'N', 'O'].map((id) => `adjustment.request ${id}`);
  const decisions = ['adjustment.approve P', 'wallet.adjust P', 'adjustment.reject N'];
  const entries = ['hold.place H', 'hold.capture H', 'wallet.adjust A', ...requests, ...decisions];
  const logged = new Map(entries.map((entry) => [entry, 1]));
  return { history, stored: { operations: stored, heldWrongly: [], logged } satisfies StoredWalletOperations };
}

describe('createWalletHistory', () => {
  it('finds nothing if every operation was applied as answered', () => {
    const { history, stored } = played();
    expect(history.check(stored)).to.deep.equal([]);
  });

  const changed: [string, number, Partial<StoredWalletOperation>, string][] = [
    ['a top-up credited twice', 0, { transfers: 2, transferredMinor: 1_000 }, 'an operation is applied once'],
    ['a top-up that was not credited', 0, { transfers: 0, transferredMinor: 0 }, 'an operation is applied once'],
    ['a settled top-up that failed', 0, { status: 'failed', transfers: 0, transferredMinor: 0 }, 'an operation ends as answered'],
    ['a capture of another amount', 1, { capturedMinor: 40, transferredMinor: -40 }, 'an operation ends as answered'],
    [
      'a captured hold that was released',
      1,
      { status: 'released', capturedMinor: 0, transfers: 0, transferredMinor: 0 },
      'an operation ends as answered',
    ],
    ['an adjustment of another amount', 2, { amountMinor: -6, transferredMinor: -6 }, 'an operation equals its request'],
    ['an adjustment of another wallet', 2, { userId: 'bob' }, 'an operation equals its request'],
    ['an operation under an unknown key', 2, { key: 'z' }, 'every operation was requested'],
    ['an approved adjustment that moved twice', 3, { transfers: 2, transferredMinor: 2 * LARGE }, 'an operation is applied once'],
    ['an approved adjustment that did not move', 3, { transfers: 0, transferredMinor: 0 }, 'an operation is applied once'],
    ['a rejected adjustment that moved', 4, { transfers: 1, transferredMinor: LARGE }, 'an operation is applied once'],
    ['a pending adjustment that moved', 5, { transfers: 1, transferredMinor: LARGE }, 'an operation is applied once'],
    ['a rejected adjustment that was approved', 4, { status: 'approved' }, 'an operation ends as answered'],
    ['a large adjustment without a review', 3, { status: 'posted' }, 'large adjustments need another admin, and no others do'],
    ['a small adjustment with a review', 2, { status: 'pending' }, 'large adjustments need another admin, and no others do'],
    ['an adjustment decided by who requested it', 3, { isOwnDecision: true }, 'no admin decides on their own adjustment'],
  ];
  for (const [title, at, change, check] of changed) {
    it(`finds ${title}`, () => {
      const { history, stored } = played();
      const checks = history.check({
        ...stored,
        operations: stored.operations.map((operation, index) => (index === at ? { ...operation, ...change } : operation)),
      });
      expect(checks.map((finding) => finding.check)).to.include(check);
    });
  }

  it('finds two operations under one key, a missing one, and a rejected one', () => {
    const { history, stored } = played();
    const [topUp, , adjustment] = stored.operations;
    if (!topUp || !adjustment) throw new Error('three operations expected');
    const twice = history.check({ ...stored, operations: [...stored.operations, { ...adjustment, id: 'B' }] });
    expect(twice.map(({ check }) => check)).to.deep.equal(['one key, one operation']);
    const gone = history.check({ ...stored, operations: stored.operations.slice(1) });
    expect(gone.map(({ check }) => check)).to.deep.equal(['an answered operation is kept']);
    const done = { ...adjustment, id: 'R', key: 'r', amountMinor: -2_999, transferredMinor: -2_999 };
    expect(history.check({ ...stored, operations: [...stored.operations, done] }).map(({ check }) => check)).to.deep.equal([
      'a rejected operation is not applied',
    ]);
  });

  it('finds two final states, a wrong held amount, and a missing row of the audit log', () => {
    const { history, stored } = played();
    const heldWrongly = [{ walletId: 'w', heldMinor: 5, openMinor: 0 }];
    const logged = new Map([...stored.logged, ['hold.capture H', 2]] as [string, number][]);
    history.ended('H', { status: 'released', capturedMinor: 0 });
    expect(history.check({ ...stored, heldWrongly, logged }).map(({ check }) => check)).to.include.members([
      'an operation ends once',
      'the held amount of a wallet is the sum of its holds',
      'the audit log has each wallet operation once',
    ]);
  });
});
