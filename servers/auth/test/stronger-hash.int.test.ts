import { hash } from '@node-rs/argon2';
import { expect } from 'chai';
import { password, type RunningAuth, signUp, startAuth, stopAll } from './start-auth.ts';

describe('a password hash of an earlier cost', () => {
  let auth: RunningAuth;

  before(async () => {
    auth = await startAuth();
  });

  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const signIn = async (email: string, known = password) =>
    (await auth.call('POST', '/v1/auth/signin', { body: { email, password: known } })).status;

  async function hashOf(email: string): Promise<string> {
    const [stored] = await auth.database.db('users').where({ email }).pluck('password_hash');
    return String(stored);
  }

  async function signUpWithOldHash(): Promise<string> {
    const { user } = await signUp(auth);
    const old = await hash(password, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    await auth.database.db('users').where({ email: user.email }).update({ password_hash: old });
    return user.email;
  }

  it('is replaced at sign-in, and the password stays the same', async () => {
    const email = await signUpWithOldHash();
    expect(await signIn(email, 'wrong horse battery')).to.equal(401);
    expect(await hashOf(email), 'after a wrong password').to.include('m=8192,t=1');
    expect(await signIn(email)).to.equal(200);
    const stronger = await hashOf(email);
    expect(stronger).to.include('m=19456,t=2');
    expect(await signIn(email)).to.equal(200);
    expect(await hashOf(email), 'of the next sign-in').to.equal(stronger);
  });

  it('does not fail a concurrent sign-in', async () => {
    const email = await signUpWithOldHash();
    expect(await Promise.all(Array.from({ length: 4 }, () => signIn(email)))).to.deep.equal([200, 200, 200, 200]);
    expect(await hashOf(email)).to.include('m=19456,t=2');
  });
});
