import { expect } from 'chai';
import { createEditHistory, type Edit, type StoredCatalogue } from './edit-history.ts';

const done = (name: string, basedOn: number): Edit => ({ kind: 'product', id: 'tea', name, basedOn, outcome: 'done' });

/** The catalogue after tea was created and renamed to each of `names`. */
function stored(names: string[], fields: Partial<StoredCatalogue> = {}): StoredCatalogue {
  return {
    things: new Map([['tea', { name: names.at(-1) ?? 'tea', version: names.length + 1 }]]),
    log: names.map((name) => ({ id: 'tea', name })),
    parents: new Map(),
    ...fields,
  };
}

describe('createEditHistory', () => {
  const check = (edits: Edit[], now: StoredCatalogue): string[] => {
    const history = createEditHistory();
    for (const edit of edits) history.edited(edit);
    return history.check(now).map((finding) => finding.check);
  };

  it('finds nothing if every answer was correct', () => {
    const rejected = { ...done('c', 1), outcome: 'rejected' } as const;
    expect(check([done('a', 1), done('b', 2), rejected], stored(['a', 'b']))).to.deep.equal([]);
  });

  it('accepts that an edit without an answer is applied or not', () => {
    const unknown = { ...done('b', 2), outcome: 'unknown' } as const;
    expect(check([done('a', 1), unknown], stored(['a']))).to.deep.equal([]);
    expect(check([done('a', 1), unknown], stored(['a', 'b']))).to.deep.equal([]);
  });

  const seen = 'no edit overwrites an unread version';
  const answered = 'an edit is applied as answered';
  const made = 'a record has the state of its last edit';
  const tree = 'categories form a tree of at most ten levels';
  for (const [what, edits, now, expected] of [
    ['two edits of one version', [done('a', 1), done('b', 1)], stored(['a', 'b']), seen],
    ['a confirmed edit that is missing', [done('a', 1), done('b', 2)], stored(['a']), answered],
    ['a rejected edit that was applied', [{ ...done('a', 1), outcome: 'rejected' as const }], stored(['a']), answered],
    ['an edit that was applied twice', [done('a', 1)], stored(['a', 'a']), answered],
    ['a missing product', [done('a', 1)], stored(['a'], { things: new Map() }), made],
    [
      'a version that was not raised',
      [done('a', 1)],
      stored(['a'], { things: new Map([['tea', { name: 'a', version: 1 }]]) }),
      made,
    ],
    [
      'a last edit that is not in force',
      [done('a', 1)],
      stored(['a'], { things: new Map([['tea', { name: 'b', version: 2 }]]) }),
      made,
    ],
    [
      'a cycle of categories',
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
