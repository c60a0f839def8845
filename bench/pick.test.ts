import { expect } from 'chai';
import { createPicker, cumulativeShares } from './pick.ts';

describe('createPicker', () => {
  const list = Array.from({ length: 100 }, (_, index) => index);
  const draw = (spread: Parameters<typeof createPicker>[1]): number[] => {
    const pick = createPicker(list, spread);
    return Array.from({ length: 20_000 }, pick);
  };

  it('draws uniformly', () => {
    expect(new Set(draw('uniform')).size).to.equal(100);
  });

  it('always draws the first', () => {
    expect(new Set(draw('one'))).to.deep.equal(new Set([0]));
  });

  it("draws by Zipf's law", () => {
    const [share = 0] = cumulativeShares(100, 1.2);
    const drawn = draw({ zipf: 1.2 }).filter((item) => item === 0).length / 20_000;
    expect(drawn).to.be.within(share - 0.03, share + 0.03);
    expect(share).to.be.within(0.25, 0.35);
  });

  it('rejects an empty list', () => {
    expect(createPicker([], 'uniform')).to.throw('The list is empty');
  });
});

describe('cumulativeShares', () => {
  it('rises to 1 in decreasing steps', () => {
    const shares = cumulativeShares(50, 1.2);
    expect(shares.at(-1)).to.be.closeTo(1, 1e-9);
    const steps = shares.map((share, index) => share - (shares[index - 1] ?? 0));
    expect(steps).to.deep.equal(steps.toSorted((a, b) => b - a));
  });
});
