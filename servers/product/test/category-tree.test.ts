import { AppError } from '@florin/app-response';
import { expect } from 'chai';
import fc from 'fast-check';
import { type CategoryTree, MAX_LEVELS, requirePlace } from '../src/catalogue/category-tree.ts';

/** a > b > c > d, and e. */
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
    ['a new one at the top', 'new', null, undefined],
    ['a new one at the fifth level', 'new', 'd', undefined],
    ['one on its own', 'e', 'd', undefined],
    ['one that comes with four levels to the top', 'b', null, undefined],
    ['four levels below a fifth', 'a', 'e', undefined],
    ['one in itself', 'a', 'a', 'CATEGORY_CYCLE'],
    ['one in what is below it', 'a', 'd', 'CATEGORY_CYCLE'],
    ['one in a category that is not there', 'new', 'gone', 'CATEGORY_NOT_FOUND'],
  ] as const) {
    it(`${expected === undefined ? 'takes' : 'refuses'} ${what}`, () => {
      expect(refusal(id, parentId)).to.equal(expected);
    });
  }

  it('refuses a sixth level, of one category or of what is below it', () => {
    const deep: CategoryTree = new Map([...tree, ['f', 'd']]);
    expect(refusal('new', 'f', deep)).to.equal('CATEGORY_TOO_DEEP');
    expect(refusal('a', 'e', deep)).to.equal('CATEGORY_TOO_DEEP');
  });

  it('keeps a tree a tree of five levels, whatever is moved where', () => {
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
