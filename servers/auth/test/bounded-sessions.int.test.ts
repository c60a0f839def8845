import { expect } from 'chai';
import { eventsOf, type RunningAuth, refreshStatus, sessionOf, signIn, signUp, startAuth, stopAll } from './start-auth.ts';

describe('the sessions of one user', () => {
  let auth: RunningAuth;
  before(async () => {
    auth = await startAuth({ SESSIONS_PER_USER: '2' });
  });
  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const signOut = (token: string) => auth.call('POST', '/v1/auth/signout', { token });
  const moveIssue = (session: string, seconds: number) =>
    auth.database.db.raw(
      "UPDATE refresh_tokens SET issued_at = issued_at + INTERVAL ? SECOND WHERE session_id = UNHEX(REPLACE(?, '-', ''))",
      [seconds, session],
    );

  it('have a maximum: one more ends the oldest and publishes that', async () => {
    const first = await signUp(auth);
    const second = await signIn(auth, first.user);
    expect(await eventsOf(auth, first.user.id)).to.deep.equal([]);
    const third = await signIn(auth, first.user);
    expect((await eventsOf(auth, first.user.id)).map(({ type, data }) => [type, data['sid']])).to.deep.equal([
      ['session-revoked', sessionOf(first)],
    ]);
    expect(await Promise.all([first, second, third].map((one) => refreshStatus(auth, one)))).to.deep.equal([401, 200, 200]);
  });

  it('have a maximum for ten concurrent sign-ins', async () => {
    const first = await signUp(auth);
    const others = await Promise.all(Array.from({ length: 10 }, () => signIn(auth, first.user)));
    const statuses = await Promise.all([first, ...others].map((one) => refreshStatus(auth, one)));
    expect(statuses.filter((status) => status === 200)).to.have.length(2);
  });

  it('are revoked for as long as a token lives that an instance with a fast clock has issued', async () => {
    const alice = await signUp(auth);
    await moveIssue(sessionOf(alice), 50);
    await signOut(alice.accessToken);
    const [event] = await eventsOf(auth, alice.user.id);
    expect(Date.parse(String(event?.data['expiresAt']))).to.be.above(Date.now() + 940_000);
  });

  it('end without an event if their last token expired long ago', async () => {
    const alice = await signUp(auth);
    const old = await signIn(auth, alice.user);
    await moveIssue(sessionOf(old), -2_000);
    expect((await auth.call('DELETE', `/v1/users/me/sessions/${sessionOf(old)}`, { token: alice.accessToken })).status).to.equal(
      204,
    );
    expect(await eventsOf(auth, alice.user.id)).to.deep.equal([]);
    expect(await refreshStatus(auth, old)).to.equal(401);
  });
});
