import { newId } from '@florin/database';
import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { eventsOf, type RunningAuth, refreshStatus, sessionOf, signIn, signUp, startAuth, stopAll } from './start-auth.ts';

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
    return { ...answer, sessions: answer.body.data as unknown as { id: string; isCurrent: boolean }[] };
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
      expect((await signOut(alice.accessToken)).status, 'again').to.equal(204);
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
      for (const { status } of answers) expect(status).to.equal(204);
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
      expect(sessions[0]).to.have.keys('id', 'createdAt', 'lastUsedAt', 'expiresAt', 'isCurrent');
      const page = await list(second.accessToken, '?limit=2');
      const { nextCursor } = (page.body as unknown as { page: { nextCursor: string } }).page;
      expect(page.headers.get('link')).to.include('rel="next"');
      const rest = await list(second.accessToken, `?limit=2&cursor=${nextCursor}`);
      expect([...page.sessions, ...rest.sessions]).to.deep.equal(sessions);
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
});
