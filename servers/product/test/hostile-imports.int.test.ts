import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { newId } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { readRows } from '../src/product-import/read-rows.ts';
import { createReadingPace, type EventLoop, type Turns } from '../src/product-import/reading-pace.ts';
import { type BulkClient, createBulkClient } from './bulk-client.ts';
import { type ProductPlatform, startProduct } from './product-platform.ts';

const HEADER = 'sku,name,priceMinor,categoryId\n';

describe('a hostile file', () => {
  let platform: ProductPlatform;
  let client: BulkClient;

  before(async () => {
    platform = await startProduct({
      IMPORT_MAX_ROWS: '1000',
      IMPORT_MAX_BAD_ROWS: '5',
      IMPORT_CONCURRENCY: '2',
      IMPORT_USER_CONCURRENCY: '1',
      IMPORT_STALL_MS: '600000',
      IMPORT_FAILURES_PER_MIN: '12',
    });
    client = await createBulkClient(platform);
  });
  after(() => platform.stop());

  const goodRow = () => `${client.newSku()},Tea,100,${client.categoryId}\n`;

  it('has at most IMPORT_MAX_ROWS records, empty and ragged ones included', async () => {
    for (const record of ['\n', ',\n', ',,,\n', '""\r\n']) {
      const { status, body } = await client.send(HEADER + goodRow() + record.repeat(1_000));
      expect(status, JSON.stringify(record)).to.equal(413);
      expect(body.detail).to.equal('The maximum is 1000 rows, empty rows included.');
    }
  });

  it('has no more empty rows under the key of an import', async () => {
    const [key, start] = [newId(), HEADER + goodRow()];
    expect((await client.send(start, { key })).status).to.equal(201);
    expect((await client.send(start + ',\n'.repeat(999), { key })).status).to.equal(200);
    expect((await client.send(start + ',\n'.repeat(1_001), { key })).status).to.equal(413);
  });

  it('ends after IMPORT_MAX_BAD_ROWS rows that are ragged, unreadable or invalid', async () => {
    const bad = ['a\n', 'a,b,c,d,e,f\n', '"a"b\n', `A,Tea,free,${newId()}\n`, 'a,\u0000,\n'];
    const { status, body } = await client.send(HEADER + goodRow() + bad.join('').repeat(2));
    expect({ status, code: body.code }).to.deep.equal({ status: 422, code: 'TOO_MANY_BAD_ROWS' });
    expect(body.errors).to.have.length(6);
    expect(body.errors[0]).to.deep.equal({ path: 'row 2', message: 'MALFORMED_ROW: line 3 has 1 cells, but the header has 4' });
    expect((await client.rows(HEADER + goodRow() + bad.join(''))).map(({ outcome }) => outcome)).to.deep.equal([
      'created',
      ...bad.map(() => 'refused'),
    ]);
  });

  it('is rejected with 429 before it is read after IMPORT_FAILURES_PER_MIN failed imports of its user', async () => {
    const token = platform.tokenFor({ id: newId(), roles: ['staff'] });
    const send = async (file: string) => {
      const headers = { 'content-type': 'text/csv', 'idempotency-key': newId() };
      return platform.call('POST', '/v1/products/import', { token, headers, body: file });
    };
    for (let failed = 0; failed < 12; failed++) expect((await send(HEADER)).status).to.equal(422);
    const { status, headers } = await send(HEADER + goodRow());
    expect(status).to.equal(429);
    expect(Number(headers.get('retry-after'))).to.be.within(1, 60);
    expect((await client.send(HEADER + goodRow())).status, 'of another user').to.equal(201);
  });

  it('ends when its client has gone, and the next import begins', async () => {
    const head = [
      'POST /v1/products/import HTTP/1.1',
      'Host: florin',
      `Authorization: Bearer ${platform.staff.token}`,
      'Content-Type: text/csv',
      'Content-Length: 1000000',
    ];
    const begin = async (): Promise<Socket> => {
      const socket = connect(platform.service.port(), '127.0.0.1');
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(`${[...head, `Idempotency-Key: ${newId()}`].join('\r\n')}\r\n\r\n${HEADER}${goodRow()}`);
      await platform.call('GET', '/v1/categories');
      return socket;
    };
    const statusOfNext = async () => (await client.send(HEADER + goodRow())).status;
    const gone = await eventually(async () => {
      const socket = await begin();
      if ((await statusOfNext()) === 429) return socket;
      socket.destroy();
      throw new Error('the other import came first');
    });
    gone.destroy();
    await eventually(async () => expect(await statusOfNext()).to.equal(201));
  });
});

