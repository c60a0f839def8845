import { expect } from 'chai';
import * as fc from 'fast-check';
import { decimalText, moneyText, parseMoney } from '../src/money-text.ts';

describe('the text of an amount', () => {
  const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

  for (const { amountMinor, currency, locale, text } of [
    { amountMinor: 1205, currency: 'EUR', locale: 'en', text: '€12.05' },
    { amountMinor: 1205, currency: 'EUR', locale: 'de', text: '12,05 €' },
    { amountMinor: -5, currency: 'EUR', locale: 'de', text: '-0,05 €' },
    { amountMinor: 1205, currency: 'JPY', locale: 'en', text: '¥1,205' },
    { amountMinor: 1205, currency: 'KWD', locale: 'en', text: 'KWD 1.205' },
    { amountMinor: 9007199254740991, currency: 'EUR', locale: 'en', text: '€90,071,992,547,409.91' },
  ])
    it(`is ${text} for ${amountMinor} minor units of ${currency} in ${locale}`, () => {
      expect(plain(moneyText(amountMinor, currency, locale))).to.equal(text);
    });

  it('is read back as the same amount', () => {
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), fc.constantFrom(0, 2, 3), (amountMinor, minorUnits) => {
        expect(parseMoney(decimalText(amountMinor, minorUnits), minorUnits, 'en')).to.equal(amountMinor);
      }),
    );
  });

  for (const [text, minorUnits, locale, result] of [
    ['12,5', 2, 'de', 1250],
    ['12.5', 2, 'de', 1250],
    [' 7 ', 2, 'en', 700],
    ['1.234', 2, 'de', 'tooManyDecimals'],
    ['1.234,50', 2, 'de', 'malformed'],
    ['1,234.50', 2, 'en', 'malformed'],
    ['-5', 2, 'en', 'malformed'],
    ['1e3', 2, 'en', 'malformed'],
    ['0.5', 0, 'en', 'tooManyDecimals'],
    ['', 2, 'en', 'empty'],
    ['99999999999999999', 2, 'en', 'tooLarge'],
  ] as const)
    it(`reads ${JSON.stringify(text)} in ${locale} with ${minorUnits} decimals as ${result}`, () => {
      expect(parseMoney(text, minorUnits, locale)).to.equal(result);
    });
});
