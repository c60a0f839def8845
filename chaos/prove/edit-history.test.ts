import { expect } from 'chai';
import { createEditHistory, type Edit, type StoredCatalogue } from './edit-history.ts';

const done = (name: string, basedOn: number): Edit => ({ kind: 'product', id: 'tea', name, basedOn, outcome: 'done' });

/** Tea was made, and edited to these names. */
function stored(names: string[], fields: Partial<StoredCatalogue> = {}): StoredCatalogue {
  return {
    things: new Map([['tea', { name: names.at(-1) ?? 'tea', version: names.length + 1 }]]),
    log: names.map((name) => ({ id: 'tea', name })),
    parents: new Map(),
    ...fields,
  };
}

describe('the model of edits', () => {
  const check = (edits: Edit[], now: StoredCatalogue): string[] => {
    const history = createEditHistory();
    for (const edit of edits) history.edited(edit);
    return history.check(now).map((finding) => finding.check);
  };

  it('finds nothing where every answer was true', () => {
    const refused = { ...done('c', 1), outcome: 'refused' } as const;
    expect(check([done('a', 1), done('b', 2), refused], stored(['a', 'b']))).to.deep.equal([]);
  });

  it('lets an edit without an answer be done or not', () => {
    const unknown = { ...done('b', 2), outcome: 'unknown' } as const;
    expect(check([done('a', 1), unknown], stored(['a']))).to.deep.equal([]);
    expect(check([done('a', 1), unknown], stored(['a', 'b']))).to.deep.equal([]);
  });

  const seen = 'no edit overwrites one that was not seen';
  const answered = 'an edit is done as it was answered';
  const made = 'a thing is what its edits made of it';
  const tree = 'categories are a tree of five levels';
  for (const [what, edits, now, expected] of [
    ['two edits of one version', [done('a', 1), done('b', 1)], stored(['a', 'b']), seen],
    ['an edit that was answered and is not there', [done('a', 1), done('b', 2)], stored(['a']), answered],
    ['an edit that was refused and is there', [{ ...done('a', 1), outcome: 'refused' as const }], stored(['a']), answered],
    ['an edit that was done twice', [done('a', 1)], stored(['a', 'a']), answered],
    ['a thing that is gone', [done('a', 1)], stored(['a'], { things: new Map() }), made],
    [
      'a version that did not count',
      [done('a', 1)],
      stored(['a'], { things: new Map([['tea', { name: 'a', version: 1 }]]) }),
      made,
    ],
    [
      'a last edit that does not hold',
      [done('a', 1)],
      stored(['a'], { things: new Map([['tea', { name: 'b', version: 2 }]]) }),
      made,
    ],
    [
      'a circle',
      [],
      stored([], {
        parents: new Map([
          ['x', 'y'],
          ['y', 'x'],
        ]),
      }),
      tree,
    ],
  ] as const) {
    it(`finds ${what}`, () => {
      expect(check([...edits], now)).to.include(expected);
    });
  }
});
