import { expect } from 'chai';
import { createVariantHistory, type StoredVariants, type VariantHistory } from './variant-history.ts';

const nothing: StoredVariants = { variants: [], parents: [] };
const kept = { id: 'v', parentId: 'p', size: 'M' };
const lost = (history: VariantHistory): void => void Object.assign(history.want('p', 'M', 5), { lost: 1 });
const created = (history: VariantHistory): void => history.created(history.want('p', 'M', 5));

describe('createVariantHistory', () => {
  const cases: [string, (history: VariantHistory) => void, Partial<StoredVariants>, string[]][] = [
    ['a variant that is kept', created, { variants: [kept] }, []],
    ['a missing variant', created, {}, ['an answered variant is kept']],
    ['a lost request that was not applied', lost, {}, []],
    ['a lost request that was applied', lost, { variants: [kept] }, []],
    ['a variant that is stored twice', created, { variants: [kept, { ...kept, id: 'w' }] }, ['a variant is stored once']],
    [
      'a rejected variant that is stored',
      (history) => void history.want('p', 'M', 5),
      { variants: [kept] },
      ['a rejected variant is not stored'],
    ],
    ['options that are kept', (history) => history.gave('v', 'p'), { variants: [kept] }, []],
    [
      'options that are lost',
      (history) => history.gave('v', 'p'),
      {},
      ['a product with given options is a variant of the answered parent'],
    ],
    [
      'stock of a product with options',
      () => {},
      { parents: [{ id: 'p', stock: 1, movements: 1 }] },
      ['a product with options has no stock'],
    ],
  ];
  for (const [what, record, stored, expected] of cases)
    it(`reports ${expected.length === 0 ? 'nothing of' : ''} ${what}`, () => {
      const history = createVariantHistory();
      record(history);
      expect(history.check({ ...nothing, ...stored }).map(({ check }) => check)).to.deep.equal(expected);
      expect(history.violations).to.deep.equal([]);
    });

  it('reports a variant that was created twice, two parents of one product, and a sold parent', () => {
    const history = createVariantHistory();
    created(history);
    created(history);
    history.gave('v', 'p');
    history.gave('v', 'q');
    history.soldParent('p');
    expect(history.violations.map(({ check }) => check)).to.deep.equal([
      'a variant is created once',
      'a product gets options once',
      'a product with options is not sold',
    ]);
  });
});
