import { expect } from 'chai';
import { demoAccounts } from '../src/demo-accounts.ts';
import {
  type Answer,
  password,
  type RunningAuth,
  refreshStatus,
  type SignedIn,
  signIn,
  signInAdmin,
  signUp,
  startAuth,
  stopAll,
} from './start-auth.ts';

describe('a change of an account whose event or audit entry cannot be written', () => {
  let auth: RunningAuth;
  let admin: SignedIn;
  let alice: SignedIn;

  before(async () => {
    auth = await startAuth();
    admin = await signInAdmin(auth);
  });

  beforeEach(async () => {
    alice = await signUp(auth);
  });

  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  async function without(table: string, work: () => Promise<Answer>): Promise<number> {
    await auth.database.db.raw(`ALTER TABLE ${table} RENAME TO away`);
    try {
      return (await work()).status;
    } finally {
      await auth.database.db.raw(`ALTER TABLE away RENAME TO ${table}`);
    }
  }

  async function state(): Promise<unknown> {
    const parts = ['users', 'sessions', 'refresh_tokens', 'outbox', 'audit_log'].map(
      async (table) => ((await auth.database.db.raw(`SELECT * FROM ${table} ORDER BY 1`)) as [unknown[]])[0],
    );
    return Promise.all(parts);
  }

  const asAlice = (method: string, path: string, body?: unknown) =>
    auth.call(method, path, { token: alice.accessToken, ...(body === undefined ? {} : { body }) });
  const asAdmin = (method: string, path: string, body?: unknown) =>
    auth.call(method, path, { token: admin.accessToken, ...(body === undefined ? {} : { body }) });

  const changes: [name: string, tables: string[], change: () => Promise<Answer>][] = [
    ['signing out', ['outbox'], () => asAlice('POST', '/v1/auth/signout')],
    ['erasure', ['outbox'], () => asAlice('DELETE', '/v1/users/me', { currentPassword: password })],
    ['roles', ['outbox', 'audit_log'], () => asAdmin('PUT', `/v1/users/${alice.user.id}/roles`, { roles: ['staff'] })],
    ['disabling', ['outbox', 'audit_log'], () => asAdmin('POST', `/v1/users/${alice.user.id}/disable`)],
  ];
  for (const [name, tables, change] of changes) {
    for (const table of tables) {
      it(`is rolled back: ${name} without ${table}`, async () => {
        const before = await state();
        expect(await without(table, change)).to.be.within(500, 503);
        expect(await state()).to.deep.equal(before);
      });
    }
  }

  it('is rolled back: a password change without an outbox', async () => {
    await signIn(auth, alice.user);
    const before = await state();
    const change = { currentPassword: password, newPassword: 'battery staple correct' };
    expect(await without('outbox', () => asAlice('POST', '/v1/users/me/password', change))).to.be.within(500, 503);
    expect(await state()).to.deep.equal(before);
    expect(await refreshStatus(auth, await signIn(auth, alice.user))).to.equal(200);
  });

  it('is rolled back: the end of a session by a used refresh token', async () => {
    const used = alice;
    const refresh = () => auth.call('POST', '/v1/auth/refresh', { body: { refreshToken: used.refreshToken } });
    await refresh();
    await auth.database.db.raw('UPDATE refresh_tokens SET used_at = used_at - INTERVAL 11 SECOND WHERE used_at IS NOT NULL');
    const before = await state();
    expect(await without('outbox', refresh)).to.be.within(500, 503);
    expect(await state()).to.deep.equal(before);
    expect((await refresh()).status, 'succeeds later').to.equal(401);
    expect(await state()).to.not.deep.equal(before);
    expect((await signIn(auth, demoAccounts.admin)).user.id).to.equal(admin.user.id);
  });
});
