import { expect } from 'chai';
import { plainHttpWarnings } from '../src/plain-http-warnings.ts';

const config = { isProduction: true, host: '0.0.0.0', httpTls: undefined };

describe('plain HTTP', () => {
  it('is warned about in production, where others on the network can read it', () => {
    expect(plainHttpWarnings(config)).to.have.length(1);
    expect(plainHttpWarnings({ ...config, host: '10.0.0.7' })).to.have.length(1);
  });

  it('is not warned about in development, on loopback addresses and with TLS', () => {
    expect(plainHttpWarnings({ ...config, isProduction: false })).to.deep.equal([]);
    for (const host of ['127.0.0.1', '::1', 'localhost']) expect(plainHttpWarnings({ ...config, host })).to.deep.equal([]);
    expect(plainHttpWarnings({ ...config, httpTls: { certificate: 'x', key: 'x' } })).to.deep.equal([]);
  });
});
