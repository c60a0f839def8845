import type { SecurityEvent } from '@florin/runtime';
import { expect } from 'chai';
import {
  newEmail,
  password,
  type RunningAuth,
  sessionOf,
  signIn,
  signInAdmin,
  signUp,
  startAuth,
  stopAll,
} from './start-auth.ts';

const SETTINGS = { PASSWORD_ATTEMPTS_PER_ACCOUNT: '2', PASSWORD_ATTEMPTS_PER_ADDRESS: '0', PASSWORD_FIRST_DELAY_S: '600' };

describe("auth's security events", () => {
  let auth: RunningAuth;
  before(async () => {
    auth = await startAuth(SETTINGS);
  });
  after(stopAll);

  const counted = async (event: SecurityEvent): Promise<number> => {
    const text = await (await fetch(`${auth.url}/metrics`)).text();
    return Number(new RegExp(`^florin_security_events_total\\{event="${event}",service="auth"\\} (\\d+)$`, 'm').exec(text)?.[1]);
  };
  /** The number of events that the work adds. */
  const adds = async (event: SecurityEvent, work: () => Promise<unknown>): Promise<number> => {
    const before = await counted(event);
    await work();
    return (await counted(event)) - before;
  };
  const audited = async (subject: string): Promise<string[]> =>
    (await auth.database.db('audit_log').where({ subject }).orderBy('id').pluck('action')) as string[];
  const fail = async (email: string, times: number): Promise<number[]> => {
    const statuses: number[] = [];
    for (let time = 0; time < times; time++)
      statuses.push((await auth.call('POST', '/v1/auth/signin', { body: { email, password: 'a wrong password' } })).status);
    return statuses;
  };

  it('count failed sign-ins, and audit none', async () => {
    const { user } = await signUp(auth);
    expect(await adds('auth.signin.failed', () => fail(user.email, 2))).to.equal(2);
    expect(await audited(user.id)).to.deep.equal([]);
  });

  it('count each refusal of a locked account, and audit one of them', async () => {
    const { user } = await signUp(auth);
    expect(await fail(user.email, 2)).to.deep.equal([401, 401]);
    expect(await adds('auth.signin.locked', () => fail(user.email, 5)), 'the first one is still checked').to.equal(4);
    expect(await audited(user.id)).to.deep.equal(['auth.signin.locked']);
  });

  it('count wrong current passwords of a signed-in user, and audit the lock-out once', async () => {
    const { user, accessToken: token } = await signUp(auth);
    const body = { currentPassword: 'a wrong password', newPassword: 'another horse battery' };
    const change = async (times: number) => {
      for (let time = 0; time < times; time++) await auth.call('POST', '/v1/users/me/password', { token, body });
    };
    expect(await adds('auth.password.failed', () => change(3))).to.equal(3);
    expect(await adds('auth.password.locked', () => change(2))).to.equal(2);
    expect(await audited(user.id)).to.deep.equal(['auth.password.locked']);
  });

  it('audit nothing about an unknown account', async () => {
    const rows = async () => Number(((await auth.database.db('audit_log').count({ n: '*' })) as { n: number }[])[0]?.n);
    const before = await rows();
    const email = newEmail('nobody');
    expect(await adds('auth.signin.locked', () => fail(email, 5))).to.equal(2);
    expect(await rows()).to.equal(before);
  });

  it('audit a reused refresh token once, with its session', async () => {
    const first = await signUp(auth);
    const refresh = (refreshToken: string) => auth.call('POST', '/v1/auth/refresh', { body: { refreshToken } });
    const second = (await refresh(first.refreshToken)).body.data as { refreshToken: string };
    await refresh(second.refreshToken);
    const reuse = async () => {
      for (let time = 0; time < 3; time++) expect((await refresh(first.refreshToken)).status).to.equal(401);
    };
    expect(await adds('auth.refresh.reused', reuse)).to.equal(1);
    const entries: { action: string; state_after: string }[] = await auth.database
      .db('audit_log')
      .where({ subject: first.user.id });
    expect(entries.map(({ action, state_after }) => [action, JSON.parse(state_after) as unknown])).to.deep.equal([
      ['auth.refresh.reused', { sessionId: sessionOf(first) }],
    ]);
  });

  it('audit a changed password and an erasure', async () => {
    const { user, accessToken } = await signUp(auth);
    const body = { currentPassword: password, newPassword: 'another horse battery' };
    const change = () => auth.call('POST', '/v1/users/me/password', { token: accessToken, body });
    expect(await adds('auth.password.changed', change)).to.equal(1);
    const again = await signIn(auth, { email: user.email, password: body.newPassword });
    const erasure = { token: again.accessToken, body: { currentPassword: body.newPassword } };
    expect(await adds('user.erased', () => auth.call('DELETE', '/v1/users/me', erasure))).to.equal(1);
    expect(await audited(user.id)).to.deep.equal(['auth.password.changed', 'user.erased']);
  });

  it('count sign-ins, ended sessions, changed roles and denials', async () => {
    const admin = await signInAdmin(auth);
    const { user, accessToken: token } = await signUp(auth);
    const roles = () => auth.call('PUT', `/v1/users/${user.id}/roles`, { token: admin.accessToken, body: { roles: ['staff'] } });
    expect(await adds('authorization.denied', () => auth.call('GET', '/v1/users', { token }))).to.equal(1);
    expect(await adds('auth.session.ended', () => auth.call('POST', '/v1/auth/signout', { token }))).to.equal(1);
    expect(await adds('auth.signin.succeeded', () => signIn(auth, user))).to.equal(1);
    expect(await adds('user.roles.changed', roles)).to.equal(1);
    expect(await audited(user.id)).to.deep.equal(['user.set-roles']);
  });
});
