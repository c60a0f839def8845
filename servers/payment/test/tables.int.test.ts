import { compareTables } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { entriesTable, snapshotsTable, transfersTable } from '../src/ledger/ledger-tables.ts';
import { refundsTable } from '../src/payments/refund.ts';
import { paymentsTable } from '../src/payments/save-payments.ts';
import { erasedUsersTable } from '../src/wallets/erased-users.ts';
import { walletsTable } from '../src/wallets/open-wallets.ts';

const tables = [entriesTable, erasedUsersTable, paymentsTable, refundsTable, snapshotsTable, transfersTable, walletsTable];

describe("payment's tables", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  it('are in the database as they are defined', async () => {
    const differences = await compareTables(database.db, tables);
    expect(differences.filter((difference) => !difference.endsWith('has no definition'))).to.deep.equal([]);
  });
});
