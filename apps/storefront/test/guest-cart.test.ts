import { expect } from 'chai';
import { parseQuantity, unitsOf } from '../src/cart/cart-items.ts';
import {
  addToGuestCart,
  type GuestItem,
  notMerged,
  parseGuestCart,
  setGuestQuantity,
  splitToFit,
} from '../src/cart/guest-cart.ts';

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const item = (number: number, quantity = 1): GuestItem => ({ productId: id(number), quantity });
const items = (count: number) => Array.from({ length: count }, (_, index) => item(index));

describe('the cart of a guest', () => {
  it('reads what it wrote', () => {
    expect(parseGuestCart(JSON.stringify([item(1, 2), item(2)]))).to.deep.equal([item(1, 2), item(2)]);
  });

  for (const text of [null, '', 'x', '{}', 'null', '[null, 5, {}]', '[{"productId": "x", "quantity": 1}]'])
    it(`is empty if ${JSON.stringify(text)} is stored`, () => {
      expect(parseGuestCart(text)).to.deep.equal([]);
    });

  for (const quantity of [0, -1, 1.5, '2', null])
    it(`leaves out an item of quantity ${JSON.stringify(quantity)}`, () => {
      expect(parseGuestCart(JSON.stringify([{ productId: id(1), quantity }, item(2)]))).to.deep.equal([item(2)]);
    });

  it('reads no more items than a cart has', () => {
    expect(parseGuestCart(JSON.stringify(items(60)))).to.have.length(50);
  });

  it('adds units to those of the same product', () => {
    expect(addToGuestCart([item(1, 2)], item(1, 3))).to.deep.equal([item(1, 5)]);
    expect(addToGuestCart([item(1, 998)], item(1, 3))).to.deep.equal([item(1, 999)]);
  });

  it('takes no 51st product, but more units of one of the 50', () => {
    expect(addToGuestCart(items(50), item(50))).to.equal(undefined);
    expect(addToGuestCart(items(50), item(49))).to.have.length(50);
  });

  it('sets and removes', () => {
    expect(setGuestQuantity([item(1), item(2)], item(1, 7))).to.deep.equal([item(1, 7), item(2)]);
    expect(setGuestQuantity([item(1), item(2)], item(1, 0))).to.deep.equal([item(2)]);
    expect(setGuestQuantity([item(2)], item(1, 3))).to.deep.equal([item(2), item(1, 3)]);
  });

  it('keeps what changed while it was merged', () => {
    expect(notMerged([item(1, 2), item(2), item(3)], [item(1), item(2)])).to.deep.equal([item(1, 2), item(3)]);
  });

  it('is divided by the room that the user has', () => {
    const wanted = [item(1), item(100), item(101)];
    expect(splitToFit(wanted, items(49))).to.deep.equal({ fitting: [item(1), item(100)], over: [item(101)] });
    expect(splitToFit(wanted, items(50))).to.deep.equal({ fitting: [item(1)], over: [item(100), item(101)] });
  });
});

describe('a quantity', () => {
  for (const [text, result] of [
    ['1', 1],
    [' 12 ', 12],
    ['0', undefined],
    ['', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['1e1', undefined],
    ['100', undefined],
  ] as const)
    it(`is ${result} if ${JSON.stringify(text)} is typed and 99 may be had`, () => {
      expect(parseQuantity(text, 99)).to.equal(result);
    });

  it('of a cart is the sum', () => {
    expect(unitsOf([item(1, 2), item(2, 3)])).to.equal(5);
  });
});
