import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idBytes } from '@florin/database';
import { expect } from 'chai';
import { type BulkClient, createBulkClient, NDJSON } from './bulk-client.ts';
import { type ProductPlatform, startProduct } from './product-platform.ts';

const folder = join(import.meta.dirname, 'files');

/** The outcome of a row: `created`, or the code of its rejection and a part of the reason. */
type Outcome = string | [code: string, reason: string | RegExp];

type Expected = {
  type?: string;
  query?: string;
  rows?: Outcome[];
  /** Columns of the stored products, by SKU. */
  stored?: Record<string, Record<string, unknown>>;
  /** The answer to a file that is rejected as a whole: its status, and parts of its text. */
  refused?: [status: number, ...parts: string[]];
};

const kept = { version: 1, stock: 5 };
const zeros = { '0012345678905': { ...kept, name: 'Zero one' }, '0045': { ...kept, name: 'Zero two' } };
const shortened: Outcome = ['VALIDATION_FAILED', 'sku is a number in scientific notation'];
const lostZeros = (sku: string): Outcome => ['SKU_MISMATCH', `"${sku}": a spreadsheet seems to have removed its leading zeros`];
const notDigits = (text: string): Outcome => [
  'VALIDATION_FAILED',
  `priceMinor must be digits 0 to 9 only, without sign, decimals, exponent, blanks or separators (it is "${text}")`,
];
const knownColumns =
  'known columns: sku, id, name, slug, description, brand, barcode, priceMinor, price, compareAtPriceMinor, compareAtPrice, currency, taxRatePercent, categoryId, categoryIds, category, imageUrl, images, tags, attributes, weightGrams, stock, stockDelta, lowStockThreshold, status, version, parentSku, parentId, option1, option2, option3, reason';

