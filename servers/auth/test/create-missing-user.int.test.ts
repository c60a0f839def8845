import { createTransact } from '@florin/database';
import { createTestDatabase, eventually, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { createPasswords } from '../src/credentials/passwords.ts';
import { createMissingUser } from '../src/users/create-missing-user.ts';
import { createUser } from '../src/users/create-user.ts';

describe('createMissingUser', () => {
  let database: TestDatabase;
  const email = 'alice@florin.example';

  before(async () => {
    database = await createTestDatabase(migrations);
  });

  after(() => database.drop());

  it('finds the account that another process creates at the same time', async () => {
    const { db } = database;
    const makers = { db, transact: createTransact(db), passwords: createPasswords() };
    const twin = await db.transaction();
    const made = await createUser(twin, { email, passwordHash: 'x' });
    const found = createMissingUser(makers, { email, password: 'correct horse' });
    try {
      await eventually(async () => expect(await insertsUnderWay(database)).to.equal(1));
    } finally {
      await twin.commit();
    }
    expect(await found).to.include({ id: made.id, email });
  });

  it('writes no entry to the audit log if the account cannot be created', async () => {
    const { db } = database;
    const makers = { db, transact: createTransact(db), passwords: createPasswords() };
    const actor = { actorId: null, actorName: 'olga' };
    await db.raw("CREATE TRIGGER outbox_away BEFORE INSERT ON outbox FOR EACH ROW SIGNAL SQLSTATE '45000'");
    const made = createMissingUser(makers, { email: 'bob@florin.example', password: 'correct horse' }, actor);
    expect(await made.catch((error: unknown) => error)).to.be.instanceOf(Error);
    expect(await db('audit_log')).to.deep.equal([]);
    await db.raw('DROP TRIGGER outbox_away');
    await createMissingUser(makers, { email: 'bob@florin.example', password: 'correct horse' }, actor);
    expect(await db('audit_log').pluck('action')).to.deep.equal(['user.seed']);
  });
});

async function insertsUnderWay({ db, url }: TestDatabase): Promise<number> {
  const [rows] = (await db.raw("SELECT 1 FROM information_schema.processlist WHERE db = ? AND info LIKE 'INSERT INTO users%'", [
    new URL(url).pathname.slice(1),
  ])) as [unknown[]];
  return rows.length;
}
