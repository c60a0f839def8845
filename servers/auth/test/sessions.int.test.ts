import { newId } from '@florin/database';
import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import {
  eventsOf,
  password,
  type RunningAuth,
  refreshStatus,
  type SignedIn,
  sessionOf,
  signIn,
  signInAdmin,
  signUp,
  signUpAs,
  startAuth,
  stopAll,
} from './start-auth.ts';

describe('sessions', () => {
  let auth: RunningAuth;

  before(async () => {
    auth = await startAuth();
  });

  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const signOut = (token: string) => auth.call('POST', '/v1/auth/signout', { token });
  const list = async (token: string, query = '') => {
    const answer = await auth.call('GET', `/v1/users/me/sessions${query}`, { token });
    return {
      ...answer,
      sessions: answer.body.data as unknown as { id: string; isCurrent: boolean; device?: string; address?: string }[],
    };
  };
  const end = (token: string, id: string) => auth.call('DELETE', `/v1/users/me/sessions/${id}`, { token });

  describe('POST /v1/auth/signout', () => {
    it('requires authentication', async () => {
      const { status, body } = await auth.call('POST', '/v1/auth/signout');
      expect({ status, code: body.code }).to.deep.equal({ status: 401, code: 'UNAUTHENTICATED' });
    });

    it('ends this session, publishes that once, and keeps the others', async () => {
      const alice = await signUp(auth);
      const elsewhere = await signIn(auth, alice.user);
      const before = Date.now();
      expect((await signOut(alice.accessToken)).status).to.equal(204);
      expect((await signOut(alice.accessToken)).status, 'again').to.equal(401);
      expect(await refreshStatus(auth, alice)).to.equal(401);
      expect(await refreshStatus(auth, elsewhere)).to.equal(200);
      const [event, ...others] = await eventsOf(auth, alice.user.id);
      expect(others).to.deep.equal([]);
      expect(event).to.deep.include({ type: 'session-revoked', subject: alice.user.id });
      expect(event?.data).to.include({ sid: sessionOf(alice), userId: alice.user.id });
      const { exp = 0 } = jwt.decode(alice.accessToken) as jwt.JwtPayload;
      expect(Date.parse(String(event?.data['expiresAt']))).to.be.within(exp * 1000, before + 905_000);
    });

    it('ends an expired session too: its access token may outlive it', async () => {
      const alice = await signUp(auth);
      await auth.database.db.raw("UPDATE sessions SET expires_at = '2020-01-01' WHERE id = UNHEX(REPLACE(?, '-', ''))", [
        sessionOf(alice),
      ]);
      expect((await signOut(alice.accessToken)).status).to.equal(204);
      expect(await eventsOf(auth, alice.user.id)).to.have.length(1);
    });

    it('publishes it once for ten concurrent requests', async () => {
      const alice = await signUp(auth);
      const answers = await Promise.all(Array.from({ length: 10 }, () => signOut(alice.accessToken)));
      for (const { status } of answers) expect(status).to.be.oneOf([204, 401]);
      expect(answers.map(({ status }) => status)).to.include(204);
      expect(await eventsOf(auth, alice.user.id)).to.have.length(1);
    });

    it('answers 422 to a body that is not empty', async () => {
      const { accessToken: token } = await signUp(auth);
      expect((await auth.call('POST', '/v1/auth/signout', { token, body: { all: true } })).status).to.equal(422);
    });
  });

  describe('GET /v1/users/me/sessions', () => {
    it('requires authentication', async () => {
      expect((await auth.call('GET', '/v1/users/me/sessions')).status).to.equal(401);
    });

    it("lists the user's open sessions, newest first, in pages", async () => {
      await signUp(auth);
      const first = await signUp(auth);
      const second = await signIn(auth, first.user);
      const ended = await signIn(auth, first.user);
      const third = await signIn(auth, first.user);
      await signOut(ended.accessToken);
      const { status, sessions } = await list(second.accessToken);
      expect(status).to.equal(200);
      expect(sessions.map(({ id }) => id)).to.deep.equal([third, second, first].map(sessionOf));
      expect(sessions.map(({ isCurrent }) => isCurrent)).to.deep.equal([false, true, false]);
      expect(sessions[0]).to.have.keys('id', 'device', 'address', 'createdAt', 'lastUsedAt', 'expiresAt', 'isCurrent');
      const page = await list(second.accessToken, '?limit=2');
      const { nextCursor } = (page.body as unknown as { page: { nextCursor: string } }).page;
      expect(page.headers.get('link')).to.include('rel="next"');
      const rest = await list(second.accessToken, `?limit=2&cursor=${nextCursor}`);
      expect([...page.sessions, ...rest.sessions]).to.deep.equal(sessions);
    });

    it('shows the program and the address of the last use, plain and bounded', async () => {
      const { user } = await signUp(auth);
      const signedIn = async (device: string): Promise<SignedIn> => {
        const body = { email: user.email, password };
        return (await auth.call('POST', '/v1/auth/signin', { body, headers: { 'user-agent': device } })).body.data as SignedIn;
      };
      const shown = async ({ accessToken }: SignedIn) => {
        const { sessions } = await list(accessToken);
        const { device, address } = sessions.find(({ isCurrent }) => isCurrent) ?? {};
        return { device, address };
      };
      const phone = await signedIn('Phone/1.0 (caf\u00e9)');
      expect(await shown(phone)).to.deep.equal({ device: 'Phone/1.0 (caf )', address: '127.0.0.1' });
      expect(await shown(await signedIn('x'.repeat(1_000)))).to.deep.equal({ device: 'x'.repeat(200), address: '127.0.0.1' });
      const { body } = await auth.call('POST', '/v1/auth/refresh', {
        body: { refreshToken: phone.refreshToken },
        headers: { 'user-agent': 'Phone/2.0' },
      });
      expect(await shown(body.data as SignedIn)).to.include({ device: 'Phone/2.0' });
    });

    for (const query of ['?limit=0', '?limit=101', '?cursor=x', '?userId=1']) {
      it(`answers 422 to ${query}`, async () => {
        const { accessToken } = await signUp(auth);
        expect((await list(accessToken, query)).body.code).to.equal('VALIDATION_FAILED');
      });
    }
  });

  describe('DELETE /v1/users/me/sessions/:id', () => {
    it('requires authentication', async () => {
      expect((await auth.call('DELETE', `/v1/users/me/sessions/${newId()}`)).status).to.equal(401);
    });

    it('ends that session', async () => {
      const alice = await signUp(auth);
      const elsewhere = await signIn(auth, alice.user);
      expect((await end(alice.accessToken, sessionOf(elsewhere))).status).to.equal(204);
      expect(await refreshStatus(auth, elsewhere)).to.equal(401);
      expect(await refreshStatus(auth, alice)).to.equal(200);
      const events = await eventsOf(auth, alice.user.id);
      expect(events.map(({ type, data }) => [type, data['sid']])).to.deep.equal([['session-revoked', sessionOf(elsewhere)]]);
      expect((await end(alice.accessToken, sessionOf(elsewhere))).status, 'again').to.equal(404);
    });

    it("answers 404 to another user's, an unknown or a malformed id", async () => {
      const alice = await signUp(auth);
      const bob = await signUp(auth);
      for (const id of [sessionOf(bob), newId(), 'x']) {
        const { status, body } = await end(alice.accessToken, id);
        expect({ status, code: body.code }).to.deep.equal({ status: 404, code: 'NOT_FOUND' });
      }
      expect(await refreshStatus(auth, bob)).to.equal(200);
      expect(await eventsOf(auth, bob.user.id)).to.deep.equal([]);
    });
  });

  const tokenStatus = async (token: string) => (await auth.call('GET', '/v1/users/me', { token })).status;

  describe('DELETE /v1/users/me/sessions', () => {
    const endAll = (token?: string) => auth.call('DELETE', '/v1/users/me/sessions', token === undefined ? {} : { token });

    it('requires authentication', async () => expect((await endAll()).status).to.equal(401));

    it('ends all sessions of the user with one event, and nobody else’s', async () => {
      const alice = await signUp(auth);
      const elsewhere = await signIn(auth, alice.user);
      const bob = await signUp(auth);
      expect((await endAll(alice.accessToken)).status).to.equal(204);
      for (const session of [alice, elsewhere]) {
        expect(await refreshStatus(auth, session)).to.equal(401);
        expect(await tokenStatus(session.accessToken)).to.equal(401);
      }
      expect((await eventsOf(auth, alice.user.id)).map(({ type }) => type)).to.deep.equal(['tokens-invalidated']);
      expect(await refreshStatus(auth, bob)).to.equal(200);
      expect((await endAll(alice.accessToken)).status, 'again').to.equal(401);
      expect(await refreshStatus(auth, await signIn(auth, alice.user))).to.equal(200);
    });

    it('is published once for five concurrent requests', async () => {
      const alice = await signUp(auth);
      const answers = await Promise.all(Array.from({ length: 5 }, () => endAll(alice.accessToken)));
      for (const { status } of answers) expect(status).to.be.oneOf([204, 401]);
      expect(await eventsOf(auth, alice.user.id)).to.have.length(1);
    });
  });

  describe('DELETE /v1/users/:id/sessions', () => {
    const endAllOf = (id: string, token?: string) =>
      auth.call('DELETE', `/v1/users/${id}/sessions`, token === undefined ? {} : { token });

    it('requires authentication, and is for admins only', async () => {
      const alice = await signUp(auth);
      expect((await endAllOf(alice.user.id)).status).to.equal(401);
      for (const by of [alice, await signUp(auth), await signUpAs(auth, 'buyer,staff')])
        expect((await endAllOf(alice.user.id, by.accessToken)).status).to.equal(403);
      expect(await refreshStatus(auth, alice)).to.equal(200);
    });

    it('answers 404 to an unknown or malformed id', async () => {
      const { accessToken } = await signInAdmin(auth);
      for (const id of [newId(), 'x']) expect((await endAllOf(id, accessToken)).status).to.equal(404);
    });

    it('ends all sessions of the user, and is published and audited once', async () => {
      const admin = await signInAdmin(auth);
      const alice = await signUp(auth);
      const answers = await Promise.all(Array.from({ length: 3 }, () => endAllOf(alice.user.id, admin.accessToken)));
      for (const { status } of answers) expect(status).to.equal(204);
      expect(await tokenStatus(alice.accessToken)).to.equal(401);
      expect(await refreshStatus(auth, alice)).to.equal(401);
      expect(await eventsOf(auth, alice.user.id)).to.have.length(1);
      const { body } = await auth.call('GET', `/v1/auth/audit-log?subject=${alice.user.id}`, { token: admin.accessToken });
      const entries = body.data as unknown as { action: string; actorId: string }[];
      expect(entries.map(({ action, actorId }) => ({ action, actorId }))).to.deep.equal([
        { action: 'user.end-sessions', actorId: admin.user.id },
      ]);
    });
  });

  describe('a token', () => {
    it('is rejected by auth at once, although no event gets out', async () => {
      const { accessToken: token } = await signInAdmin(auth);
      const out = await signUpAs(auth, 'buyer,admin');
      const demoted = await signUpAs(auth, 'buyer,admin');
      const changed = await signUp(auth);
      const read = async ({ accessToken }: SignedIn) => (await auth.call('GET', '/v1/users', { token: accessToken })).status;
      expect([await read(out), await read(demoted)]).to.deep.equal([200, 200]);
      await auth.call('POST', `/v1/users/${out.user.id}/disable`, { token });
      await auth.call('PUT', `/v1/users/${demoted.user.id}/roles`, { token, body: { roles: ['buyer'] } });
      await auth.call('POST', '/v1/users/me/password', {
        token: changed.accessToken,
        body: { currentPassword: password, newPassword: 'battery staple correct' },
      });
      expect([await read(out), await read(demoted), await tokenStatus(changed.accessToken)]).to.deep.equal([401, 401, 401]);
    });

    it('of staff and admins lives five minutes, that of others fifteen', async () => {
      for (const [roles, lifeS] of [
        ['buyer', 900],
        ['buyer,staff', 300],
        ['buyer,admin', 300],
      ] as const) {
        const { accessToken, expiresIn } = await signUpAs(auth, roles);
        const { iat = 0, exp = 0 } = jwt.decode(accessToken) as jwt.JwtPayload;
        expect({ lifeS: exp - iat, expiresIn }, roles).to.deep.equal({ lifeS, expiresIn: lifeS });
      }
    });
  });

  describe('an idle session', () => {
    const used = (session: SignedIn, ageS: number) =>
      auth.database.db.raw(
        `UPDATE refresh_tokens SET issued_at = NOW(3) - INTERVAL ? SECOND WHERE session_id = UNHEX(REPLACE(?, '-', ''))`,
        [ageS, sessionOf(session)],
      );

    it('ends after seven days without a refresh, for good', async () => {
      const alice = await signUp(auth);
      const other = await signIn(auth, alice.user);
      await used(alice, 604_810);
      expect((await list(other.accessToken)).sessions.map(({ id }) => id)).to.deep.equal([sessionOf(other)]);
      expect(await refreshStatus(auth, alice)).to.equal(401);
      await used(alice, 0);
      expect(await refreshStatus(auth, alice), 'it has ended').to.equal(401);
      expect(await refreshStatus(auth, other)).to.equal(200);
    });

    it('stays open while it is refreshed', async () => {
      const alice = await signUp(auth);
      await used(alice, 604_700);
      expect(await refreshStatus(auth, alice)).to.equal(200);
    });
  });
});
