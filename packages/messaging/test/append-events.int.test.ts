import { AssertionError } from 'node:assert';
import { newId, openDatabase, runTransaction } from '@florin/database';
import { createEventVerifier, DEVELOPMENT_SIGNING_KEYS, parseEvent, parseSigningKeys } from '@florin/events';
import { createTestDatabase, failureOf, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { appendEvents, eventBytes, setEventMaxBytes, setEventSignatures } from '../src/index.ts';
import { requestedOf } from './large-events.ts';
import { migrations } from './test-service.ts';

const KIBIBYTE = 1024;

describe('appendEvents', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase(migrations);
  });
  afterEach(() => database.drop());

  const sizesIn = async (table: string, column: string): Promise<number[]> => {
    const [rows] = (await database.db.raw('SELECT LENGTH(??) AS bytes FROM ??', [column, table])) as [{ bytes: number }[]];
    return rows.map(({ bytes }) => bytes);
  };
  const note = (trx: Knex.Transaction) => trx.raw('INSERT INTO effects (event_id, user_id, type) VALUES (?, ?, ?)', ['', '', '']);

  it('rolls back a change whose event exceeds 256 KiB', async () => {
    const [small, large] = [requestedOf(newId(), 100), requestedOf(newId(), 256 * KIBIBYTE)];
    const failure = await failureOf(
      runTransaction(database.db, async (trx) => {
        await note(trx);
        await appendEvents(trx, [small, large]);
      }),
    );
    expect(failure).to.be.instanceOf(AssertionError);
    expect((failure as Error).message).to.equal(
      `purchase-requested ${large.event.id} has ${eventBytes(large)} bytes, at most 262144 are allowed`,
    );
    expect(await sizesIn('outbox', 'payload')).to.deep.equal([]);
    expect(await sizesIn('effects', 'type')).to.deep.equal([]);
  });

  it('accepts an event of exactly the maximum size', async () => {
    const event = requestedOf(newId(), 3_000);
    const append = (): Promise<void> => runTransaction(database.db, (trx) => appendEvents(trx, [event]));
    setEventMaxBytes(database.db, eventBytes(event) - 1);
    expect(await failureOf(append())).to.be.instanceOf(AssertionError);
    setEventMaxBytes(database.db, eventBytes(event));
    await append();
    expect(await sizesIn('outbox', 'payload')).to.deep.equal([eventBytes(event)]);
  });

  it('signs the event, and does not count the signature', async () => {
    const keys = parseSigningKeys(DEVELOPMENT_SIGNING_KEYS);
    const outgoing = requestedOf(newId(), 3_000);
    setEventSignatures(database.db, { mode: 'require', keys });
    setEventMaxBytes(database.db, eventBytes(outgoing));
    await runTransaction(database.db, (trx) => appendEvents(trx, [outgoing]));
    const [payload] = await database.db('outbox').pluck('payload');
    const { topic, key, event } = outgoing;
    const message = { topic, partition: 0, offset: '0', key: Buffer.from(key), value: Buffer.from(String(payload)) };
    const parsed = parseEvent(message, createEventVerifier({ mode: 'require', keys }));
    expect(parsed).to.have.nested.property('event.id', event.id);
  });

  it('does not append unsigned events because nobody has decided how to sign them', async () => {
    const db = openDatabase({ url: database.url, poolMax: 1 });
    const failure = await failureOf(runTransaction(db, (trx) => appendEvents(trx, [requestedOf(newId(), 100)])));
    await db.destroy();
    expect(failure).to.be.instanceOf(AssertionError).and.have.property('message').that.includes('setEventSignatures');
  });

  it('appends more bytes than fit into one statement', async () => {
    const events = Array.from({ length: 100 }, () => requestedOf(newId(), 200_000));
    await runTransaction(database.db, (trx) => appendEvents(trx, events));
    expect(await sizesIn('outbox', 'payload')).to.deep.equal(events.map(eventBytes));
  });
});
