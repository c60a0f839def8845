import { FlorinProblem } from '@florin/client';
import { expect } from 'chai';
import { createFormKey } from '../src/api/form-key.ts';
import { fieldErrorsOf } from '../src/api/problem-fields.ts';
import { claimActionsOf, claimedMinor } from '../src/claims/claim-rules.ts';
import { changedFields, differencesOf, mergedOf } from '../src/form/conflict.ts';
import { minorOf, typedMoney } from '../src/form/minor-units.ts';
import { stuckRefunds } from '../src/home/counts.ts';
import { factsOf } from '../src/home/service-facts.ts';
import { filteredPlace, filtersOf, nextPlace, previousPlace, trailOf } from '../src/list/cursor-trail.ts';
import { actionsOf, refundableMinor } from '../src/orders/order-rules.ts';
import { summaryOf } from '../src/orders/row-results.ts';
import { pathsOf } from '../src/products/category-paths.ts';
import { changesOf, tagsOf, typedValuesOf } from '../src/products/product-form.ts';
import { isUnits, movementOf } from '../src/products/stock-movement.ts';
import { isCustomerSearch, searchesFor } from '../src/search/searches-for.ts';
import { may } from '../src/session/access.ts';

describe('decisions of the console', () => {
  describe('rights', () => {
    it('gives admins what staff have, and buyers nothing', () => {
      expect(['staff', 'admin'].map((access) => may({ roles: ['buyer', 'admin'] }, access as 'staff'))).to.deep.equal([
        true,
        true,
      ]);
      expect(['staff', 'admin'].map((access) => may({ roles: ['buyer', 'staff'] }, access as 'staff'))).to.deep.equal([
        true,
        false,
      ]);
      expect(may({ roles: ['buyer'] }, 'staff')).to.equal(false);
    });
  });

  describe('the key of a form', () => {
    it('stays for a retry, and is another for other values and after a success', () => {
      let made = 0;
      const key = createFormKey(() => `key ${++made}`);
      expect(key.keyFor({ amount: 1 })).to.equal('key 1');
      expect(key.keyFor({ amount: 1 })).to.equal('key 1');
      expect(key.keyFor({ amount: 2 })).to.equal('key 2');
      key.done();
      expect(key.keyFor({ amount: 2 })).to.equal('key 3');
    });
  });

  describe('errors beside fields', () => {
    const problem = (errors: { path: string; message: string }[]) =>
      new FlorinProblem({ method: 'POST', path: '/' }, new Response(null, { status: 422 }), { errors });

    it('finds the field by its name, by its other name in the form, and by the top of its path', () => {
      const error = problem([
        { path: 'name', message: 'a' },
        { path: 'priceMinor', message: 'b' },
        { path: 'tags.2', message: 'c' },
        { path: 'unknown', message: 'd' },
      ]);
      expect(fieldErrorsOf(error, ['name', 'price', 'tags'], { priceMinor: 'price' })).to.deep.equal({
        name: 'a',
        price: 'b',
        tags: 'c',
      });
    });
    it('finds none in another failure', () => {
      expect(fieldErrorsOf(new Error('no answer'), ['name'])).to.deep.equal({});
    });
  });

  describe('pages of a list', () => {
    const first = { search: '?status=paid', trail: [] };

    it('goes on by the cursor and back by the trail', () => {
      const second = nextPlace(first, 'c2');
      const third = nextPlace(second, 'c3');
      expect(third).to.deep.equal({ search: '?status=paid&cursor=c3', trail: ['', 'c2'] });
      expect(previousPlace(third)).to.deep.equal(second);
      expect(previousPlace(second)).to.deep.equal(first);
      expect(previousPlace(first)).to.equal(undefined);
    });
    it('goes back to the first page from a link, which has no trail', () => {
      expect(previousPlace({ search: '?cursor=c9', trail: trailOf(null) })).to.deep.equal({ search: '', trail: [] });
    });
    it('begins anew with other filters', () => {
      expect(filteredPlace({ search: '?status=paid&cursor=c2', trail: [''] }, { status: '', sku: 'A 1' })).to.deep.equal({
        search: '?sku=A+1',
        trail: [],
      });
      expect(filtersOf('?sku=A+1&cursor=c2&other=1&status=', ['sku', 'status'])).to.deep.equal({ sku: 'A 1' });
    });
    it('bounds the trail, and takes none that is no list of cursors', () => {
      const trail = Array.from({ length: 200 }, (_, page) => `c${page}`);
      expect(nextPlace({ search: '?cursor=c200', trail }, 'c201').trail).to.have.length(200);
      for (const state of [undefined, 7, { trail: 'c1' }, { trail: [1] }]) expect(trailOf(state)).to.deep.equal([]);
    });
  });

  describe('two versions', () => {
    const base = { name: 'Old', price: '1.00', sku: 'A' };
    const mine = { name: 'Mine', price: '1.00', sku: 'A' };
    const theirs = { name: 'Theirs', price: '2.00', sku: 'A' };

    it('shows fields that differ, and keeps mine only where I changed something', () => {
      expect(differencesOf({ base, mine, theirs })).to.deep.equal([
        { field: 'name', mine: 'Mine', theirs: 'Theirs', suggested: 'mine' },
        { field: 'price', mine: '1.00', theirs: '2.00', suggested: 'theirs' },
      ]);
    });
    it('sends what was chosen and still differs from what is saved', () => {
      const merged = mergedOf(
        { mine, theirs },
        new Map([
          ['name', 'mine'],
          ['price', 'theirs'],
        ]),
      );
      expect(merged).to.deep.equal({ name: 'Mine', price: '2.00', sku: 'A' });
      expect(changedFields(theirs, merged)).to.deep.equal(['name']);
    });
  });

  describe('money that is typed', () => {
    it('has the decimals of its currency and the separator of the language', () => {
      expect(typedMoney(1205, 'EUR', 'de')).to.equal('12,05');
      expect(minorOf('12,05', 'EUR', 'de')).to.equal(1205);
      expect(minorOf('1205', 'JPY', 'en')).to.equal(1205);
      expect(minorOf('', 'EUR', 'en')).to.equal(undefined);
      expect(typedMoney(null, 'EUR', 'en')).to.equal('');
    });
  });

  describe('an order', () => {
    it('refunds at most what is neither refunded nor under way', () => {
      const order = { status: 'paid', totalMinor: 1000, refundedMinor: 300 } as const;
      expect(refundableMinor(order, [{ amountMinor: 200 }, { amountMinor: 100 }])).to.equal(400);
      expect(refundableMinor(order, [{ amountMinor: 900 }])).to.equal(0);
    });
    it('offers only what its status allows', () => {
      expect(actionsOf({ status: 'paid' })).to.include.members(['ship', 'cancel']);
      expect(actionsOf({ status: 'shipped' })).to.deep.equal(['deliver', 'report']);
      for (const status of ['declined', 'cancelled', 'delivered'] as const) expect(actionsOf({ status })).to.deep.equal([]);
    });
    it('counts the rows of a bulk action', () => {
      const row = (isDone: boolean) => ({ id: '', label: '', text: '', isDone });
      expect(summaryOf([row(true), row(false), row(true)])).to.deep.equal({ done: 2, all: 3, failed: 1 });
    });
  });

  describe('a claim', () => {
    const order = {
      items: [{ productId: 'a', name: '', quantity: 3, unitPriceMinor: 1000, discountMinor: 100 }],
      totalMinor: 2900,
      refundedMinor: 0,
    };
    it('suggests the share of the claimed units, after the discount', () => {
      expect(claimedMinor({ items: [{ productId: 'a', quantity: 1 }] }, order)).to.equal(966);
      expect(claimedMinor({ items: [{ productId: 'a', quantity: 3 }] }, { ...order, refundedMinor: 2000 })).to.equal(900);
      expect(claimedMinor({ items: [{ productId: 'b', quantity: 1 }] }, order)).to.equal(0);
    });
    it('is decided while it is open, and its parcel received while it is awaited', () => {
      expect(claimActionsOf({ status: 'open' })).to.deep.equal(['approve', 'reject']);
      expect(claimActionsOf({ status: 'awaiting-return' })).to.deep.equal(['received']);
      expect(claimActionsOf({ status: 'approved' })).to.deep.equal([]);
    });
  });

  describe('a product', () => {
    const form = typedValuesOf({ name: 'Cup', price: '9.90', sku: 'CUP', weightGrams: '300', tags: 'a' });
    it('sends only what was changed, in the terms of the API', () => {
      const changed = { ...form, price: '12.50', sku: '', weightGrams: '', tags: 'a, b, a', status: 'draft' };
      expect(changesOf(form, changed, { currency: 'EUR', locale: 'en' })).to.deep.equal({
        priceMinor: 1250,
        sku: null,
        weightGrams: null,
        tags: ['a', 'b'],
        status: 'draft',
      });
      expect(changesOf(form, form, { currency: 'EUR', locale: 'en' })).to.deep.equal({});
    });
    it('splits tags by commas', () => {
      expect(tagsOf(' a,, b ,a ')).to.deep.equal(['a', 'b']);
    });
    it('moves stock by a change, and counts it by a sum', () => {
      const at = '2026-01-01T00:00:00.000Z';
      expect(movementOf({ reason: 'count', units: 7, note: '' }, at)).to.deep.equal({ reason: 'count', count: 7, countedAt: at });
      expect(movementOf({ reason: 'loss', units: -2, note: ' wet ' }, at)).to.deep.equal({
        reason: 'loss',
        delta: -2,
        note: 'wet',
      });
      expect(isUnits('0', 'count')).to.equal(true);
      for (const [typed, reason] of [
        ['0', 'loss'],
        ['-1', 'count'],
        ['1.5', 'delivery'],
        ['', 'delivery'],
        [undefined, 'delivery'],
      ] as const)
        expect(isUnits(typed, reason), `${typed} ${reason}`).to.equal(false);
    });
    it('names a category by its path', () => {
      const tree = [{ id: '1', name: 'A', children: [{ id: '2', name: 'B' }] }];
      expect(pathsOf(tree).map(({ path }) => path)).to.deep.equal(['A', 'A › B']);
    });
  });

  describe('the search everywhere', () => {
    const kinds = (typed: string) => searchesFor(typed).map(({ in: where, by }) => `${where} ${by}`);
    it('takes an order number as it is read aloud', () => {
      expect(searchesFor('gv9f-ghc4')[0]).to.deep.equal({ in: 'purchases', by: 'number', value: 'gv9fghc4' });
      expect(kinds('GV9FGHC')).not.to.include('purchases number');
    });
    it('tells e-mail addresses, ids and barcodes by their form', () => {
      expect(kinds('ada@florin.example')).to.deep.equal(['purchases email']);
      expect(kinds('01A21DDF-bbc5-76fe-b265-0c7ffa8dc5e9')).to.deep.equal(['purchases id']);
      expect(kinds('4006381333931')).to.include('products barcode');
      expect(kinds('  ')).to.deep.equal([]);
    });
    it('asks for customers by two letters or more', () => {
      expect(['a', 'ad', '01a21ddf-bbc5-76fe-b265-0c7ffa8dc5e9'].map(isCustomerSearch)).to.deep.equal([false, true, false]);
    });
  });

  describe('the home page', () => {
    it('counts refunds that payment has not answered for 10 minutes', () => {
      const now = Date.parse('2026-01-01T01:00:00Z');
      const data = [{ createdAt: '2026-01-01T00:40:00Z' }, { createdAt: '2026-01-01T00:55:00Z' }];
      expect(stuckRefunds({ data, page: { nextCursor: null } }, now)).to.deep.equal({ count: 1, hasMore: false });
    });
    it('keeps a measure that was never taken apart from 0', () => {
      const status = {
        status: 'ok',
        reasons: [],
        outbox: { rows: 0 },
        consumer: [{ lagMessages: null }],
        deadLetters: null,
        invariants: [{ violations: 1 }, { violations: null }],
        switches: [
          { name: 'a', isOn: true },
          { name: 'b', isOn: false },
        ],
      };
      expect(factsOf(status)).to.include({ outboxRows: 0, lagMessages: null, violations: 1 });
      expect(factsOf(status).switches).to.deep.equal(['a']);
      expect(factsOf(undefined).status).to.equal('noAnswer');
    });
  });
});
