import { newId } from '@florin/database';
import { expect } from 'chai';
import { type BulkClient, createBulkClient, NDJSON, type RowResult } from './bulk-client.ts';
import { type ProductPlatform, startProduct } from './product-platform.ts';

describe('rows of an imported file', () => {
  let platform: ProductPlatform;
  let bulk: BulkClient;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct({ IMPORT_CONCURRENCY: '8' });
    bulk = await createBulkClient(platform);
  });
  after(() => platform.stop());

  type Stored = { id: string; sku: string; version: number };
  const store = async (fields: Record<string, unknown> = {}): Promise<Stored> =>
    (await platform.product({
      sku: bulk.newSku(),
      name: 'Tea',
      priceMinor: 250,
      stock: 0,
      categoryId: bulk.categoryId,
      ...fields,
    })) as Stored & {
      name: string;
      stock: number;
    };
  const csv = (columns: string, ...rows: (readonly (string | number)[])[]): string =>
    `${columns}\n${rows.map((row) => `${row.join()}\n`).join('')}`;
  const ndjson = (...rows: unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const shown = ({ outcome, code, errors = [] }: RowResult): string[] => [
    outcome,
    code ?? '',
    errors.map(({ path }) => path).join(),
  ];
  const messageOf = ({ errors = [] }: RowResult): string => errors.map(({ message }) => message).join('; ');
  const countOf = async (where: Record<string, unknown>): Promise<number> => {
    const [row] = (await platform.database.db('products').where(where).count('* AS count')) as { count: number }[];
    return Number(row?.count);
  };

  describe('that a spreadsheet may have changed', () => {
    it('create no second product from an SKU without its leading zeros', async () => {
      const digits = `7${newId().replaceAll(/\D/g, '').slice(-8)}`;
      const [first, second] = [await store({ sku: `00${digits}` }), await store({ sku: `01${digits}` })];
      const rows = await bulk.rows(
        csv(
          'sku,id,name,priceMinor,categoryId,stock,version',
          [digits, first.id, 'Tea', 250, bulk.categoryId, 5, 1],
          [`1${digits}`, second.id, 'Tea', 250, bulk.categoryId, 5, 1],
        ),
      );
      expect(rows.map(shown)).to.deep.equal([
        ['refused', 'SKU_MISMATCH', 'sku'],
        ['refused', 'SKU_MISMATCH', 'sku'],
      ]);
      expect(messageOf(rows[0] as RowResult))
        .to.include(`"00${digits}"`)
        .and.to.include('removed its leading zeros');
      expect(await bulk.bySku(digits)).to.equal(undefined);
    });

    it('create none from a file without ids and versions either', async () => {
      const digits = `7${newId().replaceAll(/\D/g, '').slice(-8)}`;
      await store({ sku: `00${digits}` });
      const file = csv('sku,name,priceMinor,categoryId', [digits, 'Tea', 250, bulk.categoryId]);
      const [row] = await bulk.rows(file);
      expect(shown(row as RowResult)).to.deep.equal(['refused', 'SKU_MISMATCH', 'sku']);
      const [programmed] = await bulk.rows(ndjson({ sku: digits, name: 'Tea', priceMinor: 250, categoryId: bulk.categoryId }), {
        type: NDJSON,
      });
      expect(programmed?.outcome).to.equal('created');
    });

    it('are rejected if the SKU is a number in scientific notation', async () => {
      const stored = await store();
      for (const sku of ['8.66901E+12', '"8,66901E+12"', '8.66901e+12', '1E+15', '5.0E-7']) {
        const rows = await bulk.rows(
          csv(
            'sku,id,name,priceMinor,categoryId,version',
            [sku, '', 'Tea', 250, bulk.categoryId, ''],
            [sku, '', 'Tea', 250, bulk.categoryId, ''],
            [sku, stored.id, 'Coffee', 250, bulk.categoryId, 1],
          ),
        );
        expect(rows.map(shown), sku).to.deep.equal(Array(3).fill(['refused', 'VALIDATION_FAILED', 'sku']));
        expect(messageOf(rows[2] as RowResult)).to.include('scientific notation');
      }
      expect(await bulk.bySku(stored.sku)).to.include({ name: 'Tea', version: 1 });
    });

    it('do not overwrite each other if two SKUs became equal', async () => {
      const [first, second] = [await store(), await store()];
      const same = bulk.newSku();
      const rows = [
        [same, first.id, 'First'],
        [same, second.id, 'Second'],
      ];
      const file = csv('sku,id,name', ...rows);
      expect((await bulk.rows(file)).map(shown)).to.deep.equal(Array(2).fill(['refused', 'SKU_MISMATCH', 'sku']));
      expect((await bulk.rows(file, { query: '?skuMismatch=rename' })).map(shown)).to.deep.equal([
        ['updated', '', ''],
        ['refused', 'SKU_TAKEN', 'sku'],
      ]);
      expect(await bulk.bySku(second.sku)).to.include({ name: 'Tea' });
    });

    it('change the SKU with skuMismatch=rename, unless another product has it', async () => {
      const [first, second, third] = [await store(), await store({ sku: undefined }), await store()];
      const [a, b] = [bulk.newSku(), bulk.newSku()];
      const file = csv(
        'sku,id,name',
        [a, first.id, 'Tea'],
        [b, second.id, 'Tea'],
        [a, third.id, 'Tea'],
        [first.sku, third.id, 'Tea'],
      );
      const rows = await bulk.rows(file, { query: '?skuMismatch=rename' });
      expect(rows.map(shown)).to.deep.equal([
        ['updated', '', ''],
        ['updated', '', ''],
        ['refused', 'SKU_TAKEN', 'sku'],
        ['refused', 'DUPLICATE_ROW', 'sku'],
      ]);
      expect(await bulk.bySku(a)).to.include({ version: 2 });
      expect(await bulk.bySku(b)).to.include({ version: 2 });
      expect(await bulk.bySku(third.sku)).to.include({ version: 1 });
      expect((await bulk.rows(file, { query: '?skuMismatch=rename' })).map(({ outcome }) => outcome)).to.deep.equal([
        'unchanged',
        'unchanged',
        'refused',
        'refused',
      ]);
    });

    it('never create a product if they have an id or a version', async () => {
      const rest = ['Tea', 250, bulk.categoryId];
      const [stored, other] = [await store(), await store()];
      const rows = await bulk.rows(
        csv(
          'sku,id,version,name,priceMinor,categoryId',
          [bulk.newSku(), '', 1, ...rest],
          [bulk.newSku(), newId(), '', ...rest],
          [bulk.newSku(), newId(), 1, ...rest],
          ['', newId(), '', ...rest],
          ['', '', 1, ...rest],
          [stored.sku, newId(), '', ...rest],
          [other.sku, '', 7, 'Coffee', 250, bulk.categoryId],
        ),
      );
      expect(rows.map(shown)).to.deep.equal([
        ['refused', 'NOT_FOUND', 'sku'],
        ['refused', 'NOT_FOUND', 'id'],
        ['refused', 'NOT_FOUND', 'id'],
        ['refused', 'NOT_FOUND', 'id'],
        ['refused', 'NOT_FOUND', 'version'],
        ['refused', 'NOT_FOUND', 'id'],
        ['refused', 'PRECONDITION_FAILED', 'version'],
      ]);
    });

    it('ignore ids and versions with ids=ignore', async () => {
      const [known, fresh] = [await store(), bulk.newSku()];
      const rest = ['Coffee', 250, bulk.categoryId];
      const file = csv('sku,id,version,name,priceMinor,categoryId', [known.sku, 4711, 9, ...rest], [fresh, newId(), 3, ...rest]);
      expect((await bulk.rows(file, { query: '?ids=ignore' })).map(shown)).to.deep.equal([
        ['updated', '', ''],
        ['created', '', ''],
      ]);
      expect(await bulk.bySku(fresh)).to.include({ name: 'Coffee' });
    });

    it('of two concurrent files that give one SKU to two products, one is applied', async () => {
      const [first, second, sku] = [await store(), await store(), bulk.newSku()];
      const files = [first, second].map(({ id }) => bulk.rows(csv('sku,id', [sku, id]), { query: '?skuMismatch=rename' }));
      const rows = (await Promise.all(files)).flat();
      expect(rows.map(({ outcome }) => outcome)).to.have.members(['updated', 'refused']);
    });
  });

  describe('with various SKUs', () => {
    it('create products with spaces inside and around the SKU, in any script, and find them again', async () => {
      const tail = newId().slice(-6);
      const skus = [`123456 Oaktree ${tail}`, `Größe/42-${tail}`, `茶 ${tail}`, `A&B (#1): ${tail}`, `-${tail}`, `+${tail}`];
      const rows = skus.map((sku) => [`"  ${sku} "`, 'Tea', 250, bulk.categoryId]);
      const file = csv('sku,name,priceMinor,categoryId', ...rows);
      expect((await bulk.rows(file)).map(({ outcome, sku }) => [outcome, sku])).to.deep.equal(
        skus.map((sku) => ['created', sku]),
      );
      expect((await bulk.rows(file)).map(({ outcome }) => outcome)).to.deep.equal(skus.map(() => 'unchanged'));
    });

    it('report the allowed characters of an SKU', async () => {
      const [row] = await bulk.rows(csv('sku,name,priceMinor,categoryId', ['a*b', 'Tea', 250, bulk.categoryId]));
      expect(messageOf(row as RowResult)).to.include('sku may have letters, digits, inner spaces and . _ - / + & # ( ) : ,');
    });

    for (const [type, file] of [
      ['text/csv', (name: string) => csv('sku,name,priceMinor,categoryId', ['', name, 250, bulk.categoryId])],
      [NDJSON, (name: string) => ndjson({ sku: null, name, priceMinor: 250, categoryId: bulk.categoryId })],
    ] as const) {
      it(`create products without an SKU if they have neither SKU nor id, in ${type}`, async () => {
        const name = `Tea ${newId()}`;
        const [row] = await bulk.rows(file(name), { type });
        expect(row).to.include({ outcome: 'created', sku: null });
        const key = newId();
        await bulk.rows(file(name), { type, key });
        await bulk.rows(file(name), { type, key });
        expect(await countOf({ name })).to.equal(2);
      });
    }
  });

  describe('with numbers', () => {
    const columns = ['priceMinor', 'stock', 'lowStockThreshold', 'version'];
    for (const text of [
      '20.00',
      '1299.00',
      '1e3',
      '+5',
      '"1,299"',
      ' 20',
      '20 ',
      '２０',
      '-5',
      '0x10',
      "'5",
      '٢٠',
      '1_000',
      '20€',
    ]) {
      it(`reject ${text} in every integer column, with the reason`, async () => {
        const stored = await store({ priceMinor: 20, stock: 20, lowStockThreshold: 20 });
        const rows = await Promise.all(
          columns.map((column) => bulk.rows(csv(`sku,${column}`, [stored.sku, text]), { query: '?stock=count' })),
        );
        for (const [index, [row]] of rows.entries()) {
          expect(shown(row as RowResult)).to.deep.equal(['refused', 'VALIDATION_FAILED', columns[index]]);
          expect(messageOf(row as RowResult)).to.include(`${columns[index]} must be digits 0 to 9 only`);
        }
        expect(await bulk.bySku(stored.sku)).to.include({ price_minor: 20, stock: 20, low_stock_threshold: 20 });
      });
    }

    it('accept only numbers written as integers in NDJSON', async () => {
      const stored = await store({ priceMinor: 20, stock: 20, lowStockThreshold: 20 });
      for (const column of columns) {
        for (const number of ['20.00', '2e1', '20.0e0', '"20"', '[20]', 'true', '-20', '20.5']) {
          const [row] = await bulk.rows(`{"sku": "${stored.sku}", "${column}" : ${number}}`, {
            type: NDJSON,
            query: '?stock=count',
          });
          expect(row?.outcome, `${column} ${number}`).to.equal('refused');
          expect(row?.errors?.[0]?.path).to.equal(column);
        }
      }
    });

    it('accept the maximum stock, and no more', async () => {
      const [most, more] = ['1000000000000', '1000000000001'];
      const stored = await store();
      const [row] = await bulk.rows(csv('sku,stock', [stored.sku, most]), { query: '?stock=count' });
      expect(row).to.deep.include({ outcome: 'updated', stock: { before: 0, after: 1_000_000_000_000 } });
      expect((await bulk.rows(csv('sku,stock', [stored.sku, more]), { query: '?stock=count' })).map(shown)).to.deep.equal([
        ['refused', 'VALIDATION_FAILED', 'stock'],
      ]);
      const created = await platform.call('POST', '/v1/products', {
        token: platform.staff.token,
        body: {
          name: 'Tea',
          priceMinor: 1,
          categoryId: bulk.categoryId,
          stock: 1_000_000_000_000,
          lowStockThreshold: 1_000_000_000_000,
        },
      });
      expect(created.status).to.equal(201);
    });

    it('convert a decimal price to minor units of the currency of the row', async () => {
      const cases = [
        ['19.99', 'EUR', 1_999],
        ['19.9', 'EUR', 1_990],
        ['"19,99"', 'EUR', 1_999],
        ['20', 'EUR', 2_000],
        ['1500', 'JPY', 1_500],
        ['1.250', 'KWD', 1_250],
        ['0', 'EUR', 0],
        ['007.50', 'EUR', 750],
        ['90071992547409.91', 'EUR', Number.MAX_SAFE_INTEGER],
        ['19.99', '', 1_999],
      ] as const;
      const skus = cases.map(() => bulk.newSku());
      const rows = cases.map(([price, currency], index) => [skus[index] ?? '', 'Tea', price, currency, bulk.categoryId]);
      await bulk.rows(csv('sku,name,price,currency,categoryId', ...rows));
      const stored = await Promise.all(skus.map(bulk.bySku));
      expect(stored.map((row) => row?.['price_minor'])).to.deep.equal(cases.map(([, , minor]) => minor));
    });

    it('reject an invalid price, and a price that differs from priceMinor', async () => {
      for (const [price, currency, minor = ''] of [
        ['19.999', 'EUR'],
        ['"1,299"', 'EUR'],
        ['"1.299,00"', 'EUR'],
        ['15.5', 'JPY'],
        ['"1,250"', 'KWD'],
        ['-5', 'EUR'],
        ['1e3', 'EUR'],
        ['19.', 'EUR'],
        ['.5', 'EUR'],
        ['€5', 'EUR'],
        ['90071992547409.92', 'EUR'],
        ['19.99', 'EUR', '20'],
      ]) {
        const file = csv('sku,name,price,currency,priceMinor,categoryId', [
          bulk.newSku(),
          'Tea',
          price ?? '',
          currency ?? '',
          minor,
          bulk.categoryId,
        ]);
        expect((await bulk.rows(file)).map(shown), price).to.deep.equal([['refused', 'VALIDATION_FAILED', 'price']]);
      }
      const agreeing = csv('sku,name,price,priceMinor,categoryId', [bulk.newSku(), 'Tea', '19.99', 1_999, bulk.categoryId]);
      expect((await bulk.rows(agreeing))[0]?.outcome).to.equal('created');
    });

    it('read a price in the currency of the existing product, and as text in NDJSON', async () => {
      const stored = await store({ currency: 'JPY', priceMinor: 100 });
      await bulk.rows(csv('sku,price', [stored.sku, 300]));
      expect(await bulk.bySku(stored.sku)).to.include({ price_minor: 300, currency: 'JPY' });
      expect((await bulk.rows(ndjson({ sku: stored.sku, price: 400 }), { type: NDJSON })).map(shown)).to.deep.equal([
        ['refused', 'VALIDATION_FAILED', 'price'],
      ]);
      expect((await bulk.rows(ndjson({ sku: stored.sku, price: '400' }), { type: NDJSON })).map(shown)).to.deep.equal([
        ['updated', '', ''],
      ]);
    });
  });

  describe('with empty cells', () => {
    const fields = { description: 'green', imageUrl: 'https://i.example/tea.png', lowStockThreshold: 3 };
    const columns = 'sku,name,description,priceMinor,currency,categoryId,imageUrl,stock,lowStockThreshold,status';
    const stored = { description: 'green', image_url: fields.imageUrl, low_stock_threshold: 3, version: 1 };

    it('leave a product unchanged', async () => {
      const { sku } = await store(fields);
      expect((await bulk.rows(csv(columns, [sku, ...Array<string>(9).fill('')]))).map(shown)).to.deep.equal([
        ['unchanged', '', ''],
      ]);
      expect(await bulk.bySku(sku)).to.include(stored);
    });

    it('remove optional fields with blank=clear', async () => {
      const { sku } = await store(fields);
      const file = csv(columns, [sku, ...Array<string>(9).fill('')]);
      expect((await bulk.rows(file, { query: '?blank=clear' })).map(shown)).to.deep.equal([['updated', '', '']]);
      expect(await bulk.bySku(sku)).to.include({
        description: '',
        image_url: null,
        low_stock_threshold: null,
        name: 'Tea',
        version: 2,
      });
    });

    it('differ from null in NDJSON, which removes a field', async () => {
      const { sku } = await store(fields);
      await bulk.rows(ndjson({ sku, imageUrl: null, lowStockThreshold: null }), { type: NDJSON });
      expect(await bulk.bySku(sku)).to.include({ image_url: null, low_stock_threshold: null, description: 'green' });
    });
  });

  it('report the stock before and after with stock=count, including sales since the count', async () => {
    const { id, sku } = await store({ stock: 10 });
    const buyer = await platform.buyer();
    await platform.buy(buyer, [{ productId: id, quantity: 4 }]);
    const [row] = await bulk.rows(csv('sku,stock', [sku, 10]), { query: '?stock=count' });
    expect(row).to.deep.include({ outcome: 'updated', stock: { before: 6, after: 10 } });
    const [opening] = await bulk.rows(csv('sku,stock', [sku, 3]));
    expect(opening).to.include({ outcome: 'unchanged' }).and.to.not.have.property('stock');
  });

  it('are rejected if columns are unknown, with names of any length', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `${index}${'\u0001'.repeat(1_000)}`);
    for (const row of [Object.fromEntries(names.map((name) => [name, 1])), { ['é'.repeat(60_000)]: 1 }]) {
      const [result] = await bulk.rows(ndjson({ sku: bulk.newSku(), ...row }), { type: NDJSON });
      expect(result).to.include({ outcome: 'refused', code: 'VALIDATION_FAILED' });
      expect(result?.errors?.[0]?.path).to.have.length(100);
    }
  });

  describe('in nested NDJSON', () => {
    it('are rejected, and the following rows are read', async () => {
      const sku = bulk.newSku();
      const depth = 12_000;
      const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`;
      const lines = [
        `{"sku":${nested}}`,
        nested,
        `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
        `{"sku":${nested},"sku":"A"}`,
        '{"sku":"A","__proto__":{"name":"x"}}',
        '{"sku":"A","__proto__":5}',
        '{"sku":"A","name":"a","name":"b"}',
      ];
      const file = `${lines.join('\n')}\n${ndjson({ sku, name: 'Tea', priceMinor: 1, categoryId: bulk.categoryId })}`;
      const rows = await bulk.rows(file, { type: NDJSON });
      expect(rows.map(({ outcome, code }) => [outcome, code])).to.deep.equal([
        ['refused', 'MALFORMED_ROW'],
        ['refused', 'MALFORMED_ROW'],
        ['refused', 'MALFORMED_ROW'],
        ['refused', 'MALFORMED_ROW'],
        ['refused', 'MALFORMED_ROW'],
        ['refused', 'VALIDATION_FAILED'],
        ['refused', 'MALFORMED_ROW'],
        ['created', undefined],
      ]);
    });

    it('are rejected for a column __proto__ in CSV', async () => {
      const { status, body } = await bulk.send(csv('sku,__proto__', ['A', '1']));
      expect([status, body.code]).to.deep.equal([422, 'VALIDATION_FAILED']);
    });
  });
});
