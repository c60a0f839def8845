import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dumpSchema, type Migration, migrateDatabase } from '@florin/database';
import { createTestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { freshSchema, header, migrationsOf, schemaPath } from '../dev/schema-docs.ts';
import { serviceNames } from '../ops/platform/service-names.ts';
import { findPreviousRelease, layOut } from '../release/previous-release.ts';

const root = join(import.meta.dirname, '..');
const previous = findPreviousRelease(root, process.env);

describe('migrations', () => {
  for (const service of serviceNames) {
    it(`of ${service} import only types, so that their effect never changes`, () => {
      const folder = join(root, 'servers', service, 'migrations');
      const files = readdirSync(folder).filter((file) => file !== 'index.ts');
      const imports = files.flatMap((file) => {
        const lines = readFileSync(join(folder, file), 'utf8').match(/^(import|export) .* from .*$/gm) ?? [];
        return lines.filter((line) => !line.startsWith('import type ')).map((line) => `${file}: ${line}`);
      });
      expect(imports).to.deep.equal([]);
    });

    it(`of ${service} result in the schema in docs/schema/${service}.sql (npm run docs writes it)`, async () => {
      expect(await freshSchema(service)).to.equal(readFileSync(schemaPath(service), 'utf8'));
    });
  }

  it('of each service have unique names', async () => {
    for (const service of serviceNames) {
      const names = (await migrationsOf(service)).map(({ name }) => name);
      expect(names).to.deep.equal([...new Set(names)]);
    }
  });

  if ('missing' in previous) it.skip(`upgrade a database of the previous release (left out: ${previous.missing})`);
  else
    describe(`on a database of the previous release (${previous.commit.slice(0, 9)})`, () => {
      const laidOut = join(root, '.florin/previous-schema');
      before(() => layOut(root, previous.commit, laidOut));
      after(() => rmSync(laidOut, { recursive: true, force: true }));

      for (const service of serviceNames)
        it(`result in the same schema of ${service}`, async function () {
          this.timeout(60_000);
          const database = await createTestDatabase(await earlierMigrations(laidOut, service));
          const applied: string[] = await database.db('migrations').orderBy('id').pluck('name');
          const migrations = await migrationsOf(service);
          const names = migrations.map(({ name }) => name);
          expect(names, 'a migration of the previous release is gone').to.include.members(applied);
          expect(await migrateDatabase(database.db, migrations)).to.deep.equal(names.filter((name) => !applied.includes(name)));
          expect(`${header(service)}${await dumpSchema(database.db)}`).to.equal(readFileSync(schemaPath(service), 'utf8'));
          await database.drop();
        });
    });
});

/** The migrations of the previous release were functions. */
type Earlier = {
  name: string;
  up: Migration['up'] | ((...to: Parameters<Extract<Migration['up'][number], object>>) => Promise<void>);
};

async function earlierMigrations(laidOut: string, service: string): Promise<Migration[]> {
  const path = pathToFileURL(join(laidOut, 'servers', service, 'migrations/index.ts')).href;
  const { migrations } = (await import(path)) as { migrations: readonly Earlier[] };
  return migrations.map(({ name, up }) => ({ name, up: typeof up === 'function' ? [up] : up }));
}
