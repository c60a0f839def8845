// Runs with --full: it starts a database and a broker many times, which few changes touch.
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectToServer } from '@florin/database';
import { openKafkajs } from '@florin/kafka';
import { assert } from 'chai';
import kafkajs from 'kafkajs';
import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { isRunning, pidOf } from './process-identity.ts';
import { startProxy } from './proxy.ts';
import { type Infra, type InfraOptions, startInfra } from './start-infra.ts';

describe('startInfra', function () {
  this.timeout(480_000);
  const topic = 'florin.infra-test';
  const children: ChildProcess[] = [];
  /** Each start lasts for several tests, because a broker takes 2 s of processor time to start. */
  const reports = new EventEmitter();
  let directory: string;
  let infra: Infra;
  let firstStartMs: number;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'florin-infra-'));
  });

  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await infra?.stop();
    await endLeftServers();
    await rm(directory, { recursive: true });
  });

  it('starts a database and a broker that keep their data, and leaves no process behind', async () => {
    const startedAt = Date.now();
    infra = await start();
    firstStartMs = Date.now() - startedAt;
    await writeRow(infra, 'alice');
    assert.deepEqual(await readRows(infra), ['alice']);
    await createTopic(infra, topic);
    await writeMessage(infra, topic, 'hello');
    assert.deepEqual(await readMessages(infra, topic, 1), ['hello']);

    const processes = await serverProcesses();
    assert.isTrue(processes.every(isRunning));
    await Promise.all([infra.stop(), infra.stop()]);
    assert.isFalse(processes.some(isRunning));
  });

  it('restarts quickly with the data and the addresses of the last start', async () => {
    const { databaseUrl, kafkaBrokers } = infra;
    const startedAt = Date.now();
    infra = await start();
    assert.isBelow(Date.now() - startedAt, Math.max(30_000, 2 * firstStartMs));
    assert.deepInclude(infra, { databaseUrl, kafkaBrokers });
    assert.deepEqual(await readRows(infra), ['alice']);
    assert.deepEqual(await readMessages(infra, topic, 1), ['hello']);
  });

  it('rejects a second launcher, naming the first', async () => {
    const refusal = await start().catch((error: Error) => error);
    assert.instanceOf(refusal, Error);
    assert.include((refusal as Error).message, `process ${process.pid}`);
    assert.deepEqual(await readRows(infra), ['alice']);
    await infra.stop();
  });

  it('takes over from a killed launcher', async () => {
    const launcher = await startInChildProcess();
    const orphans = await serverProcesses();
    launcher.kill('SIGKILL');
    await once(launcher, 'exit');
    assert.isTrue(orphans.every(isRunning));

    infra = await start();
    assert.isFalse(orphans.some(isRunning));
    assert.deepEqual(await readRows(infra), ['alice']);
    assert.deepEqual(await readMessages(infra, topic, 1), ['hello']);
  });

  it('reports when a server dies, and starts again with its data', async () => {
    const death = once(reports, 'death');
    await writeMessage(infra, topic, 'world');
    const [broker = ''] = await serverProcesses();
    process.kill(pidOf(broker), 'SIGKILL');
    assert.deepEqual(await death, ['broker']);
    await infra.stop();

    infra = await start({ isDurable: true, hasBrokerProxy: true });
    assert.deepEqual(await readMessages(infra, topic, 2), ['hello', 'world']);
  });

  it('uses utf8mb4 and UTC, and syncs each commit only if durable', async () => {
    const [variables] = await query(infra, 'SELECT @@time_zone, @@character_set_server, @@innodb_flush_log_at_trx_commit');
    assert.deepEqual(Object.values(variables ?? {}), ['+00:00', 'utf8mb4', 1]);
  });

  it('kills a server and starts it again on its port and data, without reporting that', async () => {
    const deaths: string[] = [];
    reports.on('death', (name: string) => deaths.push(name));
    const before = await serverProcesses();
    await writeRow(infra, 'bob');
    await Promise.all([infra.kill('database'), infra.kill('broker')]);
    assert.isFalse(before.some(isRunning));
    await Promise.all([infra.restart('database'), infra.restart('broker')]);
    assert.deepEqual(await readRows(infra), ['alice', 'bob']);
    assert.deepEqual(await readMessages(infra, topic, 2), ['hello', 'world']);
    assert.deepEqual(deaths, []);
  });

  it('keeps clients of a proxy on the proxy', async () => {
    const proxy = await startProxy(infra.brokerProxy.targetPort, infra.brokerProxy.port);
    const through = { ...infra, kafkaBrokers: [`127.0.0.1:${proxy.port}`] };
    await writeMessage(through, topic, 'again');
    assert.deepEqual(await readMessages(through, topic, 3), ['hello', 'world', 'again']);
    await proxy.close();
    assert.deepEqual(await readMessages(infra, topic, 3), ['hello', 'world', 'again']);
  });

  it('deletes the data on request', async () => {
    await infra.stop();
    infra = await start({ fresh: true });
    assert.deepEqual(await query(infra, "SHOW DATABASES LIKE 'infra_test'"), []);
    await createTopic(infra, topic);
    await infra.stop();
  });

  function start(options: Partial<InfraOptions> = {}): Promise<Infra> {
    const onUnexpectedExit = (name: string): boolean => reports.emit('death', name);
    return startInfra({ directory, isDurable: false, onProgress: () => {}, onUnexpectedExit, ...options });
  }

  /** Servers that a failed test has left. */
  async function endLeftServers(): Promise<void> {
    const left = (await serverProcesses().catch(() => [])).filter(isRunning);
    if (left.length > 0) await (await start()).stop();
  }

  async function serverProcesses(): Promise<string[]> {
    return Promise.all(['broker', 'database'].map((name) => readFile(join(directory, `${name}.pid`), 'utf8')));
  }

  async function startInChildProcess(): Promise<ChildProcess> {
    const args = ['--conditions=source', join(import.meta.dirname, 'infra-cli.ts'), '--directory', directory];
    const launcher = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    children.push(launcher);
    while (!existsSync(join(directory, 'infra.json'))) {
      assert.isNull(launcher.exitCode, 'the launcher ended while starting');
      await sleep(50);
    }
    return launcher;
  }
});

