import { compareTables } from '@florin/database';
import { rateLimitsTable } from '@florin/http';
import { messagingTables } from '@florin/messaging';
import { auditLogTable } from '@florin/runtime';
import { switchesTable } from '@florin/service';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { signingKeysTable } from '../src/keys/make-signing-key.ts';
import { knownAddressesTable } from '../src/sessions/known-addresses.ts';
import { refreshTokensTable, sessionsTable } from '../src/sessions/open-session.ts';
import { usersTable } from '../src/sessions/user.ts';
import { firstAdminTable } from '../src/users/create-first-admin.ts';

const tables = [
  auditLogTable,
  firstAdminTable,
  knownAddressesTable,
  ...messagingTables,
  switchesTable,
  rateLimitsTable,
  refreshTokensTable,
  sessionsTable,
  signingKeysTable,
  usersTable,
];

describe("auth's tables", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  it('match their definitions', async () => {
    expect(await compareTables(database.db, tables)).to.deep.equal([]);
  });
});
