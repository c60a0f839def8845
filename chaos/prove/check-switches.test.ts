import { expect } from 'chai';
import { checkSwitches } from './check-switches.ts';

const instances = [
  { name: 'product-1', service: 'product', url: 'product-1' },
  { name: 'product-2', service: 'product', url: 'product-2' },
  { name: 'payment-1', service: 'payment', url: 'payment-1' },
] as const;

describe('checkSwitches', () => {
  /** Checks a platform in which these instances keep the switch as they knew it first. */
  const checkWith = async (isAware: (url: string, isOn: boolean) => boolean) => {
    let isThrown = false;
    const flips: boolean[] = [];
    const findings = await checkSwitches({
      instances,
      token: 'token',
      flip: async (isOn) => {
        isThrown = isOn;
        flips.push(isOn);
      },
      probe: async (url) =>
        isAware(url, isThrown) === isThrown ? (isThrown ? 'PURCHASES_PAUSED' : 'PRODUCT_NOT_FOUND') : 'paid',
      followedWithinMs: 0,
    });
    expect(flips).to.deep.equal([true, false]);
    return findings.map(({ subject, detail }) => `${subject}: ${detail}`);
  };

  it('finds nothing if every instance follows', async () => {
    expect(await checkWith((_url, isOn) => isOn)).to.deep.equal([]);
  });

  it('finds an instance that ignores the switch', async () => {
    expect(await checkWith((url, isOn) => isOn && url !== 'product-2')).to.deep.equal(['product-2: stop-purchases thrown: paid']);
  });

  it('finds an instance that keeps it', async () => {
    expect(await checkWith((url, isOn) => isOn || url === 'product-1')).to.deep.equal([
      'product-1: stop-purchases taken back: paid',
    ]);
  });

  it('takes it back after a failure', async () => {
    const flips: boolean[] = [];
    const failing = checkSwitches({
      instances,
      token: 'token',
      flip: async (isOn) => void flips.push(isOn),
      probe: () => Promise.reject(new Error('broken')),
    });
    expect(await failing.catch((error: Error) => error.message)).to.equal('broken');
    expect(flips).to.deep.equal([true, false]);
  });
});
