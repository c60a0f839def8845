import { expect } from 'chai';
import { createInventoryHistory, type InventoryHistory, type StoredInventory } from './inventory-history.ts';

const nothing: StoredInventory = {
  moves: [],
  imports: [],
  openings: new Map(),
  statuses: new Map(),
  returned: new Set(),
  logged: new Map(),
};
const wanted = { productId: 'tea', delta: 5, reason: 'delivery' as const, key: 'k' };
const createdAt = '2026-11-27T10:00:00.000Z';
const kept = { id: 'm', ...wanted };
const done = { id: 'i', key: 'f', status: 'done', rows: 2, refused: 1, reported: 2 };
const opened = new Map([['A', { movements: 1, units: 3 }]]);

describe('createInventoryHistory', () => {
  const moved = (history: InventoryHistory): void =>
    history.moved(history.move(wanted), { id: 'm', delta: 5, stockAfter: 5, createdAt });
  const countedWrongly = (history: InventoryHistory): void => {
    const count = { units: 5, countedAt: createdAt };
    history.moved(history.move({ ...wanted, reason: 'count', delta: 2, count }), { id: 'm', delta: 5, stockAfter: 5, createdAt });
  };
  const refused = (history: InventoryHistory): void => void Object.assign(history.move(wanted), { isRejected: true });
  const imported = (history: InventoryHistory): void =>
    history.imported(history.importFile({ key: 'f', skus: ['A', undefined], stock: 3 }), { id: 'i', rows: 2, refused: 1 });
  const shipped = (history: InventoryHistory): void => history.sent('p', 'shipped');
  const log = new Map([['purchase.ship p', 1]]);

  const cases: [string, (history: InventoryHistory) => void, Partial<StoredInventory>, string[]][] = [
    ['a movement that is kept', moved, { moves: [kept] }, []],
    ['a missing movement', moved, {}, ['an answered movement is kept']],
    ['a movement of another quantity', moved, { moves: [{ ...kept, delta: 6 }] }, ['a movement equals its request']],
    [
      'a count that ignores later movements',
      countedWrongly,
      { moves: [{ ...kept, reason: 'count', delta: 5 }] },
      ['a movement equals its request', 'a movement equals its request'],
    ],
    ['a rejected movement', refused, {}, []],
    ['a rejected movement that was applied', refused, { moves: [kept] }, ['a rejected movement is not applied']],
    ['a movement that was not requested', () => {}, { moves: [kept] }, ['every movement was requested']],
    ['an import that is kept', imported, { imports: [done], openings: opened }, []],
    ['a missing import', imported, {}, ['an answered import is kept']],
    [
      'an incomplete import',
      imported,
      { imports: [{ ...done, rows: 1, reported: 1 }], openings: opened },
      ['an answered import is kept'],
    ],
    [
      'a row without a result',
      imported,
      { imports: [{ ...done, reported: 1 }], openings: opened },
      ['every imported row has a result'],
    ],
    [
      'a product with two opening movements',
      imported,
      { imports: [done], openings: new Map([['A', { movements: 2, units: 6 }]]) },
      ['a product has one opening movement'],
    ],
    ['a shipment', shipped, { statuses: new Map([['p', 'shipped']]), logged: log }, []],
    ['a shipment that was reverted', shipped, { statuses: new Map([['p', 'paid']]) }, ['a shipment answered 200 is kept']],
    [
      'a shipment that is missing in the audit log',
      shipped,
      { statuses: new Map([['p', 'shipped']]) },
      ['the audit log has each shipment once'],
    ],
  ];
  for (const [what, tell, stored, checks] of cases) {
    it(`finds ${checks.length === 0 ? 'no violation in' : 'the violation in'} ${what}`, () => {
      const history = createInventoryHistory();
      tell(history);
      expect(history.check({ ...nothing, ...stored }).map(({ check }) => check)).to.deep.equal(checks);
    });
  }

  it('finds at once two movements under one key, and an import that reports other rows', () => {
    const history = createInventoryHistory();
    const move = history.move(wanted);
    history.moved(move, { id: 'm', delta: 5, stockAfter: 5, createdAt });
    history.moved(move, { id: 'n', delta: 5, stockAfter: 10, createdAt });
    history.imported(history.importFile({ key: 'f', skus: ['A'], stock: 3 }), { id: 'i', rows: 2, refused: 0 });
    expect(history.violations.map(({ check }) => check)).to.deep.equal([
      'one key, one movement',
      'an import reports all its rows',
    ]);
  });
});
