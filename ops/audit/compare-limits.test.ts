import { idBytes, newId } from '@florin/database';
import { expect } from 'chai';
import { compareLimit, type LimitRow, lacksDailyLimit, remainingOf } from './compare-limits.ts';
import type { Pair } from './comparison.ts';

const key = Buffer.concat([idBytes(newId()), Buffer.from('EUR')]);
const at = (version: number, more: Partial<LimitRow> = {}): LimitRow => ({
  row_key: key,
  version,
  available_minor: 1_000 - version,
  spend_limit_minor: 800,
  status: 'active',
  daily_limit_minor: 500,
  spent_minor: 100,
  spent_on: '2026-11-02',
  has_spending: 1,
  ...more,
});
const pair = (left: LimitRow | undefined, right: LimitRow | undefined): Pair<LimitRow, LimitRow> => ({ key, left, right });

describe('compareLimit', () => {
  it('finds no difference between equal rows', () => {
    expect(compareLimit(pair(at(3), at(3)))).to.equal(undefined);
  });

  for (const [name, left, right] of [
    ['an outdated copy', at(2), at(3)],
    ['a copy that is ahead of its wallet', at(4), at(3)],
    ['another amount', at(3, { available_minor: 1 }), at(3)],
    ['another limit', at(3, { spend_limit_minor: 1 }), at(3)],
    ['another status', at(3, { status: 'frozen' }), at(3)],
    ['another daily limit', at(3, { daily_limit_minor: 400 }), at(3)],
    ['no daily limit', at(3, { daily_limit_minor: null }), at(3)],
    ['another amount spent', at(3, { spent_minor: 0 }), at(3)],
    ['spent on another day', at(3, { spent_on: '2026-11-01' }), at(3)],
    ['no copy', undefined, at(3)],
    ['no wallet', at(3), undefined],
  ] as const) {
    it(`finds ${name}`, () => {
      expect(compareLimit(pair(left, right))?.check).to.equal('buyer-limits');
    });
  }

  describe('of a copy by a release without daily limits', () => {
    const old = at(3, { daily_limit_minor: 400, spent_minor: 7, spent_on: null, has_spending: 0 });
    const { daily_limit_minor: _, ...unlimited } = at(3);

    it('ignores the daily limit, and reports that it is missing', () => {
      expect(compareLimit(pair(old, at(3)))).to.equal(undefined);
      expect(lacksDailyLimit(pair(old, at(3)))).to.equal(true);
      expect(lacksDailyLimit(pair(old, { ...unlimited, daily_limit_minor: null }))).to.equal(false);
      expect(lacksDailyLimit(pair(at(3), at(3)))).to.equal(false);
      expect(lacksDailyLimit(pair(undefined, at(3)))).to.equal(false);
    });

    it('finds every other difference', () => {
      expect(compareLimit(pair({ ...old, available_minor: 1 }, at(3)))?.check).to.equal('buyer-limits');
    });
  });

  describe('after a difference', () => {
    const first = pair(at(2), at(5));
    const cases: [string, Pair<LimitRow, LimitRow>, boolean][] = [
      ['the copy has caught up', pair(at(5), at(5)), true],
      ['the copy has the version seen first, and the wallet has changed again', pair(at(6), at(9)), true],
      ['the copy has changed, but to an earlier version', pair(at(4), at(9)), false],
      ['the copy does not change', pair(at(2), at(5)), false],
      ['the copy is ahead of its wallet', pair(at(8), at(7)), false],
      ['the versions agree and the amounts do not', pair(at(6, { available_minor: 1 }), at(6)), false],
      ['the copy is missing', pair(undefined, at(9)), false],
    ];
    for (const [name, now, isResolved] of cases) {
      it(`${isResolved ? 'is resolved' : 'remains'} when ${name}`, () => {
        expect(remainingOf(first, now) === undefined).to.equal(isResolved);
      });
    }

    it('remains if the copy is ahead of a wallet in use and does not change', () => {
      expect(remainingOf(pair(at(9), at(5)), pair(at(9), at(12)))?.check).to.equal('buyer-limits');
    });
  });
});
