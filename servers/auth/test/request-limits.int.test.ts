import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { readConfig } from '../src/config.ts';
import { type RunningAuth, signUp, startAuth, stopAll } from './start-auth.ts';

describe('request limits', () => {
  let auth: RunningAuth;
  before(async () => {
    auth = await startAuth({ RATE_LIMIT_ADDRESS_PER_MIN: '3', RATE_LIMIT_USER_PER_MIN: '2' });
  });
  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  it('apply to each user, and to each address on the open endpoints', async () => {
    const alice = await signUp(auth);
    const asAlice = async () => (await auth.call('GET', '/v1/users/me', { token: alice.accessToken })).status;
    expect([await asAlice(), await asAlice(), await asAlice()]).to.deep.equal([200, 200, 429]);
    const jwks = async () => (await auth.call('GET', '/.well-known/jwks.json')).status;
    // The sign-up was the first request.
    expect([await jwks(), await jwks(), await jwks()]).to.deep.equal([200, 200, 429]);
  });

  it('are off in development and on in production', () => {
    const environment = { AUTH_DATABASE_URL: auth.database.runningUrl, KAFKA_BROKERS: 'absent:9092' };
    const key = randomBytes(32).toString('base64');
    const development = readConfig(environment).limits;
    const production = readConfig({
      ...environment,
      NODE_ENV: 'production',
      KAFKA_SECURITY: 'plaintext',
      AUTH_KEY_ENCRYPTION_KEY: key,
      CURSOR_KEY: key,
      EVENT_SIGNING_KEYS: `test:${randomBytes(32).toString('base64')}`,
    }).limits;
    expect(development).to.deep.include({ userPerMinute: 0, addressPerMinute: 0 });
    expect(production).to.deep.include({ userPerMinute: 600, addressPerMinute: 300 });
  });
});
