import { expect } from 'chai';
import { createInventoryHistory, type InventoryHistory, type StoredInventory } from './inventory-history.ts';

const nothing: StoredInventory = { moves: [], imports: [], openings: new Map(), statuses: new Map(), logged: new Map() };
const wanted = { productId: 'tea', delta: 5, reason: 'delivery' as const, key: 'k' };
const kept = { id: 'm', ...wanted };
const done = { id: 'i', key: 'f', status: 'done', rows: 2, refused: 1, reported: 2 };
const opened = new Map([['A', { movements: 1, units: 3 }]]);

describe('what staff were told in the warehouse', () => {
  const moved = (history: InventoryHistory): void => history.moved(history.move(wanted), { id: 'm', delta: 5, stockAfter: 5 });
  const refused = (history: InventoryHistory): void => void Object.assign(history.move(wanted), { isRefused: true });
  const imported = (history: InventoryHistory): void =>
    history.imported(history.importFile({ key: 'f', skus: ['A', undefined], stock: 3 }), { id: 'i', rows: 2, refused: 1 });
  const shipped = (history: InventoryHistory): void => history.sent('p', 'shipped');
  const log = new Map([['purchase.ship p', 1]]);

  const cases: [string, (history: InventoryHistory) => void, Partial<StoredInventory>, string[]][] = [
    ['a movement that is kept', moved, { moves: [kept] }, []],
    ['a movement that is gone', moved, {}, ['a movement that was answered is kept']],
    ['a movement of another size', moved, { moves: [{ ...kept, delta: 6 }] }, ['a movement is what was asked for']],
    ['a refused movement', refused, {}, []],
    ['a refused movement that was done', refused, { moves: [kept] }, ['what was refused is not moved']],
    ['a movement of nobody', () => {}, { moves: [kept] }, ['nothing is moved that nobody asked for']],
    ['an import that is kept', imported, { imports: [done], openings: opened }, []],
    ['an import that is gone', imported, {}, ['an import that was answered is kept']],
    [
      'an import cut off',
      imported,
      { imports: [{ ...done, rows: 1, reported: 1 }], openings: opened },
      ['an import that was answered is kept'],
    ],
    [
      'a row without a report',
      imported,
      { imports: [{ ...done, reported: 1 }], openings: opened },
      ['every row that is done is reported'],
    ],
    [
      'a product opened twice',
      imported,
      { imports: [done], openings: new Map([['A', { movements: 2, units: 6 }]]) },
      ['a product is opened once'],
    ],
    ['a parcel', shipped, { statuses: new Map([['p', 'shipped']]), logged: log }, []],
    [
      'a parcel that came back',
      shipped,
      { statuses: new Map([['p', 'paid']]) },
      ['a parcel that was answered 200 is on its way'],
    ],
    [
      'a parcel that is not in the log',
      shipped,
      { statuses: new Map([['p', 'shipped']]) },
      ['the audit log has each parcel that was sent, once'],
    ],
  ];
  for (const [what, tell, stored, checks] of cases) {
    it(`finds ${checks.length === 0 ? 'nothing wrong with' : 'out about'} ${what}`, () => {
      const history = createInventoryHistory();
      tell(history);
      expect(history.check({ ...nothing, ...stored }).map(({ check }) => check)).to.deep.equal(checks);
    });
  }

  it('knows at once when one key is answered with two movements, or an import with other rows', () => {
    const history = createInventoryHistory();
    const move = history.move(wanted);
    history.moved(move, { id: 'm', delta: 5, stockAfter: 5 });
    history.moved(move, { id: 'n', delta: 5, stockAfter: 10 });
    history.imported(history.importFile({ key: 'f', skus: ['A'], stock: 3 }), { id: 'i', rows: 2, refused: 0 });
    expect(history.violations.map(({ check }) => check)).to.deep.equal(['one key, one movement', 'an import tells of its rows']);
  });
});
