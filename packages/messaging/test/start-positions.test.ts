import { expect } from 'chai';
import { describeGap, findGaps, OffsetGapError, startPositions } from '../src/start-positions.ts';

const topic = 'florin.users';
const at = (offset: string, partition = 0) => ({ topic, partition, offset });
const bounds = (low: string, high: string, partition = 0) => ({ topic, partition, low, high });

describe('findGaps', () => {
  const cases: { what: string; stored: string; low: string; high: string; gap?: string }[] = [
    { what: 'a stored offset inside the partition', stored: '5', low: '3', high: '9' },
    { what: 'a stored offset at the first message', stored: '3', low: '3', high: '9' },
    { what: 'a stored offset at the end', stored: '9', low: '3', high: '9' },
    { what: 'everything read, and then deleted', stored: '9', low: '9', high: '9' },
    { what: 'a message deleted before it was read', stored: '2', low: '3', high: '9', gap: '3' },
    { what: 'everything deleted before it was read', stored: '0', low: '9', high: '9', gap: '9' },
    { what: 'a topic that was created anew', stored: '10', low: '0', high: '9', gap: '9' },
    {
      what: 'offsets beyond safe integers',
      stored: '9007199254740993',
      low: '9007199254740994',
      high: '9007199254740994',
      gap: '9007199254740994',
    },
  ];
  for (const { what, stored, low, high, gap } of cases) {
    it(`${gap === undefined ? 'finds none in' : 'finds'} ${what}`, () => {
      const found = gap === undefined ? [] : [{ topic, partition: 0, from: stored, to: gap }];
      expect(findGaps([at(stored)], [bounds(low, high)])).to.deep.equal(found);
    });
  }

  it('finds a partition that the topic no longer has, and ignores topics that are not read', () => {
    const stored = [at('4', 7), { topic: 'florin.other', partition: 0, offset: '4' }];
    expect(findGaps(stored, [bounds('0', '9')])).to.deep.equal([{ topic, partition: 7, from: '4', to: '0' }]);
  });

  it('finds none for a consumer without stored offsets', () => {
    expect(findGaps([], [bounds('5', '9')])).to.deep.equal([]);
  });
});

describe('startPositions', () => {
  const cases: { what: string; stored?: string; committed?: string; low?: string; start: string; isMoved: boolean }[] = [
    { what: 'a new consumer at the first message', start: '3', isMoved: false },
    { what: 'a consumer with equal offsets there', stored: '5', committed: '5', start: '5', isMoved: false },
    {
      what: 'a consumer killed between its two commits at the older offset',
      stored: '6',
      committed: '5',
      start: '5',
      isMoved: false,
    },
    { what: 'a consumer with a restored database at the stored offset', stored: '5', committed: '8', start: '5', isMoved: true },
    { what: 'a consumer with a new database at the first message', committed: '8', start: '3', isMoved: true },
    { what: 'a consumer without offsets at the broker at the first message', stored: '5', start: '3', isMoved: false },
    {
      what: 'a consumer whose committed offset is deleted at the first message',
      stored: '5',
      committed: '1',
      start: '3',
      isMoved: true,
    },
  ];
  for (const { what, stored, committed, start, isMoved } of cases) {
    it(`starts ${what}`, () => {
      const known = {
        bounds: [bounds('3', '9')],
        stored: stored === undefined ? [] : [at(stored)],
        committed: committed === undefined ? [] : [at(committed)],
      };
      expect(startPositions(known)).to.deep.equal([{ ...at(start), isMoved }]);
    });
  }

  it("uses the broker's offsets without a database", () => {
    expect(startPositions({ bounds: [bounds('3', '9')], committed: [at('8')] })).to.deep.equal([{ ...at('8'), isMoved: false }]);
  });
});

describe('OffsetGapError', () => {
  it('names the consumer, the missing messages and the remedy', () => {
    const gaps = [
      { topic, partition: 3, from: '120', to: '4080' },
      { topic, partition: 4, from: '50', to: '12' },
    ];
    expect(gaps.map(describeGap)).to.deep.equal([
      'florin.users/3: offsets 120 to 4079 were deleted before they were read',
      'florin.users/4: the next offset is 50, but the topic ends at 12 (it was created anew, or its broker was restored)',
    ]);
    expect(new OffsetGapError('florin.payment', gaps).message)
      .to.match(/^florin\.payment cannot continue/)
      .and.match(/--accept-gap/);
  });
});
