import { migrateDatabase } from '@florin/database';
import { createTestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { authConfig, refreshStatus, signIn, signInAdmin, startInstance, stopAll } from './start-auth.ts';

describe("auth's migrations", () => {
  after(stopAll);

  it('migrate a database of the first release with its data', async () => {
    const database = await createTestDatabase(migrations.slice(0, 1));
    const { db } = database;
    const id = Buffer.from('0190000000007000800000000000000a', 'hex');
    const token = 'a-refresh-token-of-before';
    await db.raw(
      "INSERT INTO users (id, email, name, password_hash, roles, version, created_at) VALUES (?, 'old@florin.example', 'Old', ?, 'buyer,staff', 3, NOW(3))",
      [id, '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    );
    await db.raw('INSERT INTO sessions (id, user_id, created_at, expires_at) VALUES (?, ?, NOW(3), NOW(3) + INTERVAL 1 DAY)', [
      id,
      id,
    ]);
    await db.raw('INSERT INTO refresh_tokens (token_hash, session_id, issued_at) VALUES (UNHEX(SHA2(?, 256)), ?, NOW(3))', [
      token,
      id,
    ]);
    expect(await migrateDatabase(db, migrations)).to.have.length(migrations.length - 1);
    const auth = await startInstance(database, authConfig(database));
    expect(await refreshStatus(auth, { refreshToken: token })).to.equal(200);
    expect(await signIn(auth, { email: 'old@florin.example' }), 'another password').to.equal(undefined);
    const { accessToken } = await signInAdmin(auth);
    const { body } = await auth.call('GET', '/v1/users?email=old@florin.example', { token: accessToken });
    expect(body.data).to.have.nested.property('[0].roles').that.deep.equals(['buyer', 'staff']);
    await auth.stop();
    await database.drop();
  });
});
