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
  it('finds nothing if every read was correct', () => {
    const history = createStatementHistory();
    history.statement(alice, statement);
    history.balanceAt({ userId: alice, atMs: 1_999, sequence: 1, balanceMinor: 100 });
    history.balanceAt({ userId: alice, atMs: 2_000, sequence: 3, balanceMinor: 75 });
    history.explained(explanation);
    expect(history.check(stored)).to.deep.equal([]);
  });

  const [first, second, third] = entries as [StatementEntry, StatementEntry, StatementEntry];
  const statements: [string, Partial<Statement>, string][] = [
    ['a statement with another closing balance', { closingMinor: 76 }, 'a statement adds up'],
    ['a statement with another opening balance', { openingMinor: 1 }, 'a statement adds up'],
    [
      'a statement with a gap',
      { entries: [first, { ...third, balanceAfterMinor: 105 }], closingMinor: 105 },
      'a statement adds up',
    ],
    ['a statement that goes back in time', { entries: [{ ...first, atMs: 2_001 }, second, third] }, 'a statement adds up'],
    ['a statement that leaves out an entry', { untilMs: 2_501 }, 'a historical balance has every earlier entry'],
    ['an entry that changed', { entries: [first, second, { ...third, atMs: 2_001 }] }, 'a statement entry never changes'],
  ];
  for (const [title, change, check] of statements) {
    it(`finds ${title}`, () => {
      const history = createStatementHistory();
      history.statement(alice, { ...statement, ...change });
      expect(history.check(stored).map((finding) => finding.check)).to.include(check);
    });
  }

  it('finds a historical balance of another time', () => {
    const checksOf = (said: { atMs: number; sequence: number; balanceMinor: number }): string[] => {
      const history = createStatementHistory();
      history.balanceAt({ userId: alice, ...said });
      return history.check(stored).map(({ check }) => check);
    };
    const isLate = 'a historical balance is that of its last entry';
    const isEarly = 'a historical balance has every earlier entry';
    expect(checksOf({ atMs: 1_500, sequence: 2, balanceMinor: 70 })).to.deep.equal([isLate]);
    expect(checksOf({ atMs: 1_500, sequence: 1, balanceMinor: 99 })).to.deep.equal([isLate]);
    expect(checksOf({ atMs: 2_000, sequence: 2, balanceMinor: 70 })).to.deep.equal([isEarly]);
    expect(checksOf({ atMs: 1_000, sequence: 0, balanceMinor: 0 })).to.deep.equal([isEarly]);
  });

  const explanations: [string, Partial<Explanation>, string][] = [
    ['another decision', { decision: 'charged' }, 'an explanation matches its decision'],
    ['another decline reason', { declineReason: 'WALLET_FROZEN' }, 'an explanation matches its decision'],
    ['a rule that did not fail', { rules: [] }, 'an explanation matches its decision'],
    [
      'a charge above the available balance',
      { status: 'refunded', decision: 'charged', decidedBy: null, rules: [] },
      'an explanation matches its decision',
    ],
    [
      'another balance among the facts',
      { facts: { sequence: 1, balanceMinor: 70, availableMinor: 70 } },
      'a decision used the current balance',
    ],
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
