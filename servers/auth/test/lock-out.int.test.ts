import { randomInt } from 'node:crypto';
import { idBytes, newId } from '@florin/database';
import { expect } from 'chai';
import {
  type Answer,
  newEmail,
  password,
  type RunningAuth,
  refreshStatus,
  type SignedIn,
  signInAdmin,
  signUp,
  signUpAs,
  startAuth,
  stopAll,
} from './start-auth.ts';

const FREE = 2;
const FREE_ELSEWHERE = 6;

describe('a lock-out', () => {
  let auth: RunningAuth;
  let admin: SignedIn;

  before(async () => {
    auth = await startAuth({
      PASSWORD_ATTEMPTS_PER_ACCOUNT: String(FREE),
      PASSWORD_ATTEMPTS_ELSEWHERE: String(FREE_ELSEWHERE),
      PASSWORD_ATTEMPTS_PER_ADDRESS: '10000',
      PASSWORD_FIRST_DELAY_S: '60',
      PASSWORD_LIMIT_STORE: 'database',
      TRUSTED_PROXIES: '1',
    });
    admin = await signInAdmin(auth);
  });

  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const newAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

  async function signInFrom(address: string, email: string, known = password): Promise<number> {
    const headers = { 'x-forwarded-for': address };
    return (await auth.call('POST', '/v1/auth/signin', { body: { email, password: known }, headers })).status;
  }

  /** Guesses from one address until it is delayed. */
  async function lockOut(email: string, address = newAddress()): Promise<string> {
    for (let count = 0; count <= FREE; count++) expect(await signInFrom(address, email, 'wrong horse battery')).to.equal(401);
    expect(await signInFrom(address, email), 'the right password, from the address of the guesses').to.equal(429);
    return address;
  }

  /** Guesses from many addresses until an address that is not known is delayed. */
  async function lockOutElsewhere(email: string): Promise<void> {
    let guesses = 0;
    while ((await signInFrom(newAddress(), email, 'wrong horse battery')) === 401) guesses++;
    expect(guesses).to.be.at.most(FREE_ELSEWHERE + 1);
    expect(await signInFrom(newAddress(), email), 'the right password, from an address that is not known').to.equal(429);
  }

  const unlock = (id: string, token = admin.accessToken): Promise<Answer> =>
    auth.call('POST', `/v1/users/${id}/unlock`, { token });

  async function unlocksOf(id: string): Promise<Record<string, unknown>[]> {
    const { body } = await auth.call('GET', `/v1/auth/audit-log?subject=${id}`, { token: admin.accessToken });
    return (body.data as unknown as Record<string, unknown>[]).filter(({ action }) => action === 'user.unlock');
  }

  it('does not hit the owner, who signs in from another address', async () => {
    const { user } = await signUp(auth);
    await lockOut(user.email);
    expect(await signInFrom(newAddress(), user.email)).to.equal(200);
  });

  it('slows guessing from many addresses down, but not the addresses that the owner signed in from lately', async () => {
    const { user } = await signUp(auth);
    const home = newAddress();
    expect(await signInFrom(home, user.email)).to.equal(200);
    await lockOutElsewhere(user.email);
    expect(await signInFrom(home, user.email)).to.equal(200);
    expect(await signInFrom(newAddress(), user.email), 'the sign-in at home resets nothing elsewhere').to.equal(429);
  });

  it('keeps a counter of its own for a known address, which delays guessing from there too', async () => {
    const { user } = await signUp(auth);
    const home = newAddress();
    await signInFrom(home, user.email);
    await lockOut(user.email, home);
    expect(await signInFrom(newAddress(), user.email)).to.equal(200);
  });

  it('trusts an address for 30 days after the last sign-in', async () => {
    const { user } = await signUp(auth);
    const home = newAddress();
    await signInFrom(home, user.email);
    await lockOutElsewhere(user.email);
    await auth.database.db.raw(
      'UPDATE known_addresses SET last_signed_in_at = NOW(3) - INTERVAL 31 DAY WHERE user_id = ? AND address = ?',
      [idBytes(user.id), home],
    );
    expect(await signInFrom(home, user.email)).to.equal(429);
  });

  it('does not trust the address of a wrong password, nor that of another user', async () => {
    const { user } = await signUp(auth);
    const bob = await signUp(auth);
    const guesser = newAddress();
    await signInFrom(guesser, bob.user.email);
    await signInFrom(guesser, user.email, 'wrong horse battery');
    await lockOutElsewhere(user.email);
    expect(await signInFrom(guesser, user.email)).to.equal(429);
  });

  it('gives accounts that do not exist the same answers', async () => {
    const email = newEmail('nobody');
    await lockOut(email);
    for (let count = 0; count < FREE_ELSEWHERE - FREE; count++)
      expect(await signInFrom(newAddress(), email), `guess ${count}`).to.equal(401);
    expect(await signInFrom(newAddress(), email)).to.equal(429);
  });

  it('remembers at most 20 addresses of a user', async () => {
    const { user } = await signUp(auth);
    for (let count = 0; count < 22; count++) await signInFrom(`10.0.0.${count}`, user.email);
    const [rows] = (await auth.database.db.raw(
      'SELECT address FROM known_addresses WHERE user_id = ? ORDER BY last_signed_in_at',
      [idBytes(user.id)],
    )) as [{ address: string }[]];
    expect(rows).to.have.length(20);
    expect(rows.at(-1)?.address).to.equal('10.0.0.21');
  });

  describe('POST /v1/users/:id/unlock', () => {
    it('requires authentication, and is for admins only', async () => {
      const { user, accessToken } = await signUp(auth);
      expect((await auth.call('POST', `/v1/users/${user.id}/unlock`)).status).to.equal(401);
      expect((await unlock(user.id, accessToken)).status, 'their own account').to.equal(403);
      expect((await unlock(user.id, (await signUpAs(auth, 'buyer,staff')).accessToken)).status).to.equal(403);
    });

    it('is refused for the own account: a stolen token could guess the password without a pause', async () => {
      const { status, body } = await unlock(admin.user.id);
      expect([status, body.code]).to.deep.equal([403, 'OWN_ACCOUNT']);
    });

    it('answers 404 to an unknown or malformed id', async () => {
      for (const id of [newId(), 'x']) expect((await unlock(id)).status).to.equal(404);
    });

    it('clears the failed attempts from all addresses, and ends no session', async () => {
      const alice = await signUp(auth);
      const guesser = await lockOut(alice.user.email);
      await lockOutElsewhere(alice.user.email);
      const { status, body } = await unlock(alice.user.id);
      expect(status).to.equal(200);
      expect(body.data).to.deep.include({ id: alice.user.id, status: 'active' });
      expect(await signInFrom(guesser, alice.user.email)).to.equal(200);
      expect(await signInFrom(newAddress(), alice.user.email)).to.equal(200);
      expect((await auth.call('GET', '/v1/users/me', { token: alice.accessToken })).status).to.equal(200);
      expect(await refreshStatus(auth, alice)).to.equal(200);
    });

    it('clears those on the password of a signed-in user too', async () => {
      const { user, accessToken: token } = await signUp(auth);
      const change = async (currentPassword: string) => {
        const body = { currentPassword, newPassword: 'battery staple correct' };
        return (await auth.call('POST', '/v1/users/me/password', { token, body })).status;
      };
      for (let count = 0; count <= FREE; count++) expect(await change('wrong horse battery')).to.equal(401);
      expect(await change(password)).to.equal(429);
      expect((await unlock(user.id)).status).to.equal(200);
      expect(await change(password)).to.equal(204);
    });

    it('is audited once, also for repeated and concurrent requests; without failed attempts nothing is', async () => {
      const { user } = await signUp(auth);
      expect((await unlock(user.id)).status).to.equal(200);
      expect(await unlocksOf(user.id)).to.deep.equal([]);
      await lockOut(user.email);
      const answers = await Promise.all(Array.from({ length: 5 }, () => unlock(user.id)));
      for (const { status } of [...answers, await unlock(user.id)]) expect(status).to.equal(200);
      const [entry, ...others] = await unlocksOf(user.id);
      expect(others).to.deep.equal([]);
      expect(entry).to.deep.include({ action: 'user.unlock', actorId: admin.user.id, after: { failedAttempts: 0 } });
      expect(entry?.['before']).to.deep.equal({ failedAttempts: FREE + 1 });
    });
  });

  it('recognises known addresses by their hash, if addresses are stored hashed', async () => {
    const hashing = await auth.another({ sessionAddresses: 'hashed' });
    const { user } = await signUp(auth);
    const home = newAddress();
    const attempt = async (address: string) => {
      const options = { body: { email: user.email, password }, headers: { 'x-forwarded-for': address } };
      return (await hashing.call('POST', '/v1/auth/signin', options)).status;
    };
    expect(await attempt(home)).to.equal(200);
    await lockOutElsewhere(user.email);
    expect([await attempt(home), await attempt(newAddress())]).to.deep.equal([200, 429]);
    for (const table of ['known_addresses', 'sessions'])
      expect(await auth.database.db(table).where('user_id', idBytes(user.id)).pluck('address')).to.not.include(home);
    await hashing.stop();
  });

  it('is counted in the memory of an instance too, and unlocked there', async () => {
    const alone = await auth.another({ passwordLimits: { ...auth.config.passwordLimits, isShared: false } });
    const { user } = await signUp(auth);
    const headers = { 'x-forwarded-for': newAddress() };
    const attempt = async (known: string) =>
      (await alone.call('POST', '/v1/auth/signin', { body: { email: user.email, password: known }, headers })).status;
    for (let count = 0; count <= FREE; count++) expect(await attempt('wrong horse battery')).to.equal(401);
    expect(await attempt(password)).to.equal(429);
    const { status } = await alone.call('POST', `/v1/users/${user.id}/unlock`, { token: admin.accessToken });
    expect(status).to.equal(200);
    expect(await attempt(password)).to.equal(200);
    await alone.stop();
  });
});
