import { expect } from 'chai';
import { countries, country } from '../src/index.ts';

/** Regions of CLDR that ISO 3166-1 does not assign: exceptional reservations, groups, private use. */
const OTHER_REGIONS = 'AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ'.split(' ');

const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));

/** The regions of CLDR, without former codes, which it replaces by today's. */
function cldrRegions(): string[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => names.of(code) !== undefined && new Intl.Locale(`und-${code}`).region === code);
}

describe('country', () => {
  it('has the 249 codes of ISO 3166-1: the regions of CLDR without those that ISO does not assign', () => {
    expect(countries).to.have.length(249);
    expect(cldrRegions().filter((code) => !OTHER_REGIONS.includes(code))).to.deep.equal(countries);
  });

  it('accepts a code in any case and makes it upper case', () => {
    for (const code of ['AT', 'at', 'aT']) expect(country().validate(code)).to.deep.equal({ value: 'AT' });
  });

  for (const bad of ['UK', 'EU', 'XK', 'ZZ', 'A', 'AUT', 'ÄT', '', 7])
    it(`rejects ${JSON.stringify(bad)}`, () => {
      const { error } = country().label('country').validate(bad);
      expect(error).to.be.instanceOf(Error);
    });
});