const files: Record<string, Expected> = {
  'bars.csv': { rows: ['created'], stored: { 'BAR-1': { name: 'Tea, green; loose' } } },
  'compressed.csv.gz': { refused: [415, 'compressed with gzip', 'CSV UTF-8'] },
  'excel-97-workbook.xls': { type: 'application/vnd.ms-excel', refused: [415, 'a workbook of Excel 97-2003', 'CSV UTF-8'] },
  'excel-csv-utf-8.csv': {
    type: 'application/vnd.ms-excel',
    rows: ['created', 'created'],
    stored: { 'EXA-1': { name: 'Käse', description: 'alt, würzig', price_minor: 1_999 }, 'EXA-2': { name: '茶 🍵' } },
  },
  'excel-csv-utf-8-german.csv': {
    rows: ['created', 'created'],
    stored: {
      'EXG-1': { name: 'Größe 42', description: 'Zeile eins\nZeile "zwei"', price_minor: 1_999 },
      'EXG-2': { name: 'Tee; grün', price_minor: 450 },
    },
  },
  'excel-csv-windows-1252.csv': {
    rows: [
      'created',
      ['NOT_UTF8', 'line 3 has the byte 0xE4, which is not UTF-8 (in Windows-1252 it is "ä"): save the file as CSV UTF-8'],
      ['NOT_UTF8', 'line 4 has the byte 0x80, which is not UTF-8 (in Windows-1252 it is "€"): save the file as CSV UTF-8'],
    ],
  },
  'excel-empty-columns-and-rows.csv': {
    rows: ['created', 'created', ['MALFORMED_ROW', 'line 7 has 6 cells, but the header has 6 (cell 6 has text']],
  },
  'excel-empty-rows-to-the-end.csv': { rows: ['created'] },
  'excel-header-in-windows-1252.csv': { refused: [422, 'line 1, the header, is not UTF-8: save the file as CSV UTF-8'] },
  'excel-header-lf-rows-crlf.csv': {
    rows: ['created', 'created'],
    stored: { 'EXL-1': { name: 'Nice, thing', description: 'x' }, 'EXL-2': { name: 'Tea' } },
  },
  'excel-lost-zeros.csv': { rows: [lostZeros('0012345678905'), lostZeros('0045'), 'unchanged'], stored: zeros },
  'excel-lost-zeros-without-ids.csv': { rows: [lostZeros('0012345678905'), lostZeros('0045')], stored: zeros },
  'excel-macintosh.csv': {
    rows: ['created', 'created'],
    stored: { 'EXM-1': { description: 'two\nlines' }, 'EXM-2': { name: 'Tea, green' } },
  },
  'excel-prices-with-decimals.csv': {
    rows: [notDigits('20.00'), notDigits('1E+05'), notDigits('1,299'), 'created'],
    stored: { 'EXP-4': { price_minor: 2_000 } },
  },
  'excel-scientific.csv': { rows: [shortened, shortened], stored: zeros },
  'excel-scientific-german-without-ids.csv': { rows: [shortened, shortened] },
  'excel-sep-in-capitals.csv': { rows: ['created'], stored: { 'EXS-2': { price_minor: 450 } } },
  'excel-sep-in-quotes.csv': { rows: ['created'] },
  'excel-sep-saved-again.csv': { rows: ['created'] },
  'excel-sep-tab.csv': { rows: ['created'] },
  'excel-unicode-text.txt': { refused: [415, 'text in UTF-16', 'CSV UTF-8'] },
  'excel-workbook.xlsx': { refused: [415, 'a workbook of Excel', 'CSV UTF-8'] },
  'libreoffice-quoted.csv': {
    rows: ['created', 'created'],
    stored: { 'LIB-1': { name: 'Käse "alt"', description: 'eins\nzwei\n\ndrei' } },
  },
  'libreoffice-tabs.csv': {
    type: 'text/tab-separated-values',
    rows: ['created', 'created'],
    stored: { 'LIT-1': { name: 'Tee, grün; lose' }, 'LIT-2': { name: 'a "b"' } },
  },
  'libreoffice-text-import-damaged.csv': { rows: [['NOT_UTF8', 'name has U+FFFD'], 'created'] },
  'lines.ndjson': {
    type: NDJSON,
    rows: [
      'created',
      'created',
      ['VALIDATION_FAILED', 'it is 4.5e2'],
      ['MALFORMED_ROW', 'line 6 is not a JSON object'],
      'created',
    ],
    stored: { 'NDJ-1': { name: 'Käse' } },
  },
  'magento-products.csv': {
    query: '?createCategories=true',
    rows: ['created'],
    stored: {
      '24-MB01': { name: 'Joust Duffle Bag', description: 'The sporty Joust Duffle Bag', price_minor: 3_400, stock: 100 },
    },
  },
  'mixed-line-ends.csv': {
    rows: ['created', 'created', 'created', 'created'],
    stored: { 'MIX-1': { description: 'a\nb\nc\nd' }, 'MIX-4': { name: 'Tea' } },
  },
  'no-header.csv': { refused: [422, 'unknown columns: "NOH-1", "Tea", "450"', 'missing columns: sku or id', knownColumns] },
  'numbers.csv': { rows: ['created', 'created'], stored: { 'NUM-1': { name: 'Käse' }, 'NUM-2': { description: 'two\nlines' } } },
  'numbers-with-table-name.csv': { refused: [422, 'unknown columns: "Table 1"', 'missing columns: sku or id', knownColumns] },
  'open-quote.csv': {
    rows: [
      'created',
      ['UNREADABLE', 'line 3 has text behind a closing quote'],
      'created',
      'created',
      ['UNREADABLE', 'line 6 has text behind a closing quote'],
      'created',
    ],
    stored: { 'OPQ-4': { name: 'Tea, green' }, 'OPQ-6': { name: '5" pipe' } },
  },
  'prestashop-products.csv': {
    query: '?createCategories=true',
    rows: ['created'],
    stored: { demo_1: { name: 'Hummingbird T-shirt', price_minor: 2_390, weight_grams: 300, stock: 300 } },
  },
  'repeated-column.csv': {
    refused: [
      422,
      'repeated columns: name',
      'missing columns of new products: categoryId or categoryIds or category',
      knownColumns,
    ],
  },
  'shopify-products.csv': {
    rows: [
      ['CATEGORY_NOT_FOUND', 'line 2: there is no category "Uncategorized"'],
      ['PARENT_NOT_FOUND', 'line 2: there is no product with the SKU "linen-shirt"'],
      ['PARENT_NOT_FOUND', 'line 3: there is no product with the SKU "linen-shirt"'],
    ],
  },
  'two-files-in-one.csv': { rows: ['created', ['VALIDATION_FAILED', 'priceMinor must be digits'], 'created'] },
  'utf-16-big-endian.csv': { refused: [415, 'text in UTF-16', 'CSV UTF-8'] },
  'utf-16-without-a-bom.csv': { refused: [415, 'text in UTF-16', 'CSV UTF-8'] },
  'woocommerce-products.csv': { rows: [['PARENT_NOT_FOUND', 'line 2: there is no product with the SKU "WOO-VNECK"']] },
};

