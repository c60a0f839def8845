import { newId } from '@florin/database';
import { expect } from 'chai';
import { type BulkClient, createBulkClient, NDJSON, type RowResult } from './bulk-client.ts';
import { type ProductPlatform, startProduct } from './product-platform.ts';

describe('an import', () => {
  let platform: ProductPlatform;
  let bulk: BulkClient;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct({ IMPORT_CONCURRENCY: '8', IMPORT_MAX_BAD_ROWS: '2000' });
    bulk = await createBulkClient(platform);
  });
  after(() => platform.stop());

  const staff = (method: string, path: string, body?: unknown) =>
    platform.call(method, path, { token: platform.staff.token, ...(body === undefined ? {} : { body }) });
  const makeCategory = async (name: string, parentId?: string): Promise<string> =>
    (await staff('POST', '/v1/categories', { name, ...(parentId && { parentId }) })).body.data.id;
  const productOf = async (sku: string) => (await staff('GET', `/v1/products?sku=${sku}`)).body.data[0];
  const shown = ({ outcome, code = '', errors = [] }: RowResult): string =>
    [outcome, code, ...errors.map(({ path, message }) => `${path}: ${message}`)].filter((text) => text !== '').join(' ');
  const countOf = async (table: string): Promise<number> => {
    const [row] = (await platform.database.db(table).count('* AS count')) as { count: number }[];
    return Number(row?.count);
  };

  describe('with the column category', () => {
    const row = (sku: string, category: string): string => `${sku},Shirt,100,"${category}"\n`;
    const header = 'sku,name,priceMinor,category\n';

    it('finds categories by path, by name, and several of them', async () => {
      const top = await makeCategory('Clothing');
      const shirts = await makeCategory('Shirts', top);
      const sale = await makeCategory('Sale; really');
      const [a, b, c, d] = [bulk.newSku(), bulk.newSku(), bulk.newSku(), bulk.newSku()];
      const rows = await bulk.rows(
        header +
          row(a, 'Clothing > Shirts') +
          row(b, 'SHIRTS') +
          row(c, String.raw`clothing>shirts; Sale\; really`) +
          row(d, 'Clothing'),
      );
      expect(rows.map(shown)).to.deep.equal(['created', 'created', 'created', 'created']);
      expect(await productOf(a)).to.deep.include({ categoryId: shirts, categoryIds: [shirts] });
      expect(await productOf(b)).to.deep.include({ categoryIds: [shirts] });
      expect(await productOf(c)).to.deep.include({ categoryIds: [shirts, sale] });
      expect(await productOf(d)).to.deep.include({ categoryIds: [top] });
      const again = await bulk.rows(header + row(a, 'Shirts') + row(b, 'Clothing'));
      expect(again.map(shown)).to.deep.equal(['unchanged', 'updated']);
    });

    it('rejects a name that is unknown, shared or empty, and a contradiction, in their rows alone', async () => {
      const [one, other] = [await makeCategory('Indoors'), await makeCategory('Outdoors')];
      const lamps = await makeCategory('Lamps', one);
      await makeCategory('Lamps', other);
      const rows = await bulk.rows(
        [
          'sku,name,priceMinor,categoryId,category\n',
          `${bulk.newSku()},Lamp,100,,Lamps\n`,
          `${bulk.newSku()},Lamp,100,,Indoors > Tables\n`,
          `${bulk.newSku()},Lamp,100,,Indoors >\n`,
          `${bulk.newSku()},Lamp,100,${one},Indoors > Lamps\n`,
          `${bulk.newSku()},Lamp,100,${lamps},Indoors > Lamps\n`,
          `${bulk.newSku()},Lamp,100,,${Array.from({ length: 11 }, () => 'x').join('>')}\n`,
        ].join(''),
        { query: '?createCategories=false' },
      );
      expect(rows.map(shown)).to.deep.equal([
        'refused CATEGORY_NOT_FOUND category: several categories have the name "Lamps": write the path from the top, such as A > Lamps',
        'refused CATEGORY_NOT_FOUND category: there is no category "Indoors > Tables"',
        'refused VALIDATION_FAILED category: category must have a name between each two > or ;',
        'refused VALIDATION_FAILED category: category names other categories than categoryId or categoryIds: remove one of them',
        'created',
        `refused CATEGORY_NOT_FOUND category: there is no category "${Array.from({ length: 11 }, () => 'x').join(' > ')}"`,
      ]);
    });

    it('creates missing categories with createCategories=true, once, with an audit entry', async () => {
      const stem = newId().slice(-8);
      const path = `Books ${stem} > Crime ${stem}`;
      const [a, b] = [bulk.newSku(), bulk.newSku()];
      const file =
        header +
        row(a, path) +
        row(b, `${path.toUpperCase()}; Gifts ${stem}`) +
        row(bulk.newSku(), Array(11).fill(stem).join('>'));
      const rows = await bulk.rows(file, { query: '?createCategories=true' });
      expect(rows.map(shown)).to.deep.equal([
        'created',
        'created',
        'refused CATEGORY_NOT_FOUND category: At most 10 levels are allowed; the change would make 11.',
      ]);
      const [crime] = (await staff('GET', `/v1/categories?path=${encodeURIComponent(path)}`)).body.data;
      const [gifts] = (await staff('GET', `/v1/categories?name=${encodeURIComponent(`Gifts ${stem}`)}`)).body.data;
      expect(await productOf(a)).to.deep.include({ categoryIds: [crime.id] });
      expect(await productOf(b)).to.deep.include({ categoryIds: [crime.id, gifts.id] });
      const log = await platform.database.db('audit_log').where({ action: 'category.create', subject: crime.id });
      expect(log).to.have.length(1);
    });

    it('creates a category once for concurrent files', async () => {
      const stem = newId().slice(-8);
      const file = () => header + row(bulk.newSku(), `Rush ${stem} > Hour`);
      const results = await Promise.all(Array.from({ length: 4 }, () => bulk.rows(file(), { query: '?createCategories=true' })));
      expect(results.flat().map(shown)).to.deep.equal(['created', 'created', 'created', 'created']);
      expect((await staff('GET', `/v1/categories?path=Rush%20${stem}`)).body.data).to.have.length(1);
    });

    it('knows the option in the key: the file with another is another request', async () => {
      const key = newId();
      const file = header + row(bulk.newSku(), 'Nowhere');
      await bulk.send(file, { key });
      expect((await bulk.send(file, { key, query: '?createCategories=true' })).body).to.include({
        code: 'IDEMPOTENCY_KEY_REUSED',
      });
    });
  });

  describe('with the column categoryIds', () => {
    it('replaces the further categories; categoryId alone replaces the main one', async () => {
      const [one, two, three] = [await makeCategory(newId()), await makeCategory(newId()), await makeCategory(newId())];
      const sku = bulk.newSku();
      const of = async (columns: string, cells: string): Promise<string> =>
        shown((await bulk.rows(`sku,name,priceMinor,${columns}\n${sku},Vase,100,${cells}\n`))[0] as RowResult);
      expect(await of('categoryIds', `"${one},${two}"`)).to.equal('created');
      expect(await productOf(sku)).to.deep.include({ categoryId: one, categoryIds: [one, two] });
      expect(await of('categoryId,categoryIds', `${three},"${one},${two}"`), 'as staff edit an export').to.equal('updated');
      expect(await productOf(sku)).to.deep.include({ categoryIds: [three, two] });
      expect(await of('categoryId,categoryIds', `${three},"${one} , ${three}"`)).to.equal('updated');
      expect(await productOf(sku)).to.deep.include({ categoryId: one, categoryIds: [one, three] });
      expect(await of('categoryId,categoryIds', `${two},${three}`)).to.equal(
        'refused VALIDATION_FAILED categoryId: categoryId must be the first of categoryIds, or be left out',
      );
      expect(await of('categoryIds', `"${one},${newId()}"`)).to.match(
        /^refused CATEGORY_NOT_FOUND categoryIds: there is no category/,
      );
      expect(await of('categoryIds', `"${one},${one}"`)).to.match(/^refused VALIDATION_FAILED/);
      const line = JSON.stringify({ sku, categoryIds: [two, one] });
      expect((await bulk.rows(`${line}\n`, { type: NDJSON })).map(shown)).to.deep.equal(['updated']);
      expect(await productOf(sku)).to.deep.include({ categoryId: two, categoryIds: [two, one] });
      for (const list of [[1], [{}], [], null, 'x', Array.from({ length: 21 }, () => newId())]) {
        const [row] = await bulk.rows(`${JSON.stringify({ sku, categoryIds: list })}\n`, { type: NDJSON });
        expect(shown(row as RowResult)).to.match(/^refused VALIDATION_FAILED categoryIds/);
      }
    });
  });

  describe('with the column stockDelta', () => {
    const send = async (cells: string, query = '', columns = 'stockDelta'): Promise<RowResult> => {
      const file = `sku,name,priceMinor,categoryId,${columns}\n${cells}\n`;
      return (await bulk.rows(file, { query }))[0] as RowResult;
    };
    const cells = (sku: string, delta: string): string => `${sku},Cup,100,${bulk.categoryId},${delta}`;

    it('opens the stock of a new product, and moves that of an existing one by a correction', async () => {
      const sku = bulk.newSku();
      expect(shown(await send(cells(sku, '7')))).to.equal('created');
      for (const [delta, after] of [
        ['+5', 12],
        ['-3', 9],
        ["'-2", 7],
      ] as const) {
        const row = await send(cells(sku, delta));
        expect(row).to.deep.include({ outcome: 'updated', stock: { before: after - Number(delta.replace("'", '')), after } });
      }
      expect(shown(await send(cells(sku, '0')))).to.equal('unchanged');
      expect(shown(await send(cells(sku, '')))).to.equal('unchanged');
      const { id } = await productOf(sku);
      const { data } = (await staff('GET', `/v1/products/${id}/stock-movements`)).body;
      expect(data.map(({ delta, reason }: { delta: number; reason: string }) => `${reason} ${delta}`)).to.deep.equal([
        'correction -2',
        'correction -3',
        'correction 5',
        'opening 7',
      ]);
    });

    it('rejects stock below zero, other numbers, and stock beside it', async () => {
      const sku = bulk.newSku();
      await send(cells(sku, '7'));
      expect(shown(await send(cells(sku, '-8')))).to.equal(
        'refused VALIDATION_FAILED stockDelta: stockDelta would leave -1 units: there are 7',
      );
      expect(shown(await send(cells(bulk.newSku(), '-1')))).to.match(/^refused VALIDATION_FAILED stockDelta/);
      for (const delta of ['1.5', '1e3', '--1', '+', '1 000', '2000000000000'])
        expect(shown(await send(cells(sku, delta))), delta).to.match(/^refused VALIDATION_FAILED stockDelta: stockDelta must/);
      const both = `sku,name,priceMinor,categoryId,stock,stockDelta`.slice('sku,name,priceMinor,categoryId,'.length);
      expect(shown(await send(cells(sku, '9,1'), '?stock=count', both))).to.match(
        /^refused VALIDATION_FAILED stockDelta: stock sets/,
      );
      expect(shown(await send(cells(bulk.newSku(), '9,1'), '', both))).to.match(
        /^refused VALIDATION_FAILED stockDelta: stock sets/,
      );
      expect((await send(cells(sku, '9,1'), '', both)).stock, 'stock is the opening stock of new products').to.deep.equal({
        before: 7,
        after: 8,
      });
    });
  });

  describe('with dryRun=true', () => {
    it('answers what would happen, row by row, and writes nothing', async () => {
      const [known, added] = [bulk.newSku(), bulk.newSku()];
      await platform.product({ sku: known, name: 'Cup', priceMinor: 100, stock: 3, categoryId: bulk.categoryId });
      const stem = newId().slice(-8);
      const file = [
        'sku,name,priceMinor,category,stockDelta\n',
        `${known},Mug,100,,2\n`,
        `${added},Jug,100,Jugs ${stem} > Glass,4\n`,
        `${bulk.newSku()},,100,Jugs ${stem},\n`,
        `${added},Jug,100,,\n`,
      ].join('');
      const tables = ['audit_log', 'categories', 'category_ancestors', 'import_rows', 'imports', 'products', 'stock_movements'];
      const counts = () => Promise.all(tables.map(countOf));
      const before = await counts();
      const key = newId();
      const query = '?createCategories=true';
      const { status, body } = await bulk.send(file, { key, query: `${query}&dryRun=true` });
      expect(status).to.equal(200);
      expect(body.data).to.include({ dryRun: true, status: 'done', rows: 4, created: 1, updated: 1, unchanged: 0, refused: 2 });
      const results = body.data.results as RowResult[];
      expect(results.map(({ row, outcome }) => `${row} ${outcome}`)).to.deep.equal([
        '1 updated',
        '2 created',
        '3 refused',
        '4 refused',
      ]);
      expect(results[0]).to.deep.include({ sku: known, stock: { before: 3, after: 5 } });
      expect(results[1]).not.to.have.property('productId');
      expect(body.data.refusals).to.deep.equal(results.slice(2));
      expect(await counts()).to.deep.equal(before);
      expect((await staff('GET', `/v1/product-imports/${body.data.id}`)).status).to.equal(404);
      expect((await bulk.send(file, { key, query: `${query}&dryRun=true` })).headers.get('idempotent-replayed')).to.equal(null);
      const real = await bulk.rows(file, { key, query });
      expect(real.map(({ outcome }) => outcome)).to.deep.equal(results.map(({ outcome }) => outcome));
      expect(real[2]).to.deep.equal(results[2]);
      expect(await productOf(added)).to.include({ stock: 4 });
    });

    it('shows 10,000 rows at most, and counts all', async () => {
      const rows = Array.from({ length: 10_050 }, (_, index) => `"D-${index}",Cup,100,${bulk.categoryId}\n`);
      const { body } = await bulk.send(`sku,name,priceMinor,categoryId\n${rows.join('')}`, { query: '?dryRun=true' });
      expect(body.data).to.include({ rows: 10_050, created: 10_050 });
      expect(body.data.results).to.have.length(10_000);
    });

    it('answers the errors of a file as an import does', async () => {
      expect((await bulk.send('sku,colour\nA,red\n', { query: '?dryRun=true' })).body).to.include({ status: 422 });
      expect((await bulk.send('sku,name\n', { query: '?dryRun=true' })).body).to.include({ status: 422 });
      const bad = Array.from({ length: 2_001 }, () => 'A\n').join('');
      expect((await bulk.send(`sku,name\n${bad}`, { query: '?dryRun=true' })).body).to.include({ code: 'TOO_MANY_BAD_ROWS' });
    });
  });

  describe('GET /v1/product-imports/:id/rows?format=csv&outcome=rejected', () => {
    const rejectedOf = async (importId: string): Promise<{ text: string; headers: Headers }> => {
      const address = `http://127.0.0.1:${platform.service.port()}/v1/product-imports/${importId}/rows?format=csv&outcome=rejected`;
      const response = await fetch(address, { headers: { authorization: `Bearer ${platform.staff.token}` } });
      expect(response.status).to.equal(200);
      return { text: Buffer.from(await response.arrayBuffer()).toString(), headers: response.headers };
    };

    it('gives the rejected rows back with their reason, safe for spreadsheets; corrected, they are imported', async () => {
      const [good, bad] = [bulk.newSku(), bulk.newSku()];
      const file = [
        'sku,name,description,priceMinor,categoryId,stock\n',
        `${good},Cup,,100,${bulk.categoryId},1\n`,
        `${bad},"=HYPERLINK(""x"")","two\nlines; =1+1",1.50,${bulk.categoryId},2\n`,
        `open,"quote\n`,
      ].join('');
      const sent = await bulk.send(file);
      expect(sent.body.data).to.include({ created: 1, refused: 2 });
      const { text, headers } = await rejectedOf(sent.body.data.id);
      expect(headers.get('content-type')).to.equal('text/csv; charset=utf-8');
      expect(headers.get('content-disposition')).to.equal('attachment; filename="rejected-rows.csv"');
      const [, reason] = /"(row 3: [^\n]*)"\n$/.exec(text) ?? [];
      expect(reason).to.match(/^row 3: (UNREADABLE|MALFORMED_ROW): line 5 /);
      expect(text).to.equal(
        [
          '\uFEFFsku,name,description,priceMinor,categoryId,stock,reason\n',
          `"${bad}","'=HYPERLINK(""x"")","two\nlines;' =1+1","1.50","${bulk.categoryId}","2",`,
          '"row 2: VALIDATION_FAILED: priceMinor must be digits 0 to 9 only, without sign, decimals, exponent, blanks or separators (it is ""1.50"")"\n',
          `"","","","","","","${reason}"\n`,
        ].join(''),
      );
      const corrected = text.replace('1.50', '150').replace(/\n"",.*\n$/, '\n');
      expect((await bulk.rows(corrected)).map(shown)).to.deep.equal(['created']);
      const { body } = await staff('GET', `/v1/products?sku=${bad}`);
      expect(body.data[0]).to.include({ name: '=HYPERLINK("x")', description: 'two\nlines; =1+1', priceMinor: 150 });
    });

    it('has all rejected rows, also those of NDJSON and of rows that are rejected by what is stored', async () => {
      const lines = Array.from({ length: 1_100 }, (_, index) => JSON.stringify({ sku: `R-${index}`, stock: 5, version: 2 }));
      const sent = await bulk.send(`${lines.join('\n')}\n`, { type: NDJSON });
      expect(sent.body.data).to.include({ refused: 1_100 });
      const { text } = await rejectedOf(sent.body.data.id);
      const [header, ...rows] = text.trimEnd().split('\n');
      expect(header).to.equal('\uFEFFsku,stock,version,reason');
      expect(rows).to.have.length(1_100);
      expect(rows[1_099]).to.match(/^"R-1099","5","2","row 1100: NOT_FOUND: there is no such product/);
    });

    it('requires outcome=rejected, and staff', async () => {
      const sent = await bulk.send('sku,name\nA,\n');
      const path = `/v1/product-imports/${sent.body.data.id}/rows`;
      for (const query of ['?format=csv', '?format=csv&outcome=created', '?format=xml'])
        expect((await staff('GET', `${path}${query}`)).status, query).to.equal(422);
      expect((await platform.call('GET', `${path}?format=csv&outcome=rejected`)).status).to.equal(401);
      const { token } = platform.stranger();
      expect((await platform.call('GET', `${path}?format=csv&outcome=rejected`, { token })).status).to.equal(403);
      expect((await staff('GET', `${path}?outcome=rejected`)).body.data).to.deep.equal(
        (await staff('GET', `${path}?outcome=refused`)).body.data,
      );
    });
  });
});
