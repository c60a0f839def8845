import { randomBytes } from 'node:crypto';
import { createTestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { authConfig, countRows, type RunningAuth, signUp, startAuth, startInstance, stopAll } from './start-auth.ts';

describe('signing keys', () => {
  let auth: RunningAuth;

  before(async () => {
    auth = await startAuth();
  });

  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  type Jwks = { keys: Record<string, unknown>[] };
  const jwks = async ({ call }: RunningAuth) => (await call('GET', '/.well-known/jwks.json')).body as unknown as Jwks;

  it('publishes the public half to anyone, cacheable for a while', async () => {
    const { status, headers } = await auth.call('GET', '/.well-known/jwks.json');
    expect(status).to.equal(200);
    expect(headers.get('cache-control')).to.equal('public, max-age=300');
    const { keys } = await jwks(auth);
    expect(keys).to.have.length(1);
    expect(keys[0]).to.have.keys('kty', 'n', 'e', 'kid', 'use', 'alg').and.include({ kty: 'RSA', use: 'sig', alg: 'RS256' });
    expect(Buffer.from(String(keys[0]?.['n']), 'base64url')).to.have.length(384);
  });

  it('ignores a token in the request', async () => {
    expect((await auth.call('GET', '/.well-known/jwks.json', { token: 'garbage' })).status).to.equal(200);
  });

  it('keeps the private half encrypted', async () => {
    const [[row]] = (await auth.database.db.raw('SELECT sealed_private_key FROM signing_keys')) as [
      { sealed_private_key: Buffer }[],
    ];
    expect(row?.sealed_private_key.includes(Buffer.from('2a864886f70d010101', 'hex')), 'the OID of an RSA key in it').to.equal(
      false,
    );
  });

  it('survives a restart, and tokens stay valid', async () => {
    const first = await auth.another();
    const before = await jwks(first);
    const { accessToken } = await signUp(first);
    await first.stop();
    const second = await auth.another();
    expect(await jwks(second)).to.deep.equal(before);
    expect((await second.call('GET', '/v1/users/me', { token: accessToken })).status).to.equal(200);
    await second.stop();
  });

  it('is created once by several instances that start at once on an empty database', async () => {
    const database = await createTestDatabase(migrations);
    const config = authConfig(database);
    const instances = await Promise.all(Array.from({ length: 4 }, () => startInstance(database, config)));
    const [first, ...others] = instances as [RunningAuth, ...RunningAuth[]];
    expect(await countRows(first, 'signing_keys')).to.equal(1);
    expect(await countRows(first, 'users'), 'the first admin').to.equal(1);
    expect(await countRows(first, 'outbox')).to.equal(1);
    const { accessToken } = await signUp(first);
    for (const other of others) expect((await other.call('GET', '/v1/users/me', { token: accessToken })).status).to.equal(200);
    await Promise.all(instances.map((instance) => instance.stop()));
    await database.drop();
  });

  it('cannot be opened with another encryption key, and the start fails with that reason', async () => {
    const failure = await auth.another({ keyEncryptionKeys: { current: randomBytes(32) } }).catch((error: Error) => error);
    expect(failure).to.be.an('error').with.property('message').that.includes('AUTH_KEY_ENCRYPTION_KEY');
  });

  it('does not sign with a key before its time', async () => {
    const { db } = auth.database;
    await db.raw(
      `INSERT INTO signing_keys (id, ordinal, public_jwk, sealed_private_key, signs_from)
       SELECT ?, 2, public_jwk, 'not a key', '2999-01-01' FROM signing_keys WHERE ordinal = 1`,
      [randomBytes(16)],
    );
    const other = await auth.another();
    await other.stop();
    await db.raw('DELETE FROM signing_keys WHERE ordinal = 2');
  });

  it('is not published after its time', async () => {
    const { db } = auth.database;
    await db.raw(
      `INSERT INTO signing_keys (id, ordinal, public_jwk, sealed_private_key, signs_from, published_until)
       VALUES (?, 3, '{"kid": "old"}', '', '2000-01-01', '2000-02-01')`,
      [randomBytes(16)],
    );
    expect((await jwks(auth)).keys.map(({ kid }) => kid)).to.not.include('old');
    await db.raw('DELETE FROM signing_keys WHERE ordinal = 3');
  });
});
