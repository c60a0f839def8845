import { expect } from 'chai';
import {
  type Answer,
  password,
  type RunningAuth,
  refreshStatus,
  type SignedIn,
  sessionOf,
  signIn,
  signUp,
  startAuth,
  stopAll,
} from './start-auth.ts';

describe('ending other sessions', () => {
  let auth: RunningAuth;
  /** The owner's session, and another one of the same user. */
  let own: SignedIn;
  let other: SignedIn;

  before(async () => {
    auth = await startAuth({ PASSWORD_ATTEMPTS_PER_ACCOUNT: '2', PASSWORD_FIRST_DELAY_S: '3600', PASSWORD_MAX_DELAY_S: '3600' });
  });
  after(async () => {
    await stopAll();
    await auth.database.drop();
  });
  beforeEach(async () => {
    own = await signUp(auth);
    other = await signIn(auth, own.user);
  });

  const end = (id: string, body?: unknown) =>
    auth.call('DELETE', `/v1/users/me/sessions/${id}`, { token: own.accessToken, ...(body !== undefined && { body }) });
  const endAll = (body?: unknown) =>
    auth.call('DELETE', '/v1/users/me/sessions', { token: own.accessToken, ...(body !== undefined && { body }) });
  const age = (seconds: number) =>
    auth.database.db.raw('UPDATE sessions SET created_at = created_at - INTERVAL ? SECOND', [seconds]);
  const codeOf = ({ status, body }: Answer): string => `${status} ${body.code ?? ''}`.trim();

  it('needs no password within 15 minutes after sign-in', async () => {
    await age(890);
    expect(codeOf(await end(sessionOf(other)))).to.equal('204');
    expect(codeOf(await endAll())).to.equal('204');
  });

  it('needs the password later, and ends nothing without it', async () => {
    await age(910);
    for (const answer of [await end(sessionOf(other)), await end(sessionOf(other), {}), await endAll()])
      expect(codeOf(answer)).to.equal('403 REAUTHENTICATION_REQUIRED');
    expect(codeOf(await end(sessionOf(other), { currentPassword: 'wrong' }))).to.equal('401 INVALID_CREDENTIALS');
    expect(await refreshStatus(auth, other)).to.equal(200);
    expect(codeOf(await end(sessionOf(other), { currentPassword: password }))).to.equal('204');
    expect(codeOf(await endAll({ currentPassword: password }))).to.equal('204');
  });

  it('needs no password for the requesting session, which may sign out at any time', async () => {
    await age(910);
    expect(codeOf(await end(sessionOf(own)))).to.equal('204');
    expect(await refreshStatus(auth, other)).to.equal(200);
  });

  it('checks a password that is sent, also right after sign-in, and counts wrong ones', async () => {
    for (const expected of [...Array<string>(3).fill('401 INVALID_CREDENTIALS'), '429 RATE_LIMITED'])
      expect(codeOf(await endAll({ currentPassword: 'wrong' }))).to.equal(expected);
    expect(await refreshStatus(auth, other)).to.equal(200);
    expect(codeOf(await endAll({ currentPassword: 1 }))).to.equal('422 VALIDATION_FAILED');
  });

  it('is not made new by a refresh', async () => {
    await age(910);
    const { body } = await auth.call('POST', '/v1/auth/refresh', { body: { refreshToken: own.refreshToken } });
    own = { ...own, accessToken: String(body.data['accessToken']) };
    expect(codeOf(await endAll())).to.equal('403 REAUTHENTICATION_REQUIRED');
  });
});
