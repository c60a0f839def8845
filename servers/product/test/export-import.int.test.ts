import { idBytes, newId } from '@florin/database';
import { block, currencies, line, sku as skuSchema, slug as slugSchema } from '@florin/values';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { Schema } from 'joi';
import { type BulkClient, createBulkClient, NDJSON } from './bulk-client.ts';
import { type ProductPlatform, startProduct } from './product-platform.ts';

const formats = [
  ['csv', 'text/csv'],
  ['ndjson', NDJSON],
] as const;
type Format = (typeof formats)[number][0];
const BYTE_ORDER_MARK = '\uFEFF';

describe('export and import', () => {
  let shop: ProductPlatform;
  let empty: ProductPlatform;
  let bulk: BulkClient;
  let other: BulkClient;
  const further: string[] = [];
  before(async function () {
    this.timeout(120_000);
    [shop, empty] = await Promise.all([startProduct(), startProduct()]);
    [bulk, other] = await Promise.all([createBulkClient(shop), createBulkClient(empty)]);
    for (const name of ['Sale', 'New']) {
      const made = await shop.call('POST', '/v1/categories', { token: shop.staff.token, body: { name } });
      further.push(made.body.data.id);
    }
    const categories = (await shop.database.db('categories')) as Record<string, unknown>[];
    const rows = categories.map(({ parent_key: _parent, name_key: _name, ...row }) => row);
    await empty.database.db('categories').insert(rows);
  });
  after(() => Promise.all([shop.stop(), empty.stop()]));
  const clear = async ({ database }: ProductPlatform): Promise<void> => {
    await database.db.raw('DELETE FROM stock_movements');
    await database.db.raw('DELETE FROM product_categories');
    await database.db.raw('DELETE FROM products WHERE parent_id IS NOT NULL');
    await database.db.raw('DELETE FROM products');
  };
  beforeEach(() => Promise.all([clear(shop), clear(empty)]));

  type Row = Record<string, unknown> & { id: Buffer };
  /** Without the state of the search index, which a job writes at any time. */
  const all = async ({ database }: ProductPlatform): Promise<Row[]> => {
    const rows = (await database.db('products').orderBy('id')) as Row[];
    return rows.map(({ search_version: _version, is_search_stale: _isStale, ...row }) => row);
  };
  /** All products without ids, versions and times, in an order independent of these. */
  const contents = (rows: readonly Row[]): string[] =>
    rows
      .map(({ id: _id, version: _version, created_at: _created, updated_at: _updated, parent_id: parentId, ...row }) =>
        JSON.stringify({ ...row, category_id: String(row['category_id']), isVariant: parentId !== null }),
      )
      .sort();
  const outcomesOf = async (client: BulkClient, file: string, options: { type: string; query?: string }): Promise<string[]> => {
    const rows = await client.rows(file, options);
    return [
      ...new Set(
        rows.map(({ outcome, code = '', errors = [] }) => `${outcome}${code}${errors.map(({ message }) => message).join()}`),
      ),
    ];
  };

  const oneLine = text(line(200), 'aB 1é漢字🍵👩‍👩‍👧=+-@＝＋－＠\'";,|.€\u00a0ß\u0301');
  const lines = text(block(10_000).allow(''), 'aB 1é漢🍵=+-@＝\'";,|\n\t\r');
  const skuEnd = text(skuSchema(), 'aZ09é漢 ._-/+&#():,');
  const skuOf = fc
    .tuple(fc.constantFrom('', '-', '+', '(', '00'), skuEnd)
    .map(([start, end]) => `${start}${newId().slice(-12)}${end}`.slice(0, 64).trim());
  /** The fields that each variant has of its own. */
  const ownFields = {
    stock: fc.oneof(fc.nat(1_000), fc.constant(1_000_000_000_000)),
    lowStockThreshold: fc.oneof(fc.nat(1_000), fc.constant(1_000_000_000_000)),
    slug: text(slugSchema(), 'a9é漢-').map((start) => `${start}-${newId().slice(-12)}`),
    barcode: fc.constantFrom('96385074', '036000291452', '04006381333931'),
    weightGrams: fc.constantFrom(0, 120, 1_000_000_000),
    images: fc.array(
      fc.record({
        url: fc.constantFrom('https://i.example/a.png', 'https://i.example/?q=@x;=y,-1'),
        alt: fc.oneof(fc.constant(''), text(line(200), 'aé漢🍵=+-@\'";,|{}\\')),
      }),
      { maxLength: 10 },
    ),
  };
  const product = fc
    .record(
      {
        name: oneLine,
        description: lines,
        priceMinor: fc.oneof(fc.nat(100_000), fc.constant(Number.MAX_SAFE_INTEGER)),
        currency: fc.constantFrom(...currencies),
        imageUrl: fc.constantFrom(
          'https://i.example/a.png',
          'http://i.example/=1;+2,-3?a="b"'.replaceAll('"', '%22'),
          'https://i.example/?q=@x;=y',
        ),
        ...ownFields,
        sku: skuOf,
        isArchived: fc.boolean(),
        further: fc.nat(2),
        status: fc.constantFrom('active', 'draft'),
        brand: text(line(100), 'aB é漢=+-@"\',;|'),
        taxRatePercent: fc.constantFrom(0, 7.7, 19, 100),
        tags: fc.uniqueArray(text(line(40), 'aB é漢🍵=+-@\'";|{}[]\\'), { maxLength: 20 }),
        attributes: fc.dictionary(text(line(40), 'aB1é漢=+-@\'";,|.:{}\\'), text(line(200), 'aB1é漢=+-@\'";,|{}\\'), {
          maxKeys: 50,
        }),
      },
      { requiredKeys: ['name', 'priceMinor'] },
    )
    // One of the two: imageUrl is the first of images.
    .map(({ imageUrl, ...fields }) => (fields.images === undefined && imageUrl !== undefined ? { ...fields, imageUrl } : fields));

  /** Variants have their own SKU, or are found by their option values. */
  const variant = fc.record(
    {
      ...ownFields,
      priceMinor: fc.integer({ min: 1, max: 100_000 }),
      compareAtPriceMinor: fc.integer({ min: 100_001, max: 200_000 }),
      sku: skuOf,
      status: fc.constantFrom('active', 'draft', 'archived'),
    },
    { requiredKeys: ['priceMinor'] },
  );
  const optionText = (maxLength: number) => text(line(maxLength), 'aB é漢🍵=+-@\'";,|');
  const family = fc.record({
    options: fc.uniqueArray(optionText(40), { minLength: 1, maxLength: 3 }),
    values: fc.uniqueArray(optionText(60), { minLength: 1, maxLength: 4 }),
    variants: fc.array(variant, { minLength: 4, maxLength: 4 }),
  });

  /** Stores a product with options and its variants. Its SKU names it to them. */
  const storeFamily = async (
    { isArchived: _archived, further: count = 0, stock: _stock, ...fields }: Stated,
    { options, values, variants }: { options: string[]; values: string[]; variants: Record<string, unknown>[] },
  ): Promise<void> => {
    const { status: _status, ...shared } = fields;
    const body = {
      ...{ ...shared, sku: fields['sku'] ?? `P-${newId().slice(-12)}`, options },
      categoryIds: [bulk.categoryId, ...further.slice(0, count)],
      variants: values.map((value, index) => ({
        ...variants[index],
        optionValues: Object.fromEntries(options.map((name) => [name, value])),
      })),
    };
    const created = await shop.call('POST', '/v1/products', { token: shop.staff.token, body });
    expect(created.status, JSON.stringify([body, created.body])).to.equal(201);
  };

  type Stated = { isArchived?: boolean; further?: number } & Record<string, unknown>;
  const store = async ({ isArchived, further: count = 0, ...fields }: Stated): Promise<void> => {
    const { token } = shop.staff;
    const body = { ...fields, categoryIds: [bulk.categoryId, ...further.slice(0, count)] };
    const created = await shop.call('POST', '/v1/products', { token, body });
    expect(created.status, JSON.stringify([body, created.body])).to.equal(201);
    if (!isArchived) return;
    const archived = await shop.call('DELETE', `/v1/products/${created.body.data.id}`, { token, headers: { 'if-match': '"1"' } });
    expect(archived.status).to.equal(204);
  };

  it('change nothing, for any stored values, in the same shop and an empty one', async function () {
    this.timeout(300_000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(product, { minLength: 5, maxLength: 12 }),
        fc.array(family, { maxLength: 2 }),
        async (products, families) => {
          await clear(shop);
          await clear(empty);
          const parents = products.slice(0, families.length);
          for (const one of products.slice(families.length)) await store(one);
          for (const [index, one] of parents.entries())
            await storeFamily(one, families[index] ?? { options: [], values: [], variants: [] });
          const stored = await all(shop);
          for (const [format, type] of formats) {
            const file = await bulk.take(`?format=${format}`);
            for (const query of ['', '?stock=count', '?blank=clear', '?skuMismatch=rename']) {
              expect(await outcomesOf(bulk, file, { type, query })).to.deep.equal(['unchanged']);
            }
            expect(await all(shop)).to.deep.equal(stored);
            expect(await outcomesOf(other, file, { type, query: '?ids=ignore' })).to.deep.equal(['created']);
            expect(contents(await all(empty))).to.deep.equal(contents(stored));
            await clear(empty);
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  /** Values that requests can no longer write. */
  const old: Record<string, unknown>[] = [
    { name: 'half an emoji \uFFFD' },
    { name: ' surrounded by blanks ' },
    { name: 'a\u0001control\u0000character' },
    { name: 'two\r\nlines\rof\nit' },
    { name: 'e\u0301 in NFD' },
    { name: 'a bidi \u202eoverride\u202c and a zero\u200bwidth space' },
    { description: 'two\r\nlines \u0007' },
    { description: ' \uFEFF' },
    { currency: 'ZZZ' },
    { stock: 1_000_000_000_005 },
    { low_stock_threshold: Number.MAX_SAFE_INTEGER },
    { image_url: 'ftp://i.example/a b.png' },
    { sku: '8.66901E+12' },
    { sku: '1E-7' },
  ];
  const storeOld = async (): Promise<void> => {
    const at = new Date();
    const common = {
      name: 'Tea',
      description: '',
      price_minor: 100,
      currency: 'EUR',
      stock: 0,
      sku: null,
      category_id: idBytes(bulk.categoryId),
    };
    const rows = old.map((fields) => ({ ...common, ...fields, id: idBytes(newId()), created_at: at, updated_at: at }));
    await shop.database.db('products').insert(rows);
  };

  for (const [format, type] of formats) {
    it(`keep values that an earlier release stored, in ${format}`, async () => {
      await storeOld();
      const stored = await all(shop);
      const file = await bulk.take(`?format=${format}`);
      for (const query of ['', '?stock=count', '?blank=clear']) {
        expect(await outcomesOf(bulk, file, { type, query })).to.deep.equal(['unchanged']);
      }
      expect(await all(shop)).to.deep.equal(stored);
    });

    it(`change only the price of products that an earlier release stored, in ${format}`, async () => {
      await storeOld();
      const stored = await all(shop);
      const file = (await bulk.take(`?format=${format}`)).replaceAll(/("priceMinor":|,)100,/g, '$1101,');
      expect(await outcomesOf(bulk, file, { type })).to.deep.equal(['updated']);
      // The edit gives each a slug.
      const constant = { updated_at: undefined, slug: undefined };
      const changed = stored.map((row) => ({ ...row, price_minor: 101, version: 2, ...constant }));
      expect((await all(shop)).map((row) => ({ ...row, ...constant }))).to.deep.equal(changed);
    });
  }

  it('report each row that an empty shop rejects', async () => {
    await storeOld();
    const rows = await other.rows(await bulk.take('?format=csv'), { query: '?ids=ignore' });
    const refused = rows.flatMap(({ outcome, errors = [] }, index) => (outcome === 'refused' ? [[index, errors[0]?.path]] : []));
    expect(refused).to.deep.equal([
      [0, 'name'],
      [2, 'name'],
      [3, 'name'],
      [5, 'name'],
      [6, 'description'],
      [8, 'currency'],
      [9, 'stock'],
      [10, 'lowStockThreshold'],
      [11, 'imageUrl'],
      [12, 'sku'],
      [13, 'sku'],
    ]);
  });

  it('in CSV, begin with a byte order mark unless bom=false, and quote all text', async () => {
    await store({ name: 'Größe, "42"', priceMinor: 5, sku: '0042' });
    await store({ name: 'x', priceMinor: 6 });
    const file = await bulk.take();
    expect(file.startsWith(`${BYTE_ORDER_MARK}sku,id,name,`)).to.equal(true);
    expect(await bulk.take('?bom=false')).to.equal(file.slice(1));
    expect((await bulk.take('?format=ndjson')).startsWith('{"sku"')).to.equal(true);
    const [, first = '', second = ''] = file.split('\n');
    expect(first).to.match(/^"0042","[^"]+","Größe, ""42""","große-42","",,,5,,"EUR",0,"[^"]+","[^"]+",,,,,,0,,"active",1,,,,,$/);
    expect(second).to.match(/^,"[^"]+","x","x","",,,6,,"EUR",0,/);
  });

  it('in CSV, have no formula at the beginning of a cell, for any separator', async () => {
    const names = [
      '=1+1',
      'Stift;=1+1;x',
      '  =1',
      '" =1"',
      '|@x',
      "'=1",
      "x;'=1",
      '＝1',
      'x|\u00a0＋1',
      ';-1',
      'a;;;+1;"=2"',
      '=1;=1',
    ];
    for (const name of names) await store({ name, description: `${name}\n${name}\t${name}\n\n- ${name}`, priceMinor: 1 });
    const file = await bulk.take('?bom=false');
    const records = parse(file, { columns: true }) as { name: string; description: string }[];
    for (const separators of [/\r\n|[\r\n;]/, /\r\n|[\r\n\t]/, /\r\n|[\r\n|]/, /\r\n|[\r\n,;\t|]/]) {
      const cells = [
        ...file.split(separators),
        ...records.flatMap(({ name, description }) => [name, ...description.split(separators)]),
      ];
      for (const cell of cells) expect(cell).to.not.match(/^[\s"]*[=+\-@＝＋－＠]/);
    }
    expect(await outcomesOf(bulk, file, { type: 'text/csv' })).to.deep.equal(['unchanged']);
  });

  it('accept an export of the previous release, with fewer quotes and no byte order mark', async () => {
    await store({ name: '=1', description: "'=2;x", priceMinor: 5, sku: 'OLD-1' });
    const [{ id } = { id: '' }] = parse(await bulk.take('?bom=false'), { columns: true }) as { id: string }[];
    const file = `sku,id,name,description,priceMinor,currency,categoryId,imageUrl,stock,lowStockThreshold,status,version\nOLD-1,${id},'=1,''=2;x,5,EUR,${bulk.categoryId},,0,,active,1\n`;
    expect(await outcomesOf(bulk, file, { type: 'text/csv' })).to.deep.equal(['unchanged']);
  });

  /** The row hashes that the previous release stored for the begun import. */
  const begun: Record<Format, { file: string; hash: string }> = {
    csv: {
      file: `sku,name,description,priceMinor,categoryId,imageUrl,stock,lowStockThreshold\nA-1,"Tea, ""green""",'=1+1,250,CATEGORY,,5,\nA-2,'=Tea,,100,CATEGORY,https://i.example/a.png,,3\nA-3,T\uFFFD,x,free,CATEGORY,,,\nA-4,Tea,1\n,,,,,,,\nA-5,Tea,"two\r\nlines",1,CATEGORY,,,\n`,
      hash: 'e8e6a0cb6cde7e1448acb4592bee027506f3d3e868c0b2f7aaf470d2720aa9bb',
    },
    ndjson: {
      file: '{"sku":"B-1","name":"Tea","priceMinor":250,"categoryId":"CATEGORY","imageUrl":null}\n{"sku":\n[1]\n\n{"sku":"B-2","name":"T\uFFFD","stock":"5"}\n{"sku":"B-3","name":"Tea","priceMinor":250,"categoryId":"CATEGORY"}\n',
      hash: '91fa31d8046dc9f151d6763e0af3699cdcf0ca8d15e5ffbdadd9237d61554433',
    },
  };
  for (const [format, type] of formats) {
    it(`continue an import that the previous release began, in ${format}`, async () => {
      const category = '0190a000-0000-7000-8000-000000000001';
      const at = new Date();
      const times = { created_at: at, updated_at: at };
      await shop.database
        .db('categories')
        .insert({ id: idBytes(category), name: 'Old', description: '', ...times })
        .onConflict()
        .ignore();
      const { file, hash } = begun[format];
      const key = newId();
      const counts = { rows_done: 4, created: 2, updated: 0, unchanged: 0, refused: 2 };
      const name = { id: idBytes(newId()), user_id: idBytes(shop.staff.id), idempotency_key: Buffer.from(key) };
      await shop.database.db('imports').insert({ ...name, ...counts, ...times, rows_hash: Buffer.from(hash, 'hex') });
      const { status, body } = await bulk.send(file.replaceAll('CATEGORY', category), { type, key });
      expect(status, JSON.stringify(body)).to.equal(200);
      expect(body.data).to.include({ status: 'done', rows: 5, created: 3, refused: 2 });
    });
  }
});

/** Texts of these characters that the schema accepts, in the form that it returns. */
function text(schema: Schema<string>, characters: string): fc.Arbitrary<string> {
  return fc
    .string({
      unit: fc.constantFrom(...Array.from(new Intl.Segmenter().segment(characters), ({ segment }) => segment)),
      maxLength: 20,
    })
    .map((one) => schema.validate(one))
    .filter(({ error, value }) => error === undefined && typeof value === 'string')
    .map(({ value }) => String(value));
}
