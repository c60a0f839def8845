import { topics } from '@florin/events';
import { createTestDatabase, failureOf, type TestDatabase, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import { type Broker, requireDurability } from '../src/index.ts';
import { faultsOf } from '../src/require-durability.ts';
import { testBroker } from './test-service.ts';

describe('requireDurability', () => {
  let database: TestDatabase;
  let broker: Broker;
  let flushesAtCommit: boolean;
  before(async () => {
    database = await createTestDatabase([]);
    broker = testBroker(uniquePrefix('durable'));
    await broker.createTopics(topics, { partitions: 1, replicationFactor: 1 });
    const [[row]] = await database.db.raw('SELECT @@innodb_flush_log_at_trx_commit = 1 AS flushes');
    flushesAtCommit = row.flushes === 1;
  });
  after(async () => {
    await broker.disconnect();
    await database.drop();
  });

  it('names every wrong setting, such as one replica', async () => {
    const failure = (await failureOf(requireDurability(database.db, broker))) as Error;
    expect(failure.name).to.equal('NotDurable');
    for (const topic of topics) {
      expect(failure.message).to.match(new RegExp(`topic \\S+${topic} has 1 replicas: give it a replication factor of 3`));
      expect(failure.message).to.match(new RegExp(`topic \\S+${topic}: set min.insync.replicas to 2`));
    }
    expect(failure.message).to.not.include('unclean');
    expect(failure.message.includes('innodb_flush_log_at_trx_commit')).to.equal(!flushesAtCommit);
  });

  it('requires a flush at every commit, and a synced binary log if there is one', () => {
    expect(faultsOf({ flush_log: 1, has_binlog: 1, sync_binlog: 1 })).to.deep.equal([]);
    expect(faultsOf({ flush_log: 1, has_binlog: 0, sync_binlog: 0 })).to.deep.equal([]);
    expect(faultsOf({ flush_log: 1, has_binlog: 1, sync_binlog: 0 })).to.deep.equal(['the database: set sync_binlog to 1']);
    expect(faultsOf({ flush_log: 2, has_binlog: 0, sync_binlog: 0 })).to.have.length(1);
  });
});
