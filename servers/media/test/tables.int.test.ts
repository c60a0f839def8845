import { compareTables } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { deletedImagesTable, imagesTable, ownersTable } from '../src/images/image.ts';

describe("media's tables", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  it('are in the database as they are defined', async () => {
    const differences = await compareTables(database.db, [deletedImagesTable, imagesTable, ownersTable]);
    expect(
      differences.filter(
        (difference) =>
          !/^(audit_log|consumer_offsets|dead_letters|inbox|outbox|parked_outbox|quarantined|signature_starts|switches) /.test(
            difference,
          ),
      ),
    ).to.deep.equal([]);
  });
});
