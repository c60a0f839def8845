import { expect } from 'chai';
import { clientAddress } from '../src/index.ts';

describe('clientAddress', () => {
  const cases: [string | undefined, string][] = [
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    [undefined, ''],
  ];
  for (const [ip, key] of cases) {
    it(`is ${key || 'empty'} for ${ip}`, () => {
      expect(clientAddress({ ip })).to.equal(key);
    });
  }
});
