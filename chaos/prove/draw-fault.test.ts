import { expect } from 'chai';
import { createRandom } from '../../dev/seed/random.ts';
import { drawCrashPoint, drawFault, type FaultKind, faultKinds } from './draw-fault.ts';

const instances = ['auth-1', 'payment-1', 'product-1'];

describe('drawFault', () => {
  const draw = (kinds: readonly FaultKind[], count = 500, weights: Partial<Record<FaultKind, number>> = {}) => {
    const random = createRandom(1);
    return Array.from({ length: count }, () => drawFault(random, { kinds, instances, weights }));
  };

  it('draws the same from the same seed', () => {
    expect(draw(faultKinds)).to.deep.equal(draw(faultKinds));
  });

  it('draws every kind that is asked for, but for crashes, which instances are born with', () => {
    const kinds = new Set(draw(faultKinds).map((fault) => fault?.kind));
    expect([...kinds]).to.have.members(faultKinds.filter((kind) => kind !== 'crash'));
  });

  it('draws nothing else, and no kind without weight', () => {
    const kinds = new Set(draw(['kill', 'network'], 200, { network: 0 }).map((fault) => fault?.kind));
    expect([...kinds]).to.deep.equal(['kill']);
  });

  it('draws nothing where there is nothing to draw', () => {
    expect(draw(['crash'], 1)).to.deep.equal([undefined]);
  });

  it('moves clocks ahead and behind, by a millisecond to half a minute', () => {
    const offsets = draw(['clock']).map((fault) => (fault?.kind === 'clock' ? fault.offsetMs : 0));
    for (const offset of offsets) expect(Math.abs(offset)).to.be.within(1, 29_000);
    expect(offsets.filter((offset) => offset > 0)).to.have.length.within(200, 300);
    expect(offsets.filter((offset) => Math.abs(offset) < 250)).to.have.length.within(150, 350);
  });

  it('stops instances for 1 to 12 seconds', () => {
    for (const fault of draw(['stop'])) expect(fault).to.have.property('forMs').within(1_000, 12_000);
  });
});

describe('drawCrashPoint', () => {
  const draw = (share: number) => {
    const random = createRandom(1);
    return Array.from({ length: 300 }, () => drawCrashPoint(random, 'payment', { share, maxCount: 8 }));
  };

  it('names a point and the how-manieth time, for as many as asked', () => {
    const drawn = draw(0.5);
    const armed = drawn.filter((point) => point !== '');
    expect(armed.length).to.be.within(120, 180);
    for (const point of armed) expect(point).to.match(/^[a-z-]+:[1-8]$/);
    expect(new Set(armed.map((point) => point.split(':')[0])).size).to.equal(5);
  });

  it('gives auth only what its relay reaches', () => {
    const random = createRandom(2);
    const drawn = Array.from({ length: 50 }, () => drawCrashPoint(random, 'auth', { share: 1, maxCount: 8 }));
    for (const point of drawn) expect(point).to.match(/publish/);
  });
});
