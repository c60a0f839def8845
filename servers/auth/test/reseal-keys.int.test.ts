import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { runTransaction } from '@florin/database';
import { expect } from 'chai';
import { resealKeys } from '../src/keys/reseal-keys.ts';
import type { EncryptionKeys } from '../src/keys/seal-key.ts';
import { type RunningAuth, signUp, startAuth, stopAll } from './start-auth.ts';

const florin = join(import.meta.dirname, '../../../dev/florin.mjs');

describe('the rotation of the key that encrypts signing keys', () => {
  let auth: RunningAuth;

  beforeEach(async () => {
    auth = await startAuth({ SIGNING_ALGORITHM: 'ES256' });
  });

  afterEach(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const old = () => auth.config.keyEncryptionKeys.current;
  const reseal = (encryptionKeys: EncryptionKeys) =>
    runTransaction(auth.database.db, (trx) => resealKeys(trx, { encryptionKeys, actor: { actorId: null, actorName: 'olga' } }));
  const starts = async (keyEncryptionKeys: EncryptionKeys): Promise<boolean> => {
    const instance = await auth.another({ keyEncryptionKeys }).catch(() => undefined);
    await instance?.stop();
    return instance !== undefined;
  };
  const audited = () => auth.database.db('audit_log').where('action', 'signing-key.re-encrypt').pluck('state_after');

  it('opens keys with both during the change, and with the new one afterwards; tokens stay valid', async () => {
    const current = randomBytes(32);
    const { accessToken: token } = await signUp(auth);
    expect(await starts({ current })).to.equal(false);
    expect(await starts({ current, previous: old() })).to.equal(true);
    const { resealed, unchanged } = await reseal({ current, previous: old() });
    expect({ resealed: resealed.length, unchanged }).to.deep.equal({ resealed: 1, unchanged: [] });
    expect(await starts({ current: old() })).to.equal(false);
    const renewed = await auth.another({ keyEncryptionKeys: { current } });
    expect((await renewed.call('GET', '/v1/users/me', { token })).status).to.equal(200);
    expect((await auth.call('GET', '/v1/users/me', { token: (await signUp(renewed)).accessToken })).status).to.equal(200);
  });

  it('is audited once, without a key, and changes nothing when repeated or run twice at once', async () => {
    const keys = { current: randomBytes(32), previous: old() };
    const outcomes = await Promise.all([reseal(keys), reseal(keys)]);
    expect(outcomes.map(({ resealed }) => resealed.length).sort((a, b) => a - b)).to.deep.equal([0, 1]);
    expect((await reseal(keys)).resealed).to.deep.equal([]);
    const entries = await audited();
    expect(entries).to.have.length(1);
    expect(String(entries[0])).to.include('olga').and.not.include(keys.current.toString('base64'));
  });

  it('changes nothing if a key opens with neither', async () => {
    const before = await auth.database.db('signing_keys').pluck('sealed_private_key');
    const failure = await reseal({ current: randomBytes(32), previous: randomBytes(32) }).catch((error: Error) => error);
    expect(failure).to.be.an('error').with.property('message').that.includes('AUTH_KEY_ENCRYPTION_KEY');
    expect(await auth.database.db('signing_keys').pluck('sealed_private_key')).to.deep.equal(before);
    expect(await audited()).to.deep.equal([]);
  });

  it('has a command: npm run auth:rotate-encryption-key', async function () {
    this.timeout(60_000);
    const env = {
      ...process.env,
      AUTH_DATABASE_URL: auth.database.url,
      AUTH_KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      AUTH_KEY_ENCRYPTION_KEY_PREVIOUS: old().toString('base64'),
    };
    const run = (...args: string[]) =>
      new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
        const command = ['--conditions=source', florin, 'auth:rotate-encryption-key', ...args];
        execFile(process.execPath, command, { env }, (error, stdout, stderr) =>
          resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
        );
      });
    const { code, stdout, stderr } = await run('--json');
    expect(code, stderr).to.equal(0);
    expect((JSON.parse(stdout) as { resealed: string[] }).resealed).to.have.length(1);
    expect((await run('now')).code).to.equal(2);
  });
});
