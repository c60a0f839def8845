import { expect } from 'chai';
import {
  createStatementHistory,
  type Explanation,
  type Statement,
  type StatementEntry,
  type StoredEntries,
} from './statement-history.ts';

const alice = 'alice';
const entries: StatementEntry[] = [
  { sequence: 1, atMs: 1_000, amountMinor: 100, balanceAfterMinor: 100 },
  { sequence: 2, atMs: 2_000, amountMinor: -30, balanceAfterMinor: 70 },
  { sequence: 3, atMs: 2_000, amountMinor: 5, balanceAfterMinor: 75 },
];
const statement: Statement = { openingMinor: 0, entries, closingMinor: 75, untilMs: 2_500 };
const stored: StoredEntries = new Map([
  [alice, [...entries, { sequence: 4, atMs: 2_500, amountMinor: 1, balanceAfterMinor: 76 }]],
]);
const explanation: Explanation = {
  ...{ id: 'P', userId: alice, status: 'declined', amountMinor: 80, declineReason: 'INSUFFICIENT_FUNDS' },
  ...{ decision: 'declined', decidedBy: 'INSUFFICIENT_FUNDS' },
  facts: { sequence: 2, balanceMinor: 70, availableMinor: 70 },
  rules: [
    { rule: 'WALLET_FROZEN', outcome: 'passed' },
    { rule: 'INSUFFICIENT_FUNDS', outcome: 'failed' },
  ],
};

describe('createStatementHistory', () => {
  it('finds nothing where what was said of the past is true', () => {
    const history = createStatementHistory();
    history.statement(alice, statement);
    history.balanceAt({ userId: alice, atMs: 1_999, sequence: 1, balanceMinor: 100 });
    history.balanceAt({ userId: alice, atMs: 2_000, sequence: 3, balanceMinor: 75 });
    history.explained(explanation);
    expect(history.check(stored)).to.deep.equal([]);
  });

  const [first, second, third] = entries as [StatementEntry, StatementEntry, StatementEntry];
  const statements: [string, Partial<Statement>, string][] = [
    ['a statement that closes with another sum', { closingMinor: 76 }, 'a statement adds up'],
    ['a statement that opens with another sum', { openingMinor: 1 }, 'a statement adds up'],
    [
      'a statement with a gap',
      { entries: [first, { ...third, balanceAfterMinor: 105 }], closingMinor: 105 },
      'a statement adds up',
    ],
    ['a statement that goes back in time', { entries: [{ ...first, atMs: 2_001 }, second, third] }, 'a statement adds up'],
    ['a statement that left out what was booked', { untilMs: 2_501 }, 'a balance of a time has all that was booked by then'],
    ['an entry that changed', { entries: [first, second, { ...third, atMs: 2_001 }] }, 'an entry stays as a statement had it'],
  ];
  for (const [title, change, check] of statements) {
    it(`finds ${title}`, () => {
      const history = createStatementHistory();
      history.statement(alice, { ...statement, ...change });
      expect(history.check(stored).map((finding) => finding.check)).to.include(check);
    });
  }

  it('finds balances of a time that are those of another', () => {
    const checksOf = (said: { atMs: number; sequence: number; balanceMinor: number }): string[] => {
      const history = createStatementHistory();
      history.balanceAt({ userId: alice, ...said });
      return history.check(stored).map(({ check }) => check);
    };
    const isLate = 'a balance of a time is that of its last entry';
    const isEarly = 'a balance of a time has all that was booked by then';
    expect(checksOf({ atMs: 1_500, sequence: 2, balanceMinor: 70 })).to.deep.equal([isLate]);
    expect(checksOf({ atMs: 1_500, sequence: 1, balanceMinor: 99 })).to.deep.equal([isLate]);
    expect(checksOf({ atMs: 2_000, sequence: 2, balanceMinor: 70 })).to.deep.equal([isEarly]);
    expect(checksOf({ atMs: 1_000, sequence: 0, balanceMinor: 0 })).to.deep.equal([isEarly]);
  });

  const explanations: [string, Partial<Explanation>, string][] = [
    ['a decision of another kind', { decision: 'charged' }, 'a decision is explained by its rules'],
    ['a reason that is another', { declineReason: 'WALLET_FROZEN' }, 'a decision is explained by its rules'],
    ['a rule that did not fail', { rules: [] }, 'a decision is explained by its rules'],
    [
      'a charge of more than there was',
      { status: 'refunded', decision: 'charged', decidedBy: null, rules: [] },
      'a decision is explained by its rules',
    ],
    ['facts that were not', { facts: { sequence: 1, balanceMinor: 70, availableMinor: 70 } }, 'a decision knew the balance'],
  ];
  for (const [title, change, check] of explanations) {
    it(`finds ${title}`, () => {
      const history = createStatementHistory();
      const { declineReason: _, ...undeclined } = { ...explanation, ...change };
      history.explained(change.status === 'refunded' ? undeclined : { ...explanation, ...change });
      expect(history.check(stored).map((finding) => finding.check)).to.include(check);
    });
  }
});
