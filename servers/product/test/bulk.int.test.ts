import { once } from 'node:events';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { newId } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

const CSV = 'text/csv';
const NDJSON = 'application/x-ndjson';

describe('export and import endpoints', () => {
  let platform: ProductPlatform;
  let alice: Person;
  let categoryId: string;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct({
      ...{ IMPORT_MAX_BYTES: '300000', IMPORT_MAX_ROWS: '1200', IMPORT_STALL_MS: '400' },
      IMPORT_USER_CONCURRENCY: '2',
    });
    alice = await platform.buyer();
    const { body } = await platform.call('POST', '/v1/categories', { token: platform.staff.token, body: { name: 'Tea' } });
    categoryId = body.data.id;
  });
  after(() => platform.stop());

  type Sending = { type?: string; key?: string; who?: Person; query?: string; headers?: Record<string, string> };
  const send = (file: string, { type = CSV, key = newId(), who = platform.staff, query = '', headers = {} }: Sending = {}) =>
    platform.call('POST', `/v1/products/import${query}`, {
      token: who.token,
      body: file,
      headers: { 'content-type': type, 'idempotency-key': key, ...headers },
    });
  const sku = (): string => `S-${newId().slice(-12)}`;
  const lines = (...rows: unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const tea = (fields: Record<string, unknown> = {}): Record<string, unknown> & { sku: string } => ({
    sku: sku(),
    name: 'Tea',
    priceMinor: 250,
    categoryId,
    ...fields,
  });
  const bySku = async (wanted: string) => {
    const [row] = await platform.database.db('products').where({ sku: wanted });
    return row as Record<string, unknown> | undefined;
  };
  const movementsOf = async (wanted: string): Promise<[string, number][]> => {
    const rows = (await platform.database
      .db('stock_movements')
      .join('products', 'products.id', 'product_id')
      .where({ sku: wanted })
      .orderBy('stock_movements.id')
      .select('reason', 'delta')) as { reason: string; delta: number }[];
    return rows.map(({ reason, delta }) => [reason, delta]);
  };
  const rowsOf = async (importId: string, query = '') =>
    (await platform.call('GET', `/v1/product-imports/${importId}/rows${query}`, { token: platform.staff.token })).body;

  describe('POST /v1/products/import', () => {
    it('requires authentication and staff', async () => {
      const path = '/v1/products/import';
      expect((await platform.call('POST', path, { body: 'sku\n', headers: { 'content-type': CSV } })).status).to.equal(401);
      expect((await send('sku\nA\n', { who: alice })).status).to.equal(403);
      for (const read of [`imports/${newId()}`, `imports/${newId()}/rows`, 'export']) {
        expect((await platform.call('GET', `/v1/products/${read}`)).status).to.equal(401);
        expect((await platform.call('GET', `/v1/products/${read}`, { token: alice.token })).status).to.equal(403);
      }
    });

    it('rejects a request or a file that cannot be imported at all', async () => {
      const row = lines(tea());
      const cases: [string, number, string, () => Promise<{ body: unknown }>][] = [
        ['no key', 400, 'IDEMPOTENCY_KEY_REQUIRED', () => send(row, { type: NDJSON, key: '' })],
        ['JSON', 415, 'UNSUPPORTED_MEDIA_TYPE', () => send('{}', { type: 'application/json' })],
        ['another charset', 415, 'UNSUPPORTED_MEDIA_TYPE', () => send(row, { type: `${CSV}; charset=windows-1252` })],
        [
          'a compressed file',
          415,
          'UNSUPPORTED_MEDIA_TYPE',
          () => send(row, { type: NDJSON, headers: { 'content-encoding': 'gzip' } }),
        ],
        ['UTF-16', 415, 'UNSUPPORTED_MEDIA_TYPE', () => sendBytes(Buffer.from('\uFEFFsku\tname\n', 'utf16le'))],
        ['no rows', 422, 'VALIDATION_FAILED', () => send('sku,name\n')],
        ['an empty file', 422, 'VALIDATION_FAILED', () => send('\n', { type: NDJSON })],
        ['an unknown column', 422, 'VALIDATION_FAILED', () => send('sku,colour\nA,red\n')],
        ['a column twice', 422, 'VALIDATION_FAILED', () => send('sku,name,name\nA,a,b\n')],
        ['no SKU among the columns', 422, 'VALIDATION_FAILED', () => send('name,priceMinor\nTea,1\n')],
        ['an unknown parameter', 422, 'VALIDATION_FAILED', () => send(row, { type: NDJSON, query: '?stock=guess' })],
        ['too many bytes', 413, 'PAYLOAD_TOO_LARGE', () => send(`sku,name\n${'x'.repeat(300_000)}`)],
        [
          'too many rows',
          413,
          'PAYLOAD_TOO_LARGE',
          () => send(`sku\n${Array.from({ length: 1_201 }, (_, n) => `R${n}`).join('\n')}\n`),
        ],
        ['too many empty rows', 413, 'PAYLOAD_TOO_LARGE', () => send(`sku,name\n${',\n'.repeat(1_201)}A,Tea\n`)],
        ['too many empty lines', 413, 'PAYLOAD_TOO_LARGE', () => send('\n'.repeat(1_201), { type: NDJSON })],
      ];
      for (const [what, status, code, answer] of cases) expect((await answer()).body, what).to.include({ status, code });
    });

    const sendBytes = async (bytes: Buffer): Promise<{ body: unknown }> => {
      const request = open(newId(), bytes.length);
      request.end(bytes);
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      return { body: JSON.parse(Buffer.concat(await response.toArray()).toString()) as unknown };
    };
    const open = (key: string, length?: number): ClientRequest =>
      httpRequest({
        port: platform.service.port(),
        method: 'POST',
        path: '/v1/products/import',
        headers: {
          authorization: `Bearer ${platform.staff.token}`,
          'content-type': CSV,
          'idempotency-key': key,
          ...(length === undefined ? {} : { 'content-length': length }),
        },
      });

    it('creates and changes products by SKU and reports each row, in NDJSON', async () => {
      const [old, fresh] = [tea(), tea({ stock: 7, lowStockThreshold: 2, imageUrl: 'https://img.example/tea.png' })];
      await send(lines(old), { type: NDJSON });
      const file = lines({ sku: old.sku, priceMinor: 300 }, fresh, { sku: old.sku.replace('S', 'T') }, tea({ priceMinor: -1 }));
      const { status, body, headers } = await send(file, { type: NDJSON });
      expect(status).to.equal(201);
      expect(body.data).to.include({ status: 'done', rows: 4, created: 1, updated: 1, unchanged: 0, refused: 2 });
      expect(body.data.refusals.map(({ row, code }: { row: number; code: string }) => [row, code])).to.deep.equal([
        [3, 'VALIDATION_FAILED'],
        [4, 'VALIDATION_FAILED'],
      ]);
      expect(body.data.refusals[0].errors.map(({ path }: { path: string }) => path)).to.deep.equal([
        'name',
        'priceMinor',
        'categoryId',
      ]);
      expect(await bySku(old.sku)).to.include({ price_minor: 300, name: 'Tea', version: 2, stock: 0 });
      expect(await bySku(fresh.sku)).to.include({ stock: 7, low_stock_threshold: 2, image_url: fresh['imageUrl'], version: 1 });
      expect(await movementsOf(fresh.sku)).to.deep.equal([['opening', 7]]);
      const report = await platform.call('GET', String(headers.get('location')), { token: platform.staff.token });
      expect(report.body.data.map(({ row, outcome }: { row: number; outcome: string }) => [row, outcome])).to.deep.equal([
        [1, 'updated'],
        [2, 'created'],
        [3, 'refused'],
        [4, 'refused'],
      ]);
      expect((await rowsOf(body.data.id, '?outcome=created')).data).to.deep.include({
        row: 2,
        outcome: 'created',
        sku: fresh.sku,
        productId: await idOf(fresh.sku),
      });
    });

    const idOf = async (wanted: string): Promise<string> => {
      const { id } = (await bySku(wanted)) as { id: Buffer };
      const hex = id.toString('hex');
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
    };

    it('reports the fault of each invalid row, and imports the others', async () => {
      const [first, last] = [sku(), sku()];
      const file = [
        'sku,name,priceMinor,categoryId,stock',
        `${first},Tea,100,${categoryId},5`,
        `=cmd,Tea,100,${categoryId},5`,
        `_cmd!,Tea,100,${categoryId},5`,
        `${sku()},Tea,12.50,${categoryId},5`,
        `${sku()},Tea,free,${categoryId},5`,
        `${sku()},Tea,100,${newId()},5`,
        `${sku()},Tea,100,${categoryId},-1`,
        `${sku()},Tea,100`,
        `${sku()},Tea,100,${categoryId},5,6`,
        `${sku()},T\uFFFD,100,${categoryId},5`,
        `${first},Another tea,200,${categoryId},9`,
        ',,,,',
        `${last},"Tea, ""green"" and black",100,${categoryId},`,
        '',
      ].join('\n');
      const { body } = await send(file);
      expect(body.data).to.include({ rows: 12, created: 2, refused: 10 });
      expect(body.data.refusals.map(({ row, code }: { row: number; code: string }) => [row, code])).to.deep.equal([
        [2, 'VALIDATION_FAILED'],
        [3, 'VALIDATION_FAILED'],
        [4, 'VALIDATION_FAILED'],
        [5, 'VALIDATION_FAILED'],
        [6, 'CATEGORY_NOT_FOUND'],
        [7, 'VALIDATION_FAILED'],
        [8, 'MALFORMED_ROW'],
        [9, 'MALFORMED_ROW'],
        [10, 'NOT_UTF8'],
        [11, 'DUPLICATE_ROW'],
      ]);
      expect(body.data.refusals.at(-1)).to.deep.include({
        sku: first,
        errors: [{ path: 'sku', message: 'row 1 has the same product' }],
      });
      expect(await bySku(first)).to.include({ name: 'Tea', stock: 5 });
      expect(await bySku(last)).to.include({ name: 'Tea, "green" and black', stock: 0 });
    });

    it('reports the line of invalid JSON, and imports the others', async () => {
      const good = tea();
      const { body } = await send(
        `${lines(good)}{"sku": \n[1]\n"tea"\nnull\n\n${lines(tea({ colour: 'green' }), tea({ stock: '5' }))}`,
        { type: NDJSON },
      );
      expect(body.data).to.include({ created: 1, refused: 6 });
      expect(body.data.refusals.map(({ code }: { code: string }) => code)).to.deep.equal([
        ...Array(4).fill('MALFORMED_ROW'),
        ...Array(2).fill('VALIDATION_FAILED'),
      ]);
    });

    it('rejects an unreadable row, and imports the rows after it', async () => {
      const [first, second, third, last] = [sku(), sku(), sku(), sku()];
      const rest = `1,${categoryId}`;
      const { body } = await send(
        `sku,name,priceMinor,categoryId\n${first},Tea,${rest}\n${second},"Tea,${rest}\n${third},${'x'.repeat(130_000)},${rest}\n${last},Tea,${rest}\n`,
      );
      expect(body.data).to.include({ status: 'done', rows: 4, created: 2, refused: 2 });
      expect(body.data.refusals.map(({ row, code }: { row: number; code: string }) => [row, code])).to.deep.equal([
        [2, 'UNREADABLE'],
        [3, 'UNREADABLE'],
      ]);
      const [open, long] = body.data.refusals.map(({ errors }: { errors: { message: string }[] }) => errors[0]?.message);
      expect(open).to.match(/^line 3 opens a quote that is not closed/);
      expect(long).to.equal('line 4 has a row of more than 128000 bytes');
      expect(await bySku(second)).to.equal(undefined);
      expect(await bySku(last)).to.include({ name: 'Tea' });
    });

    for (const [what, separator, prefix] of [
      ["Excel's BOM and semicolons", ';', '\uFEFF'],
      ['a sep= line', ';', 'sep=;\r\n'],
      ['a BOM, a sep= line and tabs', '\t', '\uFEFFsep=\t\r\n'],
      ['tabs', '\t', ''],
    ] as const) {
      it(`imports a file with ${what} and CR LF line ends`, async () => {
        const name = sku();
        const rows = [
          ['sku', '"name"', 'priceMinor', 'categoryId', 'description'],
          [name, `"Käse, ""alt"""`, '1999', categoryId, `"größer${separator}"`],
        ];
        const { body } = await send(prefix + rows.map((row) => `${row.join(separator)}\r\n`).join(''));
        expect(body.data, JSON.stringify(body)).to.include({ created: 1, refused: 0 });
        expect(await bySku(name)).to.include({ name: 'Käse, "alt"', price_minor: 1_999, description: `größer${separator}` });
      });
    }

    it('changes nothing, and reports it, if the same file is sent under another key', async () => {
      const file = lines(tea({ stock: 4 }), tea({ description: 'green', status: 'active' }));
      expect((await send(file, { type: NDJSON })).body.data).to.include({ created: 2 });
      const again = await send(file, { type: NDJSON });
      expect(again.status).to.equal(201);
      expect(again.body.data).to.include({ created: 0, updated: 0, unchanged: 2 });
    });

    it('replays the same file under its key, and rejects another file', async () => {
      const key = newId();
      const file = lines(tea({ stock: 4 }), tea());
      const first = await send(file, { type: NDJSON, key });
      const again = await send(file, { type: NDJSON, key });
      expect(again.status).to.equal(200);
      expect(again.headers.get('idempotent-replayed')).to.equal('true');
      expect(again.body).to.deep.equal(first.body);
      for (const other of [
        await send(file + lines(tea()), { type: NDJSON, key }),
        await send(file.split('\n')[0] ?? '', { type: NDJSON, key }),
        await send(file.replace('250', '251'), { type: NDJSON, key }),
        await send(file, { type: NDJSON, key, query: '?stock=count' }),
      ]) {
        expect(other.body).to.include({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
      }
      expect((await send(file, { type: NDJSON, key, who: platform.admin })).status).to.equal(201);
    });

    it('imports once if the same file is sent several times at once', async () => {
      const key = newId();
      const rows = Array.from({ length: 700 }, () => tea({ stock: 3 }));
      const answers = await Promise.all(Array.from({ length: 2 }, () => send(lines(...rows), { type: NDJSON, key })));
      expect(answers.map(({ status }) => status)).to.have.members([200, 201]);
      for (const { body } of answers) expect(body.data).to.include({ status: 'done', rows: 700, created: 700, refused: 0 });
      expect(await movementsOf(rows.at(-1)?.sku ?? '')).to.deep.equal([['opening', 3]]);
    });

    it('imports two concurrent files with the same products, each row completely', async () => {
      const rows = Array.from({ length: 600 }, () => tea({ stock: 1 }));
      const files = [rows, rows.toReversed()].map((all, index) =>
        lines(...all.map((row) => ({ ...row, priceMinor: 100 + index }))),
      );
      const answers = await Promise.all(files.map((file) => send(file, { type: NDJSON })));
      for (const { body } of answers) expect(body.data, JSON.stringify(body)).to.include({ rows: 600, refused: 0 });
      expect(answers.reduce((sum, { body }) => sum + body.data.created, 0)).to.equal(600);
    });

    it('keeps the committed rows if the connection breaks, none partly, and continues under the same key', async () => {
      const key = newId();
      const skus = Array.from({ length: 800 }, sku);
      const text = `sku,name,priceMinor,categoryId,stock\n${skus.map((one) => `${one},Tea,100,${categoryId},2\n`).join('')}`;
      const cutAt = text.indexOf(skus[650] ?? '') + 5;
      const request = open(key, Buffer.byteLength(text));
      request.on('error', () => {});
      request.write(text.slice(0, cutAt));
      const stored = () =>
        platform.database
          .db('imports')
          .where({ idempotency_key: Buffer.from(key) })
          .first();
      await eventually(async () => expect((await stored())?.rows_done).to.equal(500));
      request.destroy();
      expect(await platform.database.db('products').whereIn('sku', skus)).to.have.length(500);
      expect(await bySku(String(skus[650]))).to.equal(undefined);
      const other = await send(text.replace(`${skus[3]},Tea`, `${skus[3]},Coffee`), { key });
      expect(other.body).to.include({ code: 'IDEMPOTENCY_KEY_REUSED' });
      const bought = await platform.buy(alice, [{ productId: await idOf(String(skus[3])), quantity: 1 }]);
      expect(bought.status).to.equal(202);
      const { body } = await send(text, { key });
      expect(body.data).to.include({ status: 'done', rows: 800, created: 800, updated: 0, refused: 0 });
      expect(await movementsOf(String(skus[3]))).to.deep.equal([
        ['opening', 2],
        ['sale', -1],
      ]);
      expect(await movementsOf(String(skus[799]))).to.deep.equal([['opening', 2]]);
      expect((await rowsOf(body.data.id, '?limit=100')).data).to.have.length(100);
    });

    it('aborts a stalled upload with 408, and imports the file when it is sent again', async () => {
      const key = newId();
      const request = open(key);
      const text = `sku,name,priceMinor,categoryId\n${sku()},Tea,1,${categoryId}\n`;
      request.write(text.slice(0, 60));
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      expect(response.statusCode).to.equal(408);
      expect(Buffer.concat(await response.toArray()).toString()).to.include('REQUEST_TIMEOUT');
      request.destroy();
      expect((await send(text, { key })).body.data).to.include({ created: 1 });
    });

    it('keeps the stock by default, and posts the difference with stock=count', async () => {
      const row = tea({ stock: 10 });
      await send(lines(row), { type: NDJSON });
      expect((await send(lines({ sku: row.sku, stock: 3 }), { type: NDJSON })).body.data).to.include({ unchanged: 1 });
      const counted = await send(lines({ sku: row.sku, stock: 3 }), { type: NDJSON, query: '?stock=count' });
      expect(counted.body.data).to.include({ updated: 1 });
      expect(await bySku(row.sku)).to.include({ stock: 3, version: 1 });
      expect(await movementsOf(row.sku)).to.deep.equal([
        ['opening', 10],
        ['correction', -7],
      ]);
    });

    it('does not overwrite an edit made after the export of the row', async () => {
      const row = tea();
      await send(lines(row), { type: NDJSON });
      await send(lines({ sku: row.sku, name: 'Green tea', version: 1 }), { type: NDJSON });
      const { body } = await send(lines({ sku: row.sku, name: 'Black tea', version: 1 }), { type: NDJSON });
      expect(body.data.refusals[0]).to.include({ code: 'PRECONDITION_FAILED' });
      expect(await bySku(row.sku)).to.include({ name: 'Green tea', version: 2 });
    });

    it('does not change the prices of existing purchases', async () => {
      const row = tea({ stock: 5 });
      await send(lines(row), { type: NDJSON });
      const bought = await platform.buy(alice, [{ productId: await idOf(row.sku), quantity: 2 }]);
      await send(lines({ sku: row.sku, name: 'Dearer tea', priceMinor: 900 }), { type: NDJSON });
      expect(await platform.purchase(alice, bought.body.data.id)).to.deep.include({
        totalMinor: 500,
        items: bought.body.data.items,
      });
      expect((await platform.buy(alice, [{ productId: await idOf(row.sku), quantity: 1 }])).body.data).to.include({
        totalMinor: 900,
      });
    });

    it('writes audit entries with the user and the rows', async () => {
      const { body } = await send(lines(tea()), { type: NDJSON });
      const log = await platform.call('GET', `/v1/product/audit-log?subject=${body.data.id}`, { token: platform.admin.token });
      expect(
        log.body.data.map(({ action, actorId, after }: Record<string, unknown>) => ({ action, actorId, after })),
      ).to.deep.equal([
        {
          action: 'product.import',
          actorId: platform.staff.id,
          after: { rows: '1-1', created: 1, updated: 0, unchanged: 0, refused: 0 },
        },
      ]);
    });
  });

  describe('GET /v1/products/export', () => {
    const take = (query: string, accept = '*/*') =>
      fetch(`http://127.0.0.1:${platform.service.port()}/v1/products/export${query}`, {
        headers: { authorization: `Bearer ${platform.staff.token}`, accept },
      });

    it('exports each format by parameter or Accept header, and answers 406 for others', async () => {
      const typeOf = async (...args: [string, string?]) => (await take(...args)).headers.get('content-type');
      expect(await typeOf('')).to.equal('text/csv; charset=utf-8');
      expect(await typeOf('', NDJSON)).to.equal('application/x-ndjson; charset=utf-8');
      expect(await typeOf('?format=csv', NDJSON)).to.equal('text/csv; charset=utf-8');
      expect((await take('', 'application/pdf')).status).to.equal(406);
      expect((await take('?format=xlsx')).status).to.equal(422);
    });

    it('exports every product once, over several pages, and can filter by status', async () => {
      const lineCount = async (query: string) => (await (await take(query)).text()).trim().split('\n').length;
      const [{ count }] = (await platform.database.db('products').count('* AS count')) as [{ count: number }];
      expect(count).to.be.above(1_000);
      expect(await lineCount('?format=ndjson')).to.equal(count);
      expect(await lineCount('?format=ndjson&status=active')).to.equal(count);
    });
  });
});
