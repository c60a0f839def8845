import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { idBytes, newId, runTransaction } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { makeSigningKey, type SigningAlgorithm } from '../src/keys/make-signing-key.ts';
import { type Rotation, rotateSigningKey } from '../src/keys/rotate-signing-key.ts';
import { countRows, type RunningAuth, signInAdmin, signUp, startAuth, stopAll } from './start-auth.ts';

const florin = join(import.meta.dirname, '../../../dev/florin.mjs');

describe('the rotation of signing keys', () => {
  let auth: RunningAuth;

  beforeEach(async () => {
    auth = await startAuth({ JWKS_REFRESH_S: '1' });
  });

  afterEach(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const encryptionKey = () => auth.config.keyEncryptionKeys.current;

  async function rotate(jwksRefreshS = 1, opener = encryptionKey(), algorithm: SigningAlgorithm = 'RS256'): Promise<Rotation> {
    const key = await makeSigningKey(opener, algorithm);
    const terms = {
      encryptionKeys: { current: opener },
      jwksRefreshS,
      accessTokenTtlS: 900,
      actor: { actorId: null, actorName: 'olga' },
    };
    return runTransaction(auth.database.db, (trx) => rotateSigningKey(trx, key, terms));
  }

  async function published({ call }: RunningAuth): Promise<unknown[]> {
    const { body } = await call('GET', '/.well-known/jwks.json');
    return (body as unknown as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
  }

  async function signedWith(instance: RunningAuth): Promise<string | undefined> {
    return jwt.decode((await signUp(instance)).accessToken, { complete: true })?.header.kid;
  }

  const meStatus = async ({ call }: RunningAuth, token: string) => (await call('GET', '/v1/users/me', { token })).status;

  it('publishes the new key at once, and signs with it in every instance after all have read it', async () => {
    const other = await auth.another();
    const before = await signUp(auth);
    const at = Date.now();
    const { kid, previousKid, signsFrom, previousPublishedUntil } = await rotate(2);
    expect(signsFrom.getTime()).to.be.within(at + 4_000, Date.now() + 4_000);
    expect(previousPublishedUntil.getTime() - signsFrom.getTime()).to.equal(960_000);
    for (const instance of [auth, other]) {
      expect(await published(instance)).to.deep.equal([kid, previousKid]);
      expect(await signedWith(instance)).to.equal(previousKid);
    }
    await eventually(async () => {
      for (const instance of [auth, other]) expect(await signedWith(instance)).to.equal(kid);
    });
    expect(Date.now()).to.be.at.least(signsFrom.getTime());
    const after = await signUp(auth);
    for (const { accessToken } of [before, after]) {
      for (const instance of [auth, other]) expect(await meStatus(instance, accessToken)).to.equal(200);
    }
  });

  it('changes the algorithm, and tokens of both keys are accepted', async () => {
    const before = await signUp(auth);
    const { kid } = await rotate(1, encryptionKey(), 'ES256');
    const [newest, oldest] = ((await auth.call('GET', '/.well-known/jwks.json')).body as unknown as { keys: object[] }).keys;
    expect(newest).to.have.keys('kty', 'crv', 'x', 'y', 'kid', 'use', 'alg').and.include({ crv: 'P-256', alg: 'ES256', kid });
    expect(oldest).to.include({ kty: 'RSA', alg: 'RS256' });
    await eventually(async () => expect(await signedWith(auth)).to.equal(kid));
    const after = await signUp(auth);
    expect(jwt.decode(after.accessToken, { complete: true })?.header).to.include({ alg: 'ES256', kid });
    for (const { accessToken } of [before, after]) expect(await meStatus(auth, accessToken)).to.equal(200);
  });

  it('removes the old key after its time, first from JWKS and at the next rotation from the database', async () => {
    const { db } = auth.database;
    const { kid } = await rotate();
    await db.raw("UPDATE signing_keys SET signs_from = '2020-01-01'");
    await db.raw("UPDATE signing_keys SET published_until = '2020-01-02' WHERE published_until IS NOT NULL");
    expect(await published(auth)).to.deep.equal([kid]);
    await rotate();
    expect(await countRows(auth, 'signing_keys')).to.equal(2);
  });

  it('is rejected during a rotation, and takes effect once for two concurrent commands', async () => {
    const outcomes = await Promise.allSettled([rotate(60), rotate(60)]);
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []));
    expect(reasons).to.have.length(1);
    expect(reasons[0]).to.match(/A rotation is under way: key .+ signs from /);
    expect(await countRows(auth, 'signing_keys')).to.equal(2);
  });

  it('is rejected if the encryption key differs from that of the services, and changes nothing', async () => {
    const failure = await rotate(1, randomBytes(32)).catch((error: Error) => error);
    expect(failure).to.be.an('error').with.property('message').that.includes('AUTH_KEY_ENCRYPTION_KEY');
    expect(await published(auth)).to.have.length(1);
    expect(await auth.database.db('audit_log').where('action', 'signing-key.rotate')).to.deep.equal([]);
  });

  it('writes an entry to the audit log', async () => {
    const { kid, previousKid } = await rotate();
    const { accessToken: token } = await signInAdmin(auth);
    const { body } = await auth.call('GET', '/v1/auth/audit-log', { token });
    const [entry] = body.data as unknown as Record<string, unknown>[];
    expect(entry).to.deep.include({
      action: 'signing-key.rotate',
      subject: kid,
      actorId: null,
      before: { kid: previousKid },
    });
    expect(entry?.['after']).to.include({ kid, ranBy: 'olga' });
  });

  it('keeps an instance running when the next key cannot be opened', async () => {
    await auth.database.db.raw(
      `INSERT INTO signing_keys (id, ordinal, public_jwk, sealed_private_key, signs_from)
       SELECT ?, 2, public_jwk, 'not a key', '2999-01-01' FROM signing_keys WHERE ordinal = 1`,
      [randomBytes(16)],
    );
    const other = await auth.another();
    expect(await signedWith(other)).to.equal(await signedWith(auth));
  });

  describe('npm run auth:rotate-key', function () {
    this.timeout(60_000);

    function run(
      args: string[],
      changes: Record<string, string> = {},
    ): Promise<{ code: number; stdout: string; stderr: string }> {
      const env = { ...process.env, AUTH_DATABASE_URL: auth.database.url, JWKS_REFRESH_S: '60', ...changes };
      return new Promise((resolve) => {
        execFile(
          process.execPath,
          ['--conditions=source', florin, 'auth:rotate-key', ...args],
          { env },
          (error, stdout, stderr) => {
            resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr });
          },
        );
      });
    }

    it('rotates, and prints the keys and times', async () => {
      const ada = newId();
      const { code, stdout, stderr } = await run(['--json', '--as', ada], { SIGNING_ALGORITHM: 'ES256' });
      expect(code, stderr).to.equal(0);
      expect(await auth.database.db('audit_log').where('action', 'signing-key.rotate').pluck('actor_id')).to.deep.equal([
        idBytes(ada),
      ]);
      const { kid, previousKid, signsFrom } = JSON.parse(stdout) as Record<string, string>;
      expect(await published(auth)).to.deep.equal([kid, previousKid]);
      expect(Date.parse(signsFrom ?? '') - Date.now()).to.be.within(60_000, 120_000);
      const again = await run([]);
      expect(again.code).to.equal(1);
      expect(again.stderr).to.match(/^A rotation is under way: key .+ signs from .+\n$/);
    });

    it('prints its usage, and rejects unknown arguments', async () => {
      expect((await run(['--help'])).stdout).to.match(/^npm run auth:rotate-key /);
      expect((await run(['now'])).code).to.equal(2);
      expect((await run([], { AUTH_KEY_ENCRYPTION_KEY: 'short' })).code).to.equal(1);
      expect(await published(auth)).to.have.length(1);
    });
  });
});
