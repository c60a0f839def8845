import { expect } from 'chai';
import { createRandom } from '../../dev/seed/random.ts';
import { drawCrashPoint, drawFault, type FaultKind, faultKinds } from './draw-fault.ts';

const instances = ['auth-1', 'payment-1', 'product-1'];

describe('drawFault', () => {
  const draw = (kinds: readonly FaultKind[], count = 500, weights: Partial<Record<FaultKind, number>> = {}) => {
    const random = createRandom(1);
    return Array.from({ length: count }, () => drawFault(random, { kinds, instances, weights }));
  };

  it('draws the same faults from the same seed', () => {
    expect(draw(faultKinds)).to.deep.equal(draw(faultKinds));
  });

  it('draws every requested kind except crashes', () => {
    const kinds = new Set(draw(faultKinds).map((fault) => fault?.kind));
    expect([...kinds]).to.have.members(faultKinds.filter((kind) => kind !== 'crash'));
  });

  it('draws no other kind, and none of weight 0', () => {
    const kinds = new Set(draw(['kill', 'network'], 200, { network: 0 }).map((fault) => fault?.kind));
    expect([...kinds]).to.deep.equal(['kill']);
  });

  it('draws nothing if no kind can be drawn', () => {
    expect(draw(['crash'], 1)).to.deep.equal([undefined]);
  });

  it('moves clocks ahead and back by 1 ms to 29 s', () => {
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

  it('draws a failpoint and a count for the requested share', () => {
    const drawn = draw(0.5);
    const armed = drawn.filter((point) => point !== '');
    expect(armed.length).to.be.within(120, 180);
    for (const point of armed) expect(point).to.match(/^[a-z-]+:[1-8]$/);
    expect(new Set(armed.map((point) => point.split(':')[0])).size).to.equal(5);
  });

  it('draws only failpoints of the relay for auth', () => {
    const random = createRandom(2);
    const drawn = Array.from({ length: 50 }, () => drawCrashPoint(random, 'auth', { share: 1, maxCount: 8 }));
    for (const point of drawn) expect(point).to.match(/publish/);
  });
});
