import { type DatabaseRights, openDatabase } from '@florin/database';
import { createLogger } from '@florin/runtime';
import { createTestDatabase, failureOf, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { requireRights } from '../src/require-rights.ts';

const trigger = 'CREATE TRIGGER notes_kept BEFORE DELETE ON notes FOR EACH ROW SET @kept = 1';
const rights: DatabaseRights = { tables: { notes: ['INSERT'] }, triggers: ['notes_kept'] };

describe("the start of a service, with its database user's rights", () => {
  let database: TestDatabase;
  let running: Knex;
  before(async () => {
    const up = ['CREATE TABLE notes (note VARCHAR(40) NOT NULL PRIMARY KEY)', trigger];
    database = await createTestDatabase([{ name: '0001-notes', up }], rights);
    running = openDatabase({ url: database.runningUrl, poolMax: 1 });
  });
  after(async () => {
    await running.destroy();
    await database.drop();
  });

  /** @returns the warnings, or the failure */
  async function start(db: Knex, options: { isProduction: boolean; rights?: DatabaseRights }): Promise<string[]> {
    const warnings: string[] = [];
    const logger = Object.assign(createLogger({ service: 'test', level: 'error' }), {
      warn: (warning: string) => warnings.push(warning),
    });
    const failure = await requireRights(db, { rights, ...options, logger }).catch(String);
    return failure === undefined ? warnings : [failure];
  }

  it('starts without a warning if they are those of the list', async () => {
    expect(await start(running, { isProduction: true })).to.deep.equal([]);
  });

  it('warns of excess rights in development, and refuses in production', async () => {
    const [warning, ...others] = await start(database.db, { isProduction: false });
    expect(others).to.deep.equal([]);
    expect(warning).to.match(/^The database user root@\S+ has rights that the service does not need: .* on \*\.\*/);
    expect((await start(database.db, { isProduction: true }))[0]).to.match(/^WrongRights: The database user root@/);
  });

  it('refuses if a right is missing, in development too', async () => {
    const more: DatabaseRights = { ...rights, tables: { notes: ['INSERT', 'DELETE'] } };
    for (const isProduction of [false, true])
      expect((await start(running, { isProduction, rights: more }))[0]).to.match(
        /^WrongRights: The database user run_\w+@% lacks DELETE on notes: run npm run migrate$/,
      );
  });

  it('refuses if a trigger is missing, in development too', async () => {
    await database.db.raw('DROP TRIGGER notes_kept');
    for (const db of [running, database.db])
      expect((await start(db, { isProduction: false }))[0]).to.equal(
        'WrongRights: The database lacks the triggers notes_kept: restore them',
      );
    await database.db.raw(trigger);
  });

  it('waits for no database in development, and needs it in production', async () => {
    const url = new URL(database.url);
    url.port = '1';
    const away = openDatabase({ url: url.href, poolMax: 1 });
    expect(await start(away, { isProduction: false })).to.deep.equal(['cannot check the rights of the database user']);
    expect(
      String(
        await failureOf(
          requireRights(away, { rights, isProduction: true, logger: createLogger({ service: 'test', level: 'error' }) }),
        ),
      ),
    ).to.match(/ECONNREFUSED/);
    await away.destroy();
  });
});
