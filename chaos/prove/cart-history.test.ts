import { expect } from 'chai';
import { type CartHistory, createCartHistory, type StoredCarts } from './cart-history.ts';

const item = { productId: 'p', quantity: 2 };
const stored = { ...item, userId: 'u' };
const sent = (history: CartHistory): void => history.adding('u', item);
const added = (history: CartHistory): void => {
  sent(history);
  history.added('u', item);
};

describe('createCartHistory', () => {
  const cases: [string, (history: CartHistory) => void, Partial<StoredCarts>, string[]][] = [
    ['units that are in the cart', added, { inCarts: [stored] }, []],
    ['units that were bought', added, { bought: [stored] }, []],
    [
      'units that were bought and are in the cart',
      added,
      { inCarts: [stored], bought: [stored] },
      ['a unit of a cart is bought once'],
    ],
    ['units that were bought twice', added, { bought: [stored, stored] }, ['a unit of a cart is bought once']],
    ['units that are gone', added, {}, ['a unit of a cart is kept or bought']],
    ['units that nobody added', () => {}, { bought: [stored] }, ['a unit of a cart is bought once']],
    ['an addition without an answer that was applied', sent, { inCarts: [stored] }, []],
    ['an addition without an answer that was not applied', sent, {}, []],
    [
      'a rejected addition that was applied',
      (history) => {
        sent(history);
        history.rejected('u', item);
      },
      { inCarts: [stored] },
      ['a unit of a cart is bought once'],
    ],
    [
      'units that were removed',
      (history) => {
        added(history);
        history.removing('u', 'p');
      },
      {},
      [],
    ],
  ];
  for (const [what, record, found, expected] of cases)
    it(`reports ${expected.length === 0 ? 'nothing of' : ''} ${what}`, () => {
      const history = createCartHistory();
      record(history);
      expect(history.check({ inCarts: [], bought: [], ...found }).map(({ check }) => check)).to.deep.equal(expected);
    });
});
