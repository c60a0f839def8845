import { createTestDatabase, failureOf, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { checkRights, type DatabaseRights, grantRights, type Migration, openDatabase } from '../src/index.ts';

const migrations: readonly Migration[] = [
  {
    name: '0001-books',
    up: [
      'CREATE TABLE books (id INT NOT NULL PRIMARY KEY, title VARCHAR(20) NOT NULL)',
      'CREATE TABLE loans (id INT NOT NULL PRIMARY KEY)',
      `CREATE TRIGGER loans_no_delete BEFORE DELETE ON loans FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'kept'`,
      // Reads a table that the running user may not read: triggers act as their definer.
      'CREATE TABLE secrets (id INT NOT NULL PRIMARY KEY)',
      'CREATE TRIGGER loans_insert BEFORE INSERT ON loans FOR EACH ROW SET @secrets = (SELECT COUNT(*) FROM secrets)',
    ],
  },
];
const rights: DatabaseRights = {
  tables: { books: ['INSERT', 'UPDATE', 'DELETE'], loans: ['INSERT'] },
  triggers: ['loans_no_delete', 'loans_insert'],
};

describe('the rights of a running user', () => {
  let database: TestDatabase;
  let names: { migrating: string; running: string };
  let migrating: Knex;
  let running: Knex;
  let runningUrl: string;

  const as = (user: string): string => {
    const url = new URL(database.url);
    [url.username, url.password] = [user, 'rights'];
    return url.href;
  };
  before(async () => {
    database = await createTestDatabase([]);
    const name = new URL(database.url).pathname.slice(1);
    names = { migrating: `m_${name.slice(-16)}`, running: `r_${name.slice(-16)}` };
    for (const user of Object.values(names)) await database.db.raw(`CREATE USER '${user}'@'%' IDENTIFIED BY 'rights'`);
    await database.db.raw(`GRANT ALL ON \`${name}\`.* TO '${names.migrating}'@'%' WITH GRANT OPTION`);
    migrating = openDatabase({ url: as(names.migrating), poolMax: 1 });
    for (const statement of migrations.flatMap(({ up }) => up)) await migrating.raw(String(statement));
    runningUrl = as(names.running);
    await grantRights(migrating, runningUrl, rights);
    running = openDatabase({ url: runningUrl, poolMax: 1 });
  });
  after(async () => {
    await Promise.all([running.destroy(), migrating.destroy()]);
    for (const user of Object.values(names)) await database.db.raw(`DROP USER '${user}'@'%'`);
    await database.drop();
  });

  it('are those of the list, table by table', async () => {
    expect(await checkRights(running, rights)).to.deep.include({ missing: [], missingTriggers: [], excess: [] });
    await running.raw("INSERT INTO books VALUES (1, 'Dune')");
    await running.raw("UPDATE books SET title = 'Emma'");
    await running.raw('DELETE FROM books');
    await running.raw('INSERT INTO loans VALUES (1)');
    expect((await running.raw('SELECT id FROM loans'))[0]).to.deep.equal([{ id: 1 }]);
  });

  for (const statement of [
    'UPDATE loans SET id = 2',
    'DELETE FROM loans',
    'TRUNCATE loans',
    'TRUNCATE books',
    'DROP TABLE books',
    'DROP TRIGGER loans_no_delete',
    'CREATE TRIGGER books_any BEFORE INSERT ON books FOR EACH ROW SET @any = 1',
    'ALTER TABLE books ADD COLUMN author VARCHAR(20)',
    'CREATE INDEX books_title ON books (title)',
    'CREATE TABLE other (id INT NOT NULL PRIMARY KEY)',
    'LOCK TABLES books WRITE',
    'SELECT id FROM secrets',
    'SELECT name FROM migrations',
    'DROP FUNCTION florin_trigger_exists',
    "SELECT 1 INTO OUTFILE '/tmp/out'",
  ])
    it(`do not cover ${statement}`, async () => {
      expect(String(await failureOf(running.raw(statement)))).to.match(/denied/);
    });

  it('change nothing where they are as listed already', async () => {
    expect(await grantRights(migrating, runningUrl, rights)).to.deep.equal([]);
  });

  it('are taken back where the list has lost them, also over a table that it does not name', async () => {
    await grantRights(migrating, runningUrl, {
      ...rights,
      tables: { ...rights.tables, loans: ['INSERT', 'UPDATE'], secrets: [] },
    });
    expect((await checkRights(running, rights)).excess).to.have.length(2);
    const statements = await grantRights(migrating, runningUrl, rights);
    expect(statements.map((statement) => statement.replace(/ ON .*/, ''))).to.deep.equal(['REVOKE UPDATE', 'REVOKE SELECT']);
    expect((await checkRights(running, rights)).excess).to.deep.equal([]);
  });

  it('are reported where they exceed the list: over the schema, the server, a column, another database', async () => {
    const { database: name } = { database: new URL(database.url).pathname.slice(1) };
    const account = `'${names.running}'@'%'`;
    for (const [grant, excess] of [
      [`TRIGGER, DROP ON \`${name}\`.*`, `DROP, TRIGGER on ${name}.*`],
      ['PROCESS ON *.*', 'PROCESS on *.*'],
      [`UPDATE (id) ON \`${name}\`.loans`, `UPDATE on ${name}.loans.id`],
      [`SELECT ON \`${name}_other\`.*`, `SELECT on ${name}_other.*`],
    ] as const) {
      await database.db.raw(`GRANT ${grant} TO ${account}`);
      expect((await checkRights(running, rights)).excess, grant).to.deep.equal([excess]);
      await database.db.raw(`REVOKE ${grant} FROM ${account}`);
    }
  });

  it('are reported where one is missing', async () => {
    const report = await checkRights(running, {
      ...rights,
      tables: { ...rights.tables, loans: ['INSERT', 'DELETE'], secrets: [] },
    });
    expect(report.missing).to.deep.equal(['DELETE on loans', 'SELECT on secrets']);
  });

  it('name a missing trigger, to both users, although the running user sees none', async () => {
    await migrating.raw('DROP TRIGGER loans_no_delete');
    for (const db of [running, migrating])
      expect((await checkRights(db, rights)).missingTriggers).to.deep.equal(['loans_no_delete']);
    await migrating.raw(String(migrations[0]?.up[2]));
    for (const db of [running, migrating]) expect((await checkRights(db, rights)).missingTriggers).to.deep.equal([]);
  });

  it('say what to do if one of the users is not as it must be', async () => {
    const unknown = await failureOf(grantRights(migrating, as('nobody_here'), rights));
    expect(String(unknown))
      .to.match(/The running user nobody_here cannot log in: create it/)
      .and.not.include('rights@');
    const name = new URL(database.url).pathname.slice(1);
    await database.db.raw(`REVOKE GRANT OPTION ON \`${name}\`.* FROM '${names.migrating}'@'%'`);
    const more: DatabaseRights = { ...rights, tables: { ...rights.tables, secrets: [] } };
    // A connection keeps the rights over a schema that it began with.
    const later = openDatabase({ url: as(names.migrating), poolMax: 1 });
    expect(String(await failureOf(grantRights(later, runningUrl, more)))).to.match(
      /The migrating user m_\w+@% may not grant rights over \w+: run GRANT ALL ON .* WITH GRANT OPTION/,
    );
    await later.destroy();
    await database.db.raw(`GRANT ALL ON \`${name}\`.* TO '${names.migrating}'@'%' WITH GRANT OPTION`);
  });

  it('stay as they are if one user does both', async () => {
    expect(await grantRights(migrating, as(names.migrating), rights)).to.deep.equal([]);
    const { excess, missing } = await checkRights(migrating, rights);
    expect(missing).to.deep.equal([]);
    expect(excess.join()).to.match(/ and \d+ more on florin_test_\w+\.\*$/);
  });
});
