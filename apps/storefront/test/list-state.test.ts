import { expect } from 'chai';
import * as fc from 'fast-check';
import { activeFilters } from '../src/catalogue/find-active-filters.ts';
import { changed, type ListState, listSearch, readListState, sorts, withoutFilters } from '../src/catalogue/list-state.ts';
import { productQuery } from '../src/catalogue/product-query.ts';

const read = (search: string) => readListState(new URLSearchParams(search));
const text = (maxLength: number) => fc.string({ unit: 'grapheme', maxLength: maxLength / 8 }).map((one) => one.trim());
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const named = (maxLength: number) => optional(text(maxLength).filter((one) => one !== '' && !/\p{Cc}/u.test(one)));
const states = fc.record<ListState>({
  q: text(200),
  brand: named(100),
  tag: named(40),
  category: optional(fc.uuid()),
  minPriceMinor: optional(fc.maxSafeNat()),
  maxPriceMinor: optional(fc.maxSafeNat()),
  inStock: fc.constantFrom(true, undefined),
  withinLimit: fc.constantFrom(true, undefined),
  sort: fc.constantFrom(...sorts, undefined),
  cursor: optional(fc.base64String({ minLength: 4, maxLength: 40 })),
});

describe("a list's address", () => {
  it('holds all of its state', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(read(listSearch(state))).to.deep.equal(state);
      }),
    );
  });

  it('is the same for the same state, and empty for the whole shop', () => {
    expect(listSearch(read('?sort=name&q=red'))).to.equal('?q=red&sort=name');
    expect(listSearch(read('?utm_source=mail&inStock=0'))).to.equal('');
  });

  for (const [search, what] of [
    ['?category=clothing', 'a category that is no id'],
    ['?min=1.5&max=-2', 'amounts that are no whole numbers'],
    ['?max=99999999999999999999', 'an amount beyond what is exact'],
    ['?sort=random', 'an unknown order'],
    [`?brand=${'x'.repeat(101)}&tag=${'x'.repeat(41)}`, 'texts that are too long'],
    ['?brand=a%00b', 'control characters'],
  ] as const)
    it(`leaves out ${what}`, () => expect(listSearch(read(search))).to.equal(''));

  it('loses its cursor with each change: it belongs to the list that gave it out', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(changed(state, { brand: 'Corda' }).cursor).to.equal(undefined);
        for (const { without } of activeFilters(state)) expect(without.cursor).to.equal(undefined);
        expect(withoutFilters(state)).to.deep.equal({ q: state.q, sort: state.sort });
      }),
    );
  });
});

describe('the active filters of a list', () => {
  it('are none of text and order', () => {
    expect(activeFilters(read('?q=red&sort=name&cursor=abc'))).to.deep.equal([]);
  });

  it('has one entry for a price range, and each is taken away alone', () => {
    const state = read('?q=red&brand=Corda&min=100&max=900&inStock=1');
    const without = Object.fromEntries(activeFilters(state).map((filter) => [filter.kind, listSearch(filter.without)]));
    expect(without).to.deep.equal({
      brand: '?q=red&min=100&max=900&inStock=1',
      price: '?q=red&brand=Corda&inStock=1',
      inStock: '?q=red&brand=Corda&min=100&max=900',
    });
  });

  it('can all be taken away, one after the other', () => {
    fc.assert(
      fc.property(states, (state) => {
        let left = state;
        for (let step = 0; activeFilters(left).length > 0; step++) {
          expect(step).to.be.lessThan(6);
          left = activeFilters(left)[0]?.without ?? left;
        }
        expect(listSearch({ ...left, cursor: undefined })).to.equal(listSearch(withoutFilters(state)));
      }),
    );
  });
});

describe("a list's request", () => {
  it('asks for the limit of a signed-in buyer only: the API refuses it to others', () => {
    expect(productQuery(read('?withinLimit=1'), { isSignedIn: false })).to.not.have.property('withinLimit');
    expect(productQuery(read('?withinLimit=1'), { isSignedIn: true })).to.include({ withinLimit: true });
  });

  it('takes the category of the page unless a filter names one', () => {
    const categoryId = '01a21dcb-7ee9-7464-8ef8-d01c6899f9cd';
    const chosen = '01a21dcb-7f5e-72b2-bcde-a6426a3de5fd';
    expect(productQuery(read(''), { isSignedIn: false, categoryId })).to.include({ categoryId });
    expect(productQuery(read(`?category=${chosen}`), { isSignedIn: false, categoryId })).to.include({ categoryId: chosen });
  });
});
