import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { demoAccounts } from '../src/demo-accounts.ts';
import { countRows, type RunningAuth, startAuth, stopAll } from './start-auth.ts';

const seedEntry = fileURLToPath(new URL('../src/seed.ts', import.meta.url));

describe('the demo accounts', () => {
  let auth: RunningAuth;

  before(async () => {
    auth = await startAuth();
  });

  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  async function seed(settings: Record<string, string> = {}): Promise<{ code: number; output: string }> {
    const env = { ...process.env, AUTH_DATABASE_URL: auth.database.runningUrl, KAFKA_BROKERS: '127.0.0.1:1', ...settings };
    const child = spawn(process.execPath, [...process.execArgv, seedEntry], { env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
    const [code] = (await once(child, 'close')) as [number];
    return { code, output };
  }

  it('are created once, however often the command runs', async () => {
    for (const time of [1, 2]) expect(await seed(), `time ${time}`).to.include({ code: 0 });
    expect(await countRows(auth, 'users')).to.equal(3);
    expect(await countRows(auth, 'outbox')).to.equal(3);
  });

  it('are in the audit log, with the actor of the command', async () => {
    const entries = await auth.database.db('audit_log').where('action', 'user.seed').select('action', 'state_after');
    const after = JSON.stringify({ ranBy: userInfo().username });
    expect(entries).to.deep.equal(Array.from({ length: 2 }, () => ({ action: 'user.seed', state_after: after })));
  });

  for (const [name, roles] of [
    ['buyer', ['buyer']],
    ['staff', ['buyer', 'staff']],
    ['admin', ['buyer', 'admin']],
  ] as const) {
    it(`allow sign-in as ${name}`, async () => {
      const { email, password } = demoAccounts[name];
      const { status, body } = await auth.call('POST', '/v1/auth/signin', { body: { email, password } });
      expect(status).to.equal(200);
      expect(body.data['user']).to.deep.include({ roles });
    });
  }

  it('are rejected in production, and no password is printed', async () => {
    const { code, output } = await seed({
      NODE_ENV: 'production',
      KAFKA_SECURITY: 'plaintext',
      DATABASE_TLS: 'off',
      AUTH_KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      CURSOR_KEY: randomBytes(32).toString('base64'),
      EVENT_SIGNING_KEYS: `test:${randomBytes(32).toString('base64')}`,
    });
    expect(code).to.not.equal(0);
    expect(output).to.include('production').and.not.include(demoAccounts.buyer.password);
  });
});