describe('reading a hostile file', () => {
  const options = {
    ...({ format: 'csv', blank: 'keep', ids: 'match', seed: Buffer.alloc(32) } as const),
    ...({ weightUnit: 'kg', tax: { ratePercent: 0, decimals: 2 } } as const),
    ...{ maxRows: 1_000_000, maxBadRows: 1_000_000, rowsDone: async () => 0 },
  };

  /** Seems to be used by nobody else. */
  const now = () => performance.now();
  const idleLoop: EventLoop = { now, idle: now, nextTurn, sleep: () => nextTurn() };

  /** Reads a file and returns the longest work without a turn for others, as a share of all. Time of other processes is not work. */
  async function longestTurn(chunks: readonly Buffer[]): Promise<number> {
    let [whole, longest, isRead] = [0, 0, false];
    const turns = (async () => {
      for (let before = process.threadCpuUsage(); !isRead; before = process.threadCpuUsage()) {
        await nextTurn();
        const { user, system } = process.threadCpuUsage(before);
        whole += user + system;
        longest = Math.max(longest, user + system);
      }
    })();
    for await (const _row of readRows(asBody(chunks), { ...options, turns: createReadingPace(idleLoop).open() }));
    isRead = true;
    await turns;
    return longest / whole;
  }

  async function* asBody(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
    yield* chunks;
  }

  const wide = `${'x,'.repeat(10_000)}\n`;
  for (const [what, file] of [
    ['empty rows', HEADER + ',\n'.repeat(60_000)],
    ['ragged rows', HEADER + 'x\n'.repeat(30_000)],
    ['wide rows', HEADER + wide.repeat(200)],
  ] as const) {
    it(`gives others their turn between ${what}, whatever the size of the chunks`, async () => {
      expect(await longestTurn([Buffer.from(file)])).to.be.below(0.5);
    });
  }

  it('gives others many turns for each of its own while they use the event loop', async () => {
    const turns = createReadingPace().open();
    let [own, others, isRead] = [0, 0, false];
    const counted: Turns = {
      ...turns,
      end() {
        own++;
        return turns.end();
      },
    };
    const using = (async () => {
      for (; !isRead; others++) await nextTurn();
    })();
    for await (const _row of readRows(asBody([Buffer.from(HEADER + ',\n'.repeat(20_000))]), { ...options, turns: counted }));
    isRead = true;
    await using;
    expect(own).to.be.above(2);
    expect(others).to.be.above(10 * own);
  });

  it('scans a header in small chunks only when its size has doubled', async () => {
    const header = Buffer.from(`sku,${' '.repeat(30_000)}name\n`);
    const inBytes = (file: Buffer) => Array.from(file, (_, at) => file.subarray(at, at + 1));
    const workOf = async (chunks: readonly Buffer[]): Promise<number> => {
      const before = process.threadCpuUsage();
      for await (const _row of readRows(asBody(chunks), { ...options, turns: createReadingPace(idleLoop).open() }));
      return process.threadCpuUsage(before).user;
    };
    const rows = [header, ...inBytes(Buffer.from(',\n'.repeat(15_000)))];
    expect(await workOf(inBytes(header))).to.be.below(5 * (await workOf(rows)));
  });
});
