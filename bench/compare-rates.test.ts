import { expect } from 'chai';
import { compareRates } from './compare-rates.ts';

describe('compareRates', () => {
  it('is exact for rounds with the same ratio', () => {
    const ratio = compareRates([
      { reference: 100, subject: 90 },
      { reference: 1_000, subject: 900 },
    ]);
    expect(ratio.mean).to.be.closeTo(0.9, 1e-12);
    expect(ratio.low).to.be.closeTo(0.9, 1e-12);
    expect(ratio.high).to.be.closeTo(0.9, 1e-12);
  });

  it("takes Student's t of the number of rounds", () => {
    const { mean, low, high, rounds } = compareRates([
      { reference: 1, subject: 2 },
      { reference: 1, subject: 8 },
      { reference: 1, subject: 4 },
    ]);
    expect(rounds).to.equal(3);
    expect(mean).to.be.closeTo(4, 1e-12);
    // Logarithms ln 2, ln 8 and ln 4 have the standard deviation ln 2; t(2) = 4.303.
    const half = (4.303 * Math.LN2) / Math.sqrt(3);
    expect(Math.log(high / mean)).to.be.closeTo(half, 1e-12);
    expect(Math.log(mean / low)).to.be.closeTo(half, 1e-12);
  });

  it('says nothing after one round', () => {
    expect(compareRates([{ reference: 2, subject: 1 }])).to.deep.equal({
      mean: 0.5,
      low: 0,
      high: Number.POSITIVE_INFINITY,
      rounds: 1,
    });
  });
});
