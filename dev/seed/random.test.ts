import { expect } from 'chai';
import { createRandom } from './random.ts';

describe('createRandom', () => {
  const draw = (seed: number, count: number): number[] => {
    const random = createRandom(seed);
    return Array.from({ length: count }, random.next);
  };

  it('draws the same from the same seed, and different numbers from another', () => {
    expect(draw(7, 50)).to.deep.equal(draw(7, 50));
    expect(draw(7, 50)).to.not.deep.equal(draw(8, 50));
  });

  it('draws evenly, including both ends of a range', () => {
    const random = createRandom(1);
    const counts = new Map<number, number>();
    for (let turn = 0; turn < 6_000; turn++) {
      const die = random.between(1, 6);
      counts.set(die, (counts.get(die) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => a - b)).to.deep.equal([1, 2, 3, 4, 5, 6]);
    for (const count of counts.values()) expect(count).to.be.within(850, 1_150);
  });

  it('splits by name: draws of one client do not shift those of another', () => {
    const random = createRandom(3);
    const before = random.split('alice').next();
    random.next();
    random.split('bob').next();
    expect(random.split('alice').next()).to.equal(before);
    expect(random.split('bob').next()).to.not.equal(before);
  });

  it('picks by weight, and never an item of weight zero', () => {
    const random = createRandom(5);
    const picked = Array.from({ length: 1_000 }, () =>
      random.pickWeighted([
        [9, 'often'],
        [1, 'seldom'],
        [0, 'never'],
      ]),
    );
    expect(picked.filter((one) => one === 'often').length).to.be.within(850, 950);
    expect(picked).to.not.include('never');
  });

  it('rejects an empty list', () => {
    expect(() => createRandom(1).pick([])).to.throw('nothing to pick');
  });
});
