import { randomBytes } from 'node:crypto';
import { DEVELOPMENT_SIGNING_KEYS } from '@florin/events';
import { expect } from 'chai';
import { readEventSignatures, SettingsError } from '../src/index.ts';

describe('the settings of signed events', () => {
  const own = `own:${randomBytes(32).toString('base64')}`;

  it('sign with a known key in development, and follow the stored offsets', () => {
    const signatures = readEventSignatures({});
    expect(signatures.mode).to.equal(undefined);
    expect(signatures).to.have.nested.property('keys[0].id', 'development');
  });

  it('read the mode and the key ring', () => {
    const signatures = readEventSignatures({
      EVENT_SIGNATURES: 'require',
      EVENT_SIGNING_KEYS: `${own},${DEVELOPMENT_SIGNING_KEYS}`,
    });
    expect(signatures).to.include({ mode: 'require' });
    expect(signatures).to.have.nested.property('keys[0].id', 'own');
    expect(readEventSignatures({ EVENT_SIGNATURES: 'off' })).to.deep.equal({ mode: 'off' });
  });

  it('have no default key in production, and accept the key of development nowhere in the ring', () => {
    const production = { NODE_ENV: 'production' };
    expect(readEventSignatures({ ...production, EVENT_SIGNING_KEYS: own })).to.have.nested.property('keys[0].id', 'own');
    for (const EVENT_SIGNING_KEYS of [undefined, DEVELOPMENT_SIGNING_KEYS, `${own},${DEVELOPMENT_SIGNING_KEYS}:2026-01-01`])
      expect(() => readEventSignatures({ ...production, EVENT_SIGNING_KEYS })).to.throw(SettingsError, 'EVENT_SIGNING_KEYS');
  });

  it('name a fault and show no key', () => {
    const [, secret = ''] = own.split(':');
    const faulty = `own.key:${secret}`;
    expect(() => readEventSignatures({ EVENT_SIGNING_KEYS: faulty }))
      .to.throw(SettingsError, 'EVENT_SIGNING_KEYS')
      .with.property('message')
      .that.does.not.include(secret);
  });
});
