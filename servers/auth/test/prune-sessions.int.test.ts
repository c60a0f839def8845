import { createTestDatabase, eventually, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { pruneSessions } from '../src/sessions/prune-sessions.ts';
import { countRows, refreshStatus, type SignedIn, sessionOf, signUp, startAuth, stopAll } from './start-auth.ts';

const ids = "UNHEX(REPLACE(?, '-', ''))";
const aDayAgo = () => new Date(Date.now() - 86_400_000);

describe('pruning sessions', () => {
  let database: TestDatabase;

  after(async () => {
    await stopAll();
    await database?.drop();
  });

  it('deletes those that ended or expired long enough ago, with their tokens, and no others', async () => {
    const auth = await startAuth();
    database = auth.database;
    const { db } = database;
    const set = (session: SignedIn, column: string, at: string) =>
      db.raw(`UPDATE sessions SET ${column} = ${at} WHERE id = ${ids}`, [sessionOf(session)]);
    const [goesOn, justEnded, justExpired, ended, expired] = await Promise.all(Array.from({ length: 5 }, () => signUp(auth)));
    if (!goesOn || !justEnded || !justExpired || !ended || !expired) throw new Error('five');
    expect(await refreshStatus(auth, ended)).to.equal(200);
    await set(justEnded, 'ended_at', 'UTC_TIMESTAMP(3) - INTERVAL 23 HOUR');
    await set(justExpired, 'expires_at', 'UTC_TIMESTAMP(3) - INTERVAL 23 HOUR');
    await set(ended, 'ended_at', 'UTC_TIMESTAMP(3) - INTERVAL 25 HOUR');
    await set(expired, 'expires_at', 'UTC_TIMESTAMP(3) - INTERVAL 25 HOUR');
    expect(await pruneSessions(db, aDayAgo())).to.equal(2);
    const [rows] = (await db.raw('SELECT id FROM sessions')) as [{ id: Buffer }[]];
    expect(rows.map(({ id }) => id.toString('hex'))).to.have.members(
      [goesOn, justEnded, justExpired].map((session) => sessionOf(session).replaceAll('-', '')),
    );
    expect(await countRows(auth, 'refresh_tokens')).to.equal(3);
    expect(await refreshStatus(auth, goesOn)).to.equal(200);
    expect(await refreshStatus(auth, ended)).to.equal(401);
  });

  it('runs at its interval while auth runs', async () => {
    const auth = await startAuth({ SESSION_PRUNE_EVERY_S: '1' });
    const alice = await signUp(auth);
    await auth.database.db.raw(`UPDATE sessions SET ended_at = '2020-01-01' WHERE id = ${ids}`, [sessionOf(alice)]);
    await eventually(async () => expect(await countRows(auth, 'sessions')).to.equal(0));
    await auth.stop();
    await auth.database.drop();
  });

  it('deletes many in batches, also from several instances at once', async () => {
    const many = await createTestDatabase(migrations);
    const { db } = many;
    await db.raw(
      "INSERT INTO users (id, email, password_hash, roles, version, created_at) VALUES (?, 'a@b.example', '', 'buyer', 1, NOW(3))",
      [Buffer.alloc(16)],
    );
    await db.raw(
      `INSERT INTO sessions (id, user_id, created_at, expires_at)
       SELECT UNHEX(LPAD(seq, 32, '0')), ?, '2020-01-01', '2020-01-02' FROM (${numbers(300)}) AS n`,
      [Buffer.alloc(16)],
    );
    await db.raw(
      `INSERT INTO refresh_tokens (token_hash, session_id, issued_at)
       SELECT UNHEX(SHA2(CONCAT(HEX(s.id), '-', seq), 256)), s.id, s.created_at FROM sessions s CROSS JOIN (${numbers(60)}) AS n`,
    );
    const pruned = await Promise.all([1, 2, 3].map(() => pruneSessions(db, aDayAgo())));
    expect(pruned.reduce((sum, count) => sum + count, 0)).to.equal(300);
    for (const table of ['sessions', 'refresh_tokens']) {
      const [[row]] = (await db.raw(`SELECT COUNT(*) AS n FROM ${table}`)) as [{ n: number }[]];
      expect(Number(row?.n), table).to.equal(0);
    }
    await many.drop();
  });
});

function numbers(count: number): string {
  return Array.from({ length: count }, (_, index) => `SELECT ${index} AS seq`).join(' UNION ALL ');
}
