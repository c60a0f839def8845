import { expect } from 'chai';
import { UsageError } from '../command-line.ts';
import { findSwitch, loadSwitches } from './find-switch.ts';

describe('findSwitch', () => {
  it('finds the service of a switch, by its name alone or with the service', async () => {
    const switches = await loadSwitches();
    expect(findSwitch(switches, { name: 'stop-purchases' })).to.equal('product');
    expect(findSwitch(switches, { name: 'stop-top-ups' })).to.equal('payment');
    expect(findSwitch(switches, { name: 'pause-consumer', service: 'payment' })).to.equal('payment');
    expect(findSwitch(switches, { name: 'pause-consumer:florin.purchases' })).to.equal('payment');
    expect(switches.auth).to.deep.equal([]);
  });

  it('refuses a name that does not exist, and one that two services have', async () => {
    const switches = await loadSwitches();
    const unknown = () => findSwitch(switches, { name: 'stop-everything' });
    expect(unknown).to.throw(
      UsageError,
      /^There is no switch "stop-everything". The switches are:\n.*product {2}stop-purchases/s,
    );
    expect(() => findSwitch(switches, { name: 'stop-purchases', service: 'auth' })).to.throw(UsageError, /^auth has no switch/);
    expect(() => findSwitch(switches, { name: 'pause-consumer' })).to.throw(UsageError, /choose one with --service/);
  });
});