async function writeRow(infra: Infra, name: string): Promise<void> {
  await query(infra, 'CREATE DATABASE IF NOT EXISTS infra_test');
  await query(infra, 'CREATE TABLE IF NOT EXISTS infra_test.people (name VARCHAR(20) PRIMARY KEY)');
  await query(infra, 'INSERT INTO infra_test.people VALUES (?)', [name]);
}

async function readRows(infra: Infra): Promise<unknown[]> {
  return (await query(infra, 'SELECT name FROM infra_test.people')).map((row) => row['name'] as unknown);
}

async function query(infra: Infra, sql: string, values: string[] = []): Promise<RowDataPacket[]> {
  const connection = await connectToServer(infra.databaseUrl);
  try {
    const [rows] = await connection.query<RowDataPacket[] & ResultSetHeader>(sql, values);
    return rows;
  } finally {
    await connection.end();
  }
}

async function createTopic(infra: Infra, topic: string): Promise<void> {
  const admin = kafka(infra).admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true });
  await admin.disconnect();
}

async function writeMessage(infra: Infra, topic: string, value: string): Promise<void> {
  const producer = kafka(infra).producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({ topic, messages: [{ value }] });
  await producer.disconnect();
}

async function readMessages(infra: Infra, topic: string, count: number): Promise<string[]> {
  const consumer = kafka(infra).consumer({ groupId: `infra-test-${Date.now()}`, sessionTimeout: 1_500, heartbeatInterval: 300 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const messages: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const eachMessage = async ({ message }: kafkajs.EachMessagePayload): Promise<void> => {
      messages.push(String(message.value));
      if (messages.length === count) resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return messages;
}

function kafka({ kafkaBrokers }: Infra): kafkajs.Kafka {
  return openKafkajs({ brokers: kafkaBrokers, security: 'plaintext', logLevel: kafkajs.logLevel.NOTHING });
}
