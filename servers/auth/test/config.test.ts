import { randomBytes } from 'node:crypto';
import { SettingsError } from '@florin/runtime';
import { expect } from 'chai';
import { readConfig } from '../src/config.ts';
import { demoAccounts } from '../src/demo-accounts.ts';

const least = { AUTH_DATABASE_URL: 'mysql://root@127.0.0.1:3306/florin_auth', KAFKA_BROKERS: '127.0.0.1:9092' };
const encryptionKey = randomBytes(32).toString('base64');
const production = {
  ...least,
  NODE_ENV: 'production',
  KAFKA_SECURITY: 'plaintext',
  AUTH_KEY_ENCRYPTION_KEY: encryptionKey,
  AUTH_DATABASE_URL: 'mysql://florin_auth_run:Vw3kQ9@127.0.0.1:3306/florin_auth',
  CURSOR_KEY: randomBytes(32).toString('base64'),
  EVENT_SIGNING_KEYS: `test:${randomBytes(32).toString('base64')}`,
};

describe("auth's settings", () => {
  it('have defaults in development', () => {
    const config = readConfig(least);
    expect(config).to.include({ port: 3001, accessTokenTtlS: 900, firstAdmin: demoAccounts.admin });
    expect(config.keyEncryptionKeys.current).to.have.length(32);
    expect(config).to.include({ staffTokenTtlS: 300, signingAlgorithm: 'RS256', sessionIdleS: 604_800 });
  });

  it('have no defaults for secrets in production', () => {
    expect(() => readConfig({ ...least, NODE_ENV: 'production' })).to.throw(SettingsError, 'AUTH_KEY_ENCRYPTION_KEY');
    expect(() => readConfig({ ...production, CURSOR_KEY: '' })).to.throw(SettingsError, 'CURSOR_KEY');
    expect(() => readConfig({ ...production, EVENT_SIGNING_KEYS: '' })).to.throw(SettingsError, 'EVENT_SIGNING_KEYS');
    expect(readConfig(production).firstAdmin).to.equal(undefined);
  });

  it('reject the development key in production', () => {
    const AUTH_KEY_ENCRYPTION_KEY = readConfig(least).keyEncryptionKeys.current.toString('base64');
    expect(() => readConfig({ ...production, AUTH_KEY_ENCRYPTION_KEY })).to.throw(SettingsError, 'AUTH_KEY_ENCRYPTION_KEY');
    const CURSOR_KEY = readConfig(least).cursorKey.toString('base64');
    expect(() => readConfig({ ...production, CURSOR_KEY })).to.throw(SettingsError, 'CURSOR_KEY');
  });

  it('slow down password guessing in production only', () => {
    expect(readConfig(least).passwordLimits.freeAttempts).to.deep.equal({ account: 0, elsewhere: 0, address: 0 });
    expect(readConfig(production).passwordLimits.freeAttempts).to.deep.equal({ account: 5, elsewhere: 100, address: 50 });
    const set = { PASSWORD_ATTEMPTS_PER_ACCOUNT: '7', PASSWORD_ATTEMPTS_PER_ADDRESS: '0', PASSWORD_LIMIT_STORE: 'database' };
    expect(readConfig({ ...production, ...set }).passwordLimits).to.deep.equal({
      freeAttempts: { account: 7, elsewhere: 100, address: 0 },
      firstDelayS: 1,
      maxDelayS: 900,
      forgetAfterS: 86_400,
      isShared: true,
    });
  });

  it('normalise the address of the first admin', () => {
    const { firstAdmin } = readConfig({
      ...production,
      FLORIN_ADMIN_EMAIL: 'Root@Florin.Example',
      FLORIN_ADMIN_PASSWORD: 'long enough',
    });
    expect(firstAdmin).to.deep.equal({ email: 'root@florin.example', password: 'long enough' });
  });

  const bad: Record<string, Record<string, string>> = {
    'an admin without a password': { FLORIN_ADMIN_EMAIL: 'root@florin.example' },
    'a password without an admin': { FLORIN_ADMIN_PASSWORD: 'long enough' },
    'a short password': { FLORIN_ADMIN_PASSWORD: 'short', FLORIN_ADMIN_EMAIL: 'root@florin.example' },
    'a common password': { FLORIN_ADMIN_PASSWORD: 'password1', FLORIN_ADMIN_EMAIL: 'root@florin.example' },
    'a password with the name of the service': { FLORIN_ADMIN_PASSWORD: 'florin123', FLORIN_ADMIN_EMAIL: 'root@florin.example' },
    'a time-out shorter than the life of an access token': { SESSION_IDLE_S: '899' },
    'a short previous encryption key': { AUTH_KEY_ENCRYPTION_KEY_PREVIOUS: 'c2hvcnQ=' },
    'an unknown signing algorithm': { SIGNING_ALGORITHM: 'HS256' },
    'an admin without an address': { FLORIN_ADMIN_EMAIL: 'root', FLORIN_ADMIN_PASSWORD: 'long enough' },
    'a short encryption key': { AUTH_KEY_ENCRYPTION_KEY: Buffer.alloc(16).toString('base64') },
    'an encryption key that is not base64': { AUTH_KEY_ENCRYPTION_KEY: '!'.repeat(44) },
    'another database': { AUTH_DATABASE_URL: 'postgres://localhost/florin_auth' },
    'no port': { AUTH_PORT: '70000' },
  };
  for (const [name, settings] of Object.entries(bad)) {
    it(`reject ${name}`, () => {
      expect(() => readConfig({ ...least, ...settings })).to.throw(SettingsError, Object.keys(settings)[0]);
    });
  }
});
