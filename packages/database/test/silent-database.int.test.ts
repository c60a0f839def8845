import { connect, createServer, type Server, type Socket } from 'node:net';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { openConnection, openDatabase, recogniseDatabaseFault } from '../src/index.ts';

const SILENCE_TIMEOUT_MS = 300;

describe('an unresponsive database', () => {
  let database: TestDatabase;
  let proxy: Server;
  let isSwallowing = false;
  const sockets: Socket[] = [];
  const url = (): string => {
    const through = new URL(database.url);
    through.port = String((proxy.address() as { port: number }).port);
    return through.href;
  };

  before(async () => {
    database = await createTestDatabase([]);
    const target = new URL(database.url);
    proxy = createServer((client) => {
      const server = connect(Number(target.port), target.hostname);
      sockets.push(client, server);
      for (const socket of [client, server]) socket.on('error', () => {});
      client.on('data', (data) => isSwallowing || server.write(data));
      server.on('data', (data) => client.write(data));
      client.on('close', () => server.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    isSwallowing = false;
  });
  after(async () => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
    await database.drop();
  });

  it('is a 503 within the bound, and the pool recovers', async () => {
    const db = openDatabase({ url: url(), poolMax: 2, silenceTimeoutMs: SILENCE_TIMEOUT_MS });
    await db.raw('SELECT 1');
    isSwallowing = true;
    const fault = await db.raw('SELECT 1').catch((error: unknown) => error);
    expect(recogniseDatabaseFault(fault)).to.include({ code: 'UNAVAILABLE', status: 503 });
    isSwallowing = false;
    const [[row]] = await db.raw('SELECT 2 AS answer');
    expect(row.answer).to.equal(2);
    await db.destroy();
  });

  it('does not fail a statement that answers in time, after any idle time', async () => {
    const db = openDatabase({ url: url(), poolMax: 1, silenceTimeoutMs: SILENCE_TIMEOUT_MS });
    for (const idleS of [0.1, 0.2, 0.1]) await db.raw('SELECT SLEEP(?)', [idleS]);
    await db.destroy();
  });

  it('ends a connection that holds a lock, and reports that to its owner', async () => {
    const connection = await openConnection(url(), { idleTimeoutS: 60, silenceTimeoutMs: SILENCE_TIMEOUT_MS });
    isSwallowing = true;
    const fault = await connection.query('SELECT 1').catch((error: unknown) => error);
    expect((fault as { code?: string }).code).to.equal('PROTOCOL_CONNECTION_LOST');
  });
});
