import { createTransact } from '@florin/runtime';
import { createTestDatabase, eventually, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { appendEvents } from '../src/index.ts';
import { isOutboxFull, type OutboxRoom, watchOutboxRoom } from '../src/outbox-room.ts';
import { failureOf } from './feed-consumer.ts';
import { migrations, quietLogger, registered } from './test-service.ts';

describe('the room in an outbox', () => {
  let database: TestDatabase;
  let room: OutboxRoom;
  before(async () => {
    database = await createTestDatabase(migrations);
    room = watchOutboxRoom({ db: database.db, maxRows: 5, logger: quietLogger });
  });
  after(async () => {
    room.stop();
    await database.drop();
  });

  const append = (count: number) =>
    database.db.transaction((trx) =>
      appendEvents(
        trx,
        Array.from({ length: count }, () => registered()),
      ),
    );

  it('is refused past its bound, before anything is written, and there again when events have been published', async () => {
    const transact = createTransact(database.db, { assertRoom: room.assertRoom, committed: () => {} });
    await append(6);
    await eventually(() => expect(() => room.assertRoom()).to.throw('Too many events wait'));
    let hasBegun = false;
    const refusal = await failureOf(
      transact(async () => {
        hasBegun = true;
      }),
    );
    expect(refusal).to.deep.include({ code: 'UNAVAILABLE', status: 503, headers: { 'Retry-After': '5' } });
    expect(hasBegun).to.equal(false);

    await database.db('outbox').orderBy('id').limit(3).delete();
    await eventually(() => room.assertRoom());
    await transact(async () => {
      hasBegun = true;
    });
    expect(hasBegun).to.equal(true);
  });

  it('counts events, not the gaps that roll-backs leave in their ids', async () => {
    await database.db('outbox').delete();
    await append(1);
    await database.db.raw('ALTER TABLE outbox AUTO_INCREMENT = 1000');
    await append(1);
    expect(await isOutboxFull(database.db, 2)).to.equal(false);
    expect(await isOutboxFull(database.db, 1)).to.equal(true);
  });
});
