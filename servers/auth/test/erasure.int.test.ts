import { idBytes } from '@florin/database';
import { expect } from 'chai';
import { demoAccounts } from '../src/demo-accounts.ts';
import {
  eventsOf,
  newEmail,
  password,
  type RunningAuth,
  refreshStatus,
  signIn,
  signInAdmin,
  signUp,
  signUpAs,
  startAuth,
  stopAll,
} from './start-auth.ts';

describe('DELETE /v1/users/me', () => {
  let auth: RunningAuth;

  before(async () => {
    auth = await startAuth();
  });

  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const erase = (token: string, currentPassword: string = password) =>
    auth.call('DELETE', '/v1/users/me', { token, body: { currentPassword } });

  async function rowOf(id: string): Promise<Record<string, unknown>> {
    const [[row]] = (await auth.database.db.raw("SELECT * FROM users WHERE id = UNHEX(REPLACE(?, '-', ''))", [id])) as [
      Record<string, unknown>[],
    ];
    return row ?? {};
  }

  it('requires authentication', async () => {
    expect((await auth.call('DELETE', '/v1/users/me', { body: { currentPassword: password } })).status).to.equal(401);
  });

  it('erases personal data, and publishes that together with the end of all tokens', async () => {
    const alice = await signUp(auth, newEmail('Personal'));
    await auth.call('PATCH', '/v1/users/me', { token: alice.accessToken, body: { name: 'Alice Personal' } });
    const elsewhere = await signIn(auth, alice.user);
    expect((await erase(alice.accessToken)).status).to.equal(204);
    const { db } = auth.database;
    const ofAlice = { user_id: idBytes(alice.user.id) };
    expect(await db('known_addresses').where(ofAlice)).to.deep.equal([]);
    expect(await db('sessions').where(ofAlice).whereNotNull('address')).to.deep.equal([]);
    const row = await rowOf(alice.user.id);
    expect(JSON.stringify(row).toLowerCase()).to.not.include('personal');
    expect(row).to.include({ name: null, password_hash: '', roles: 'buyer', status: 'erased' });
    for (const session of [alice, elsewhere]) expect(await refreshStatus(auth, session)).to.equal(401);
    const events = await eventsOf(auth, alice.user.id);
    expect(events.map(({ type }) => type)).to.deep.equal(['user-erased', 'tokens-invalidated']);
    expect(JSON.stringify(events).toLowerCase()).to.not.include('personal');
  });

  it('frees the address for another account', async () => {
    const alice = await signUp(auth);
    await erase(alice.accessToken);
    const again = await signUp(auth, alice.user.email);
    expect(again.user.id).to.not.equal(alice.user.id);
    await erase(again.accessToken);
    expect((await signUp(auth, alice.user.email)).user.email).to.equal(alice.user.email);
  });

  it('rejects sign-in by the old address and by the new one', async () => {
    const alice = await signUp(auth);
    await erase(alice.accessToken);
    for (const email of [alice.user.email, String((await rowOf(alice.user.id))['email'])]) {
      for (const known of [password, 'x']) {
        const { status, body } = await auth.call('POST', '/v1/auth/signin', { body: { email, password: known } });
        expect({ status, code: body.code }).to.deep.equal({ status: 401, code: 'INVALID_CREDENTIALS' });
      }
    }
    for (const method of ['GET', 'PATCH']) {
      const { status } = await auth.call(method, '/v1/users/me', {
        token: alice.accessToken,
        ...(method === 'PATCH' ? { body: { name: 'Alice' } } : {}),
      });
      expect(status, method).to.equal(401);
    }
    const change = { currentPassword: password, newPassword: 'battery staple correct' };
    expect((await auth.call('POST', '/v1/users/me/password', { token: alice.accessToken, body: change })).status).to.equal(401);
    expect((await auth.call('GET', '/v1/users/me/sessions', { token: alice.accessToken })).status).to.equal(401);
    expect((await rowOf(alice.user.id))['name']).to.equal(null);
    expect((await erase(alice.accessToken)).status).to.equal(401);
    expect(await eventsOf(auth, alice.user.id)).to.have.length(2);
  });

  it('is final: admins see the account as disabled, and can neither enable it nor set its roles', async () => {
    const { accessToken: token } = await signInAdmin(auth);
    const alice = await signUp(auth);
    await erase(alice.accessToken);
    const path = `/v1/users/${alice.user.id}`;
    const { body } = await auth.call('GET', path, { token });
    expect(body.data)
      .to.include({ status: 'disabled', name: null })
      .and.property('email')
      .matches(/@erased\.invalid$/);
    const answers = [
      await auth.call('POST', `${path}/enable`, { token }),
      await auth.call('PUT', `${path}/roles`, { token, body: { roles: ['staff'] } }),
    ];
    for (const answer of answers) expect([answer.status, answer.body.code]).to.deep.equal([409, 'INVALID_TRANSITION']);
    expect((await auth.call('POST', `${path}/disable`, { token })).status).to.equal(200);
    expect(await eventsOf(auth, alice.user.id)).to.have.length(2);
  });

  it('wins over a concurrent refresh, sign-in and password change', async () => {
    for (let round = 0; round < 3; round++) {
      const alice = await signUp(auth);
      const change = { currentPassword: password, newPassword: 'battery staple correct' };
      const [erased, , ...sessions] = await Promise.all([
        erase(alice.accessToken),
        auth.call('POST', '/v1/users/me/password', { token: alice.accessToken, body: change }),
        auth.call('POST', '/v1/auth/refresh', { body: { refreshToken: alice.refreshToken } }),
        auth.call('POST', '/v1/auth/signin', { body: { email: alice.user.email, password } }),
      ]);
      if (erased.status !== 204) continue;
      expect(await rowOf(alice.user.id)).to.include({ status: 'erased', password_hash: '' });
      for (const { status, body } of sessions) {
        if (status !== 200) continue;
        const { refreshToken } = body.data as { refreshToken: string };
        expect(await refreshStatus(auth, { refreshToken } as typeof alice)).to.equal(401);
      }
    }
  });

  it('rejects a wrong password, and erases nothing', async () => {
    const alice = await signUp(auth);
    const { status, body } = await erase(alice.accessToken, 'wrong horse battery');
    expect({ status, code: body.code }).to.deep.equal({ status: 401, code: 'INVALID_CREDENTIALS' });
    expect((await signIn(auth, alice.user)).user.email).to.equal(alice.user.email);
  });

  it('rejects a disabled user whose token still works for a moment', async () => {
    const { accessToken: token } = await signInAdmin(auth);
    const alice = await signUp(auth);
    await auth.call('POST', `/v1/users/${alice.user.id}/disable`, { token });
    expect((await erase(alice.accessToken)).status).to.equal(401);
    expect((await rowOf(alice.user.id))['email']).to.equal(alice.user.email);
  });

  it('takes effect once for five concurrent requests', async () => {
    const alice = await signUp(auth);
    const answers = await Promise.all(Array.from({ length: 5 }, () => erase(alice.accessToken)));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).to.deep.equal([204, 401, 401, 401, 401]);
    expect(await eventsOf(auth, alice.user.id)).to.have.length(2);
  });

  it('is rejected for the last admin who can sign in', async () => {
    const admin = await signInAdmin(auth);
    const { status, body } = await erase(admin.accessToken, demoAccounts.admin.password);
    expect({ status, code: body.code }).to.deep.equal({ status: 409, code: 'LAST_ADMIN' });
    expect(await eventsOf(auth, admin.user.id)).to.deep.equal([]);
  });

  it('keeps one of two admins who erase themselves concurrently', async () => {
    const other = await signUpAs(auth, 'buyer,admin');
    const admin = await signInAdmin(auth);
    const answers = await Promise.all([erase(other.accessToken), erase(admin.accessToken, demoAccounts.admin.password)]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).to.deep.equal([204, 409]);
  });

  for (const [name, body] of Object.entries({
    nothing: undefined,
    'no password': {},
    'a password that is a list': { currentPassword: [password] },
    'an unknown field': { currentPassword: password, id: 'x' },
  })) {
    it(`answers 422 to ${name}`, async () => {
      const { accessToken: token } = await signUp(auth);
      const answer = await auth.call('DELETE', '/v1/users/me', { token, ...(body === undefined ? {} : { body }) });
      expect({ status: answer.status, code: answer.body.code }).to.deep.equal({ status: 422, code: 'VALIDATION_FAILED' });
    });
  }
});
