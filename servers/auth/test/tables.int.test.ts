import { compareTables } from '@florin/database';
import { messagingTables } from '@florin/messaging';
import { auditLogTable, rateLimitsTable } from '@florin/runtime';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { signingKeysTable } from '../src/keys/make-signing-key.ts';
import { refreshTokensTable, sessionsTable } from '../src/sessions/open-session.ts';
import { usersTable } from '../src/users/user.ts';

const tables = [
  auditLogTable,
  ...messagingTables,
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

  it('are in the database as they are defined', async () => {
    expect(await compareTables(database.db, tables)).to.deep.equal([]);
  });
});
