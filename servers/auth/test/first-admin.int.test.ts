import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { demoAccounts } from '../src/demo-accounts.ts';
import { authConfig, countRows, newEmail, password, type RunningAuth, signUp, startInstance, stopAll } from './start-auth.ts';

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

  it('is never an account that somebody else created: the start fails with the reason', async () => {
    const auth = await start();
    const email = newEmail('mallory');
    await signUp(auth, email);
    const failure = await start({ FLORIN_ADMIN_EMAIL: email, FLORIN_ADMIN_PASSWORD: password }).catch((error: Error) => error);
    expect(failure).to.be.an('error').with.property('message').that.includes('FLORIN_ADMIN_EMAIL');
    expect((await signInAs(auth, { email, password })).body.data['user']).to.deep.include({ roles: ['buyer'] });
  });
});
