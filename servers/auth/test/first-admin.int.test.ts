import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { demoAccounts } from '../src/demo-accounts.ts';
import {
  authConfig,
  countRows,
  newEmail,
  password,
  type RunningAuth,
  signInAdmin,
  signUp,
  signUpAs,
  startInstance,
  stopAll,
} from './start-auth.ts';

describe('the first admin', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase(migrations);
  });

  afterEach(async () => {
    await stopAll();
    await database.drop();
  });

  const start = (settings: Record<string, string> = {}): Promise<RunningAuth> =>
    startInstance(database, authConfig(database, settings));

  const signInAs = (auth: RunningAuth, credentials: { email: string; password: string }) =>
    auth.call('POST', '/v1/auth/signin', { body: { email: credentials.email, password: credentials.password } });

  it('exists when HTTP opens, is a buyer too, and has an event for its wallet', async () => {
    const auth = await start({ FLORIN_ADMIN_EMAIL: ' Root@Florin.Example', FLORIN_ADMIN_PASSWORD: password });
    const { status, body } = await signInAs(auth, { email: 'root@florin.example', password });
    expect(status).to.equal(200);
    expect(body.data['user']).to.deep.include({ email: 'root@florin.example', roles: ['buyer', 'admin'] });
    const { id } = body.data['user'] as { id: string };
    const [rows] = (await database.db.raw('SELECT type, message_key FROM outbox')) as [{ type: string; message_key: Buffer }[]];
    expect(rows.map(({ type, message_key }) => ({ type, key: message_key.toString() }))).to.deep.equal([
      { type: 'user-registered', key: id },
    ]);
  });

  it('has the public default in development', async () => {
    expect((await signInAs(await start(), demoAccounts.admin)).status).to.equal(200);
  });

  it('is created once, and keeps its password at later starts', async () => {
    const admin = { email: newEmail('admin'), password };
    await start({ FLORIN_ADMIN_EMAIL: admin.email, FLORIN_ADMIN_PASSWORD: password });
    const again = await start({ FLORIN_ADMIN_EMAIL: admin.email, FLORIN_ADMIN_PASSWORD: 'another password' });
    expect((await signInAs(again, admin)).status).to.equal(200);
    expect(await countRows(again, 'users')).to.equal(1);
    expect(await countRows(again, 'outbox')).to.equal(1);
  });

  async function audited(): Promise<string[]> {
    return database.db('audit_log').orderBy('id').pluck('action');
  }

  it('is marked and audited once, also by instances that start at the same time', async () => {
    await Promise.all(Array.from({ length: 3 }, () => start()));
    const auth = await start();
    expect(await countRows(auth, 'first_admin')).to.equal(1);
    expect(await countRows(auth, 'users')).to.equal(1);
    expect(await audited()).to.deep.equal(['user.create-first-admin']);
  });

  it('does not keep auth from starting when another admin took the role away', async () => {
    const auth = await start();
    const first = await signInAdmin(auth);
    const other = await signUpAs(auth, 'buyer,admin');
    const { status } = await auth.call('PUT', `/v1/users/${first.user.id}/roles`, {
      token: other.accessToken,
      body: { roles: ['buyer'] },
    });
    expect(status).to.equal(200);
    const again = await start();
    expect((await signInAdmin(again)).user).to.deep.include({ roles: ['buyer'] });
    await database.db.raw("UPDATE users SET roles = 'buyer'");
    await start({ FLORIN_ADMIN_EMAIL: newEmail('second'), FLORIN_ADMIN_PASSWORD: password });
    expect(await countRows(again, 'users'), 'although there is no admin').to.equal(2);
  });

  it('does not come back after its erasure', async () => {
    const auth = await start();
    const first = await signInAdmin(auth);
    await signUpAs(auth, 'buyer,admin');
    const { status } = await auth.call('DELETE', '/v1/users/me', {
      token: first.accessToken,
      body: { currentPassword: demoAccounts.admin.password },
    });
    expect(status).to.equal(204);
    const again = await start();
    expect((await signInAs(again, demoAccounts.admin)).status).to.equal(401);
    expect(await countRows(again, 'users')).to.equal(2);
  });

  it('is not created beside the admins of an earlier release, which left no mark', async () => {
    const auth = await start();
    await database.db.raw('DELETE FROM first_admin');
    await start({ FLORIN_ADMIN_EMAIL: newEmail('second'), FLORIN_ADMIN_PASSWORD: password });
    expect(await countRows(auth, 'users')).to.equal(1);
    expect(await countRows(auth, 'first_admin')).to.equal(1);
  });

  it('is never an account that somebody else created: the start fails with the reason', async () => {
    const auth = await startInstance(database, { ...authConfig(database), firstAdmin: undefined });
    const email = newEmail('mallory');
    await signUp(auth, email);
    const failure = await start({ FLORIN_ADMIN_EMAIL: email, FLORIN_ADMIN_PASSWORD: password }).catch((error: Error) => error);
    expect(failure).to.be.an('error').with.property('message').that.includes('FLORIN_ADMIN_EMAIL');
    expect((await signInAs(auth, { email, password })).body.data['user']).to.deep.include({ roles: ['buyer'] });
  });
});
