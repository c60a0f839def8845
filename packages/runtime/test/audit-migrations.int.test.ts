import { type Migration, migrateDatabase } from '@florin/database';
import { createTestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { auditLogMigrations, auditMigrations } from '../src/index.ts';

describe('auditMigrations', () => {
  it('writes an entry for each migration that ran, by the actor, once there is an audit log', async () => {
    const database = await createTestDatabase([]);
    const first: Migration = { name: '0001-books', up: ['CREATE TABLE books (id INT PRIMARY KEY)'] };
    const third: Migration = { name: '0003-title', up: ['ALTER TABLE books ADD COLUMN title VARCHAR(20)'] };
    const broken: Migration = { name: '0004-broken', up: ['CREATE TABLE'] };
    const migrations = [first, ...auditLogMigrations, third];
    const note = auditMigrations({ actorId: null, actorName: 'olga' });
    const run = migrateDatabase(database.db, [...migrations, broken], note);
    expect(await run.catch((error: unknown) => error)).to.be.instanceOf(Error);
    await migrateDatabase(database.db, migrations, note);
    expect(await database.db('audit_log').select('action', 'subject', 'state_after').orderBy('id')).to.deep.equal(
      ['audit-log-0001-table', '0003-title'].map((subject) => ({
        action: 'schema.migrate',
        subject,
        state_after: '{"ranBy":"olga"}',
      })),
    );
    await database.drop();
  });
});
