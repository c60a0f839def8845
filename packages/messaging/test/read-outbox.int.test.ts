import { newId, openConnection } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import type { Connection } from 'mysql2/promise';
import { appendEvents, eventBytes } from '../src/index.ts';
import { readOldest, readPayloads } from '../src/read-outbox.ts';
import { requestedOf } from './large-events.ts';
import { migrations } from './test-service.ts';

const MEBIBYTE = 1024 * 1024;

describe('reading an outbox', () => {
  let database: TestDatabase;
  let connection: Connection;
  before(async () => {
    database = await createTestDatabase(migrations);
    connection = await openConnection(database.url, { idleTimeoutS: 60 });
  });
  after(async () => {
    connection.destroy();
    await database.drop();
  });

  it('reads a limited number of payload bytes ahead, and larger payloads on demand', async () => {
    const events = Array.from({ length: 100 }, (_, n) => requestedOf(newId(), n % 2 === 0 ? 200_000 : 200));
    await database.db.transaction((trx) => appendEvents(trx, events));
    const rows = await readOldest(connection, [], 500);
    expect(rows).to.have.length(100);
    expect(rows.reduce((sum, { payload }) => sum + (payload?.length ?? 0), 0)).to.be.within(1, 8 * MEBIBYTE);
    expect(rows.map(({ bytes }) => bytes)).to.deep.equal(events.map(eventBytes));
    const some = rows.slice(3, 9);
    const read = (await readPayloads(connection, some)).map((payload) => JSON.parse(payload) as { id: string; data: unknown });
    expect(read.map(({ id, data }) => ({ id, data }))).to.deep.equal(
      events.slice(3, 9).map(({ event: { id, data } }) => ({ id, data })),
    );
  });
});
