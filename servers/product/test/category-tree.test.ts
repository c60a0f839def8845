import { AppError } from '@florin/app-response';
import { expect } from 'chai';
import fc from 'fast-check';
import { type CategoryTree, MAX_LEVELS, requirePlace } from '../src/catalogue/category-tree.ts';

/** The tree: a > b > c > d, and e. */
const tree: CategoryTree = new Map([
  ['a', null],
  ['b', 'a'],
  ['c', 'b'],
  ['d', 'c'],
  ['e', null],
]);

const refusal = (id: string, parentId: string | null, of: CategoryTree = tree): string | undefined => {
  try {
    requirePlace(of, { id, parentId });
  } catch (error) {
    expect(error).to.be.instanceOf(AppError);
    return (error as AppError).code;
  }
  return undefined;
};

describe('requirePlace', () => {
  for (const [what, id, parentId, expected] of [
    ['a new category at the top', 'new', null, undefined],
    ['a new category at the fifth level', 'new', 'd', undefined],
    ['a category without subcategories', 'e', 'd', undefined],
    ['a category with its subcategories at the top', 'b', null, undefined],
    ['four levels below a top category', 'a', 'e', undefined],
    ['a category inside itself', 'a', 'a', 'CATEGORY_CYCLE'],
    ['a category inside its subcategory', 'a', 'd', 'CATEGORY_CYCLE'],
    ['a parent that does not exist', 'new', 'gone', 'CATEGORY_NOT_FOUND'],
  ] as const) {
    it(`${expected === undefined ? 'accepts' : 'rejects'} ${what}`, () => {
      expect(refusal(id, parentId)).to.equal(expected);
    });
  }

  it('rejects a sixth level, by a category or its subcategories', () => {
    const deep: CategoryTree = new Map([...tree, ['f', 'd']]);
    expect(refusal('new', 'f', deep)).to.equal('CATEGORY_TOO_DEEP');
    expect(refusal('a', 'e', deep)).to.equal('CATEGORY_TOO_DEEP');
  });

  it('keeps five levels without cycles after any moves', () => {
    const ids = Array.from({ length: 12 }, (_, index) => `c${index}`);
    const move = fc.record({ id: fc.constantFrom(...ids), parentId: fc.option(fc.constantFrom(...ids)) });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        const moved = new Map<string, string | null>(ids.map((id) => [id, null]));
        for (const { id, parentId } of moves) if (refusal(id, parentId, moved) === undefined) moved.set(id, parentId);
        for (const id of ids) {
          let levels = 0;
          for (let at: string | null = id; at !== null && levels <= ids.length; at = moved.get(at) ?? null) levels++;
          expect(levels).to.be.at.most(MAX_LEVELS);
        }
      }),
    );
  });
});
