import { currencies, decimalAmount, formatAmount, isCurrency, minorUnitsOf, parseDecimalAmount } from '@florin/values';
import { expect } from 'chai';
import fc from 'fast-check';

describe('Currencies and amounts', () => {
  it('know the minor units of ISO 4217, even if CLDR differs', () => {
    const units = { EUR: 2, HUF: 2, IQD: 3, JPY: 0, KWD: 3, ISK: 0, CLF: 4, UGX: 0, COP: 2, RSD: 2, MRU: 2, XCG: 2 };
    for (const [code, count] of Object.entries(units)) expect(minorUnitsOf(code), code).to.equal(count);
    expect(currencies)
      .to.have.length(165)
      .and.to.deep.equal([...new Set(currencies)]);
    for (const code of ['ZZZ', 'XXX', 'XAU', 'HRK', 'eur', '']) expect(isCurrency(code), code).to.equal(false);
  });

  it('write amounts with the decimals of their currency', () => {
    const texts: [number | bigint, string, string][] = [
      [12_345, 'HUF', '123.45'],
      [-5, 'EUR', '-0.05'],
      [0, 'EUR', '0.00'],
      [12_345, 'JPY', '12345'],
      [1_234, 'KWD', '1.234'],
      [9_007_199_254_740_991, 'EUR', '90071992547409.91'],
      [-90_071_992_547_409_910n, 'EUR', '-900719925474099.10'],
    ];
    for (const [amountMinor, currency, text] of texts) {
      expect(decimalAmount(amountMinor, currency)).to.equal(text);
      expect(formatAmount(amountMinor, currency)).to.equal(`${text} ${currency}`);
    }
  });

  it('reject invalid decimals, and more decimals than the currency has', () => {
    for (const text of ['', '1e3', '+5', '1,5', '1.', '.5', ' 1', '1.234', '٥', '0x1', '90071992547409.92', '--1'])
      expect(parseDecimalAmount(text, 'EUR'), text).to.equal(undefined);
    expect(parseDecimalAmount('1.5', 'JPY')).to.equal(undefined);
    expect(parseDecimalAmount('-0.00', 'EUR')).to.equal(0);
  });

  it('read what they wrote', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom(...currencies), (amountMinor, currency) => {
        expect(parseDecimalAmount(decimalAmount(amountMinor, currency), currency)).to.equal(amountMinor);
      }),
    );
  });
});