describe('files from shops and spreadsheets', () => {
  let platform: ProductPlatform;
  let bulk: BulkClient;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    bulk = await createBulkClient(platform);
    const category = idBytes('0190a000-0000-7000-8000-000000000001');
    const times = { created_at: new Date(), updated_at: new Date() };
    await platform.database.db('categories').insert({ id: category, name: 'All', description: '', ...times });
    const common = { ...times, description: '', price_minor: 250, currency: 'EUR', stock: 5, category_id: category };
    const products = Object.entries({ ...zeros, 'KEPT-3': { name: 'Kept' } }).map(([sku, { name }], index) => ({
      ...common,
      id: idBytes(`0190a000-0000-7000-8000-00000000010${index + 1}`),
      sku,
      name,
    }));
    await platform.database.db('products').insert(products);
  });
  after(() => platform.stop());

  it('are all tested here', () => {
    expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).to.have.members(Object.keys(files));
  });

  for (const [name, { refused, rows = [], stored = {}, ...options }] of Object.entries(files)) {
    it(`${name} is ${refused === undefined ? 'imported row by row' : 'rejected with advice'}`, async () => {
      const file = readFileSync(join(folder, name));
      const countBefore = await count();
      if (refused !== undefined) {
        const { status, body } = await bulk.send(file, options);
        const [expectedStatus, ...parts] = refused;
        expect(status, JSON.stringify(body)).to.equal(expectedStatus);
        const said = [body.detail, ...(body.errors ?? []).map(({ message }: { message: string }) => message)].join('\n');
        for (const part of parts) expect(said).to.include(part);
        expect(await count()).to.equal(countBefore);
        return;
      }
      const results = await bulk.rows(file, options);
      const shown = results.map(
        ({ outcome, code = '', errors = [] }) => `${outcome} ${code} ${errors.map(({ message }) => message).join('; ')}`,
      );
      expect(shown).to.have.length(rows.length);
      for (const [index, expected] of rows.entries()) {
        const [code, reason] = typeof expected === 'string' ? [expected, ''] : [`refused ${expected[0]}`, expected[1]];
        expect(shown[index]).to.include(code).and.to.include(reason);
      }
      expect(await count()).to.equal(countBefore + rows.filter((row) => row === 'created').length);
      for (const [sku, columns] of Object.entries(stored)) expect(await bulk.bySku(sku), sku).to.include(columns);
    });
  }

  it('with all columns of new products get errors for unknown columns only', async () => {
    const { body } = await bulk.send('sku;name;price;categoryId;colour;;size\n');
    expect(body.errors).to.deep.equal([
      { path: 'header', message: 'unknown columns: "colour", "size"' },
      { path: 'header', message: knownColumns },
    ]);
  });

  const count = async (): Promise<number> => {
    const [row] = (await platform.database.db('products').count('* AS count')) as { count: number }[];
    return Number(row?.count);
  };
});
