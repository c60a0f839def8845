import { expect } from 'chai';
import { newPurchaseNumber, purchaseNumberField, readPurchaseNumber } from '../src/purchases/purchase-number.ts';

describe('the number of a purchase', () => {
  it('has 8 characters without I, L, O and U, all of which occur at each place', () => {
    const seen = Array.from({ length: 8 }, () => new Set<string>());
    for (let made = 0; made < 5_000; made++) {
      const number = newPurchaseNumber();
      expect(number).to.match(/^[0-9A-HJKMNP-TV-Z]{8}$/);
      for (const [place, character] of Array.from(number).entries()) seen[place]?.add(character);
    }
    for (const characters of seen) expect(characters.size).to.equal(32);
  });

  for (const [typed, number] of [
    ['0123ABCD', '0123ABCD'],
    ['o1l3abcd', '0113ABCD'],
    ['OIL3ABCD', '0113ABCD'],
    ['zyxwvtsr', 'ZYXWVTSR'],
    ['0123ABCU', undefined],
    ['0123ABC', undefined],
    ['0123ABCDE', undefined],
    ['0123-BCD', undefined],
    ['0123ABC\u00ce', undefined],
  ] as const)
    it(`is read from ${typed} as ${number ?? 'none'}`, () => {
      expect(readPurchaseNumber(typed)).to.equal(number);
      const { value, error } = purchaseNumberField.validate(typed) as { value: unknown; error?: Error };
      if (number === undefined) expect(error).to.be.instanceOf(Error);
      else expect(value).to.equal(number);
    });
});
