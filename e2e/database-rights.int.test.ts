import { checkRights, type DatabaseRights, grantRights, migrateDatabase, newId, openDatabase } from '@florin/database';
import { failureOf, testInfra } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { dropDatabases, prepareDatabases } from '../dev/platform/prepare-databases.ts';
import { loadDefinition, loadMigrations } from '../ops/platform/load-service.ts';
import { serviceNames } from '../ops/platform/service-names.ts';

type Trigger = { name: string; table_name: string; event: string; body: string };

describe("the running users' rights", () => {
  const prefix = `rights_${newId().slice(-8)}`;
  const { databaseUrl } = testInfra();
  let urls: Awaited<ReturnType<typeof prepareDatabases>>;
  before(async () => {
    urls = await prepareDatabases({ databaseUrl, prefix, password: 'rights' });
  });
  after(() => dropDatabases({ databaseUrl, prefix }));

  for (const service of serviceNames)
    describe(`of ${service}`, () => {
      let rights: DatabaseRights;
      let migrating: Knex;
      let running: Knex;
      before(async () => {
        ({ rights } = await loadDefinition(service));
        migrating = openDatabase({ url: urls.migrationUrls[service], poolMax: 2 });
        running = openDatabase({ url: urls.databaseUrls[service], poolMax: 1 });
        await migrateDatabase(migrating, await loadMigrations(service));
        await grantRights(migrating, urls.databaseUrls[service], rights);
      });
      after(() => Promise.all([migrating.destroy(), running.destroy()]));

      it('name every table and every trigger of the database, and no others', async () => {
        const [tables] = (await migrating.raw(
          "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name NOT LIKE 'migrations%'",
        )) as [{ name: string }[]];
        expect(Object.keys(rights.tables)).to.have.members(tables.map(({ name }) => name));
        expect(rights.triggers).to.have.members((await readTriggers(migrating)).map(({ name }) => name));
      });

      it('have no UPDATE and no DELETE where a trigger rejects each', async () => {
        const refusing = (await readTriggers(migrating)).filter(({ body }) => /^\s*SIGNAL\b/i.test(body));
        expect(refusing.map(({ table_name }) => table_name)).to.include('audit_log');
        for (const { table_name, event } of refusing) expect(rights.tables[table_name], table_name).to.not.include(event);
      });

      it('are exactly what the migration grants', async () => {
        expect(await checkRights(running, rights)).to.deep.include({ missing: [], missingTriggers: [], excess: [] });
      });

      for (const statement of [
        'TRUNCATE audit_log',
        "UPDATE audit_log SET action = 'nothing'",
        'DELETE FROM audit_log',
        'DROP TRIGGER audit_log_no_delete',
        'DROP TABLE outbox',
        'ALTER TABLE audit_log ADD COLUMN any_column INT',
      ])
        it(`do not cover ${statement}`, async () => {
          expect(String(await failureOf(running.raw(statement)))).to.match(/denied/);
        });
    });
});

async function readTriggers(db: Knex): Promise<Trigger[]> {
  const [rows] = (await db.raw(
    `SELECT trigger_name AS name, event_object_table AS table_name, event_manipulation AS event, action_statement AS body
     FROM information_schema.triggers WHERE trigger_schema = DATABASE()`,
  )) as [Trigger[]];
  return rows;
}
