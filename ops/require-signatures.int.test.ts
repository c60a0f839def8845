import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newId, runTransaction } from '@florin/database';
import { DEVELOPMENT_SIGNING_KEYS, makeEvent, parseSigningKeys, topics } from '@florin/events';
import { kafkaBroker } from '@florin/kafka';
import { appendEvents, type Broker, readSignatureStarts, setEventSignatures } from '@florin/messaging';
import { createLogger } from '@florin/runtime';
import { createTestDatabase, type TestDatabase, testBrokers, testKafka, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import { loadMigrations } from './platform/load-service.ts';
import { serviceNames, settingOf } from './platform/service-names.ts';

type Outcome = { code: number; stdout: string; stderr: string };

describe('npm run events:require', () => {
  let databases: TestDatabase[];
  let broker: Broker;
  let prefix: string;
  const [auth] = serviceNames;

  before(async () => {
    prefix = uniquePrefix('require');
    databases = await Promise.all(serviceNames.map(async (service) => createTestDatabase(await loadMigrations(service))));
    const logger = createLogger({ service: 'test', level: 'error' });
    broker = kafkaBroker({ ...testKafka(), clientId: 'test', prefix, sessionTimeoutMs: 6_000, logger });
    await broker.createTopics(topics, { partitions: 2, replicationFactor: 1 });
    await publish(3);
  });
  after(async () => {
    await broker.disconnect();
    await Promise.all(databases.map((database) => database.drop()));
  });

  const publish = (count: number): Promise<void> =>
    broker.publish(Array.from({ length: count }, () => ({ topic: 'florin.users', key: 'same', value: 'x', headers: {} })));
  const registered = () => makeEvent('user-registered', { sequence: 1, data: { userId: newId() } });
  const run = async (settings: NodeJS.ProcessEnv = {}): Promise<Outcome> => {
    const command = ['--conditions=source', join(import.meta.dirname, '../dev/florin.mjs'), 'events:require', '--as', 'olga'];
    const env = {
      PATH: process.env['PATH'],
      ...Object.fromEntries(serviceNames.map((service, index) => [settingOf(service, 'DATABASE_URL'), databases[index]?.url])),
      KAFKA_BROKERS: testBrokers().join(','),
      KAFKA_DRIVER: testKafka().driver,
      KAFKA_PREFIX: prefix,
      ...settings,
    };
    try {
      return { code: 0, ...(await promisify(execFile)(process.execPath, command, { env })) };
    } catch (error) {
      return error as Outcome;
    }
  };
  const usersEnds = async (database: TestDatabase): Promise<number> => {
    const starts = await readSignatureStarts(database.db);
    return [...starts]
      .filter(([place]) => place.startsWith('florin.users/'))
      .reduce((sum, [, offset]) => sum + Number(offset), 0);
  };

  it('is rejected while signatures are off, or an outbox has unsigned events', async () => {
    const { db } = databases[0] as TestDatabase;
    await runTransaction(db, (trx) => appendEvents(trx, [registered()]));
    const outcomes = [await run({ EVENT_SIGNATURES: 'off' }), await run()];
    expect(outcomes.map(({ code }) => code)).to.deep.equal([1, 1]);
    expect(outcomes[0]?.stderr).to.include('EVENT_SIGNATURES is off');
    expect(outcomes[1]?.stderr).to.include(`The outbox of ${auth} has unsigned events`);
    for (const database of databases) expect((await readSignatureStarts(database.db)).size).to.equal(0);
    await db('outbox').delete();
  });

  it('stores the end of every partition in every database, signs parked events, and changes nothing when it runs again', async () => {
    const { db } = databases[0] as TestDatabase;
    const [unsigned, signed] = [registered(), registered()];
    await runTransaction(db, (trx) => appendEvents(trx, [unsigned]));
    setEventSignatures(db, { keys: parseSigningKeys(DEVELOPMENT_SIGNING_KEYS) });
    await runTransaction(db, (trx) => appendEvents(trx, [signed]));
    const columns = 'id, event_id, topic, message_key, type, payload, created_at';
    await db.raw(`INSERT INTO parked_outbox (${columns}) SELECT ${columns} FROM outbox`);
    await db('outbox').delete();

    const { code, stdout, stderr } = await run();
    expect(code, stderr).to.equal(0);
    expect(stdout).to.include(`${auth}: requires signed events from the current ends of ${2 * topics.length} partitions on.`);
    const payloads: string[] = await db('parked_outbox').orderBy('id').pluck('payload');
    for (const payload of payloads) expect(payload.match(/"florinsig":"v1\.development\.[\w-]{43}"\}$/g)).to.have.length(1);
    for (const database of databases) {
      expect(await usersEnds(database)).to.equal(3);
      const states: string[] = await database.db('audit_log').where({ action: 'events.require-signatures' }).pluck('state_after');
      expect(states.join()).to.include('olga').and.include('"offset":"3"');
    }

    await publish(2);
    const again = await run();
    expect(again.stdout).to.include(`${auth}: requires signed events already. Nothing is changed.`);
    for (const database of databases) expect(await usersEnds(database)).to.equal(3);
  });
});
