import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idBytes } from '@florin/database';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { type BulkClient, createBulkClient, NDJSON, type RowResult } from './bulk-client.ts';
import { type ProductPlatform, startProduct } from './product-platform.ts';

const folder = join(import.meta.dirname, 'shop-files');
const read = (...names: string[]): string => names.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
const image = (name: string, alt = '') => ({ url: `https://img.example/${name}.jpg`, alt });

type Case = {
  format: string;
  files: string[];
  query?: string;
  /** The outcome of each row. */
  rows: string[];
  /** Fields of the products that they make, by SKU; categories by path. */
  products: Record<string, Record<string, unknown>>;
  ignored: string[];
};

const cases: Case[] = [
  {
    format: 'shopify',
    files: ['shopify.csv'],
    rows: ['created', 'created', 'created', 'created', 'created', 'created'],
    products: {
      'OAK-BOWL': {
        ...{ name: 'Oak Bowl', slug: 'oak-bowl', brand: 'Hollow & Sons', barcode: '4006381333931', weightGrams: 820, stock: 14 },
        ...{ priceMinor: 104_900, compareAtPriceMinor: 129_900, tags: ['wood', 'oak', 'gift'], status: 'active' },
        description: 'Turned from one piece of oak & oiled.\n\n- Food safe\n- 24\u00a0cm',
        categories: ['Home & Garden > Kitchen & Dining > Bowls'],
        attributes: { Material: 'Oak', Type: 'Bowl' },
        images: [image('bowl', 'Oak Bowl'), image('bowl-side', 'From the side')],
      },
      'linen-shirt': {
        ...{ name: 'Linen Shirt', slug: 'linen-shirt', options: ['Size', 'Colour'], priceMinor: 4_990, stock: 0 },
        ...{ description: 'Cut wide, washed soft.', categories: ['Shirts'], images: [image('shirt'), image('shirt-back')] },
      },
      'LIN-M-SAND': {
        ...{ optionValues: { Size: 'M', Colour: 'Sand' }, priceMinor: 4_990, stock: 12, weightGrams: 210 },
        images: [image('shirt-sand')],
      },
      'LIN-L-SAND': { optionValues: { Size: 'L', Colour: 'Sand' }, priceMinor: 5_290, compareAtPriceMinor: null, stock: 0 },
      'gift-wrap': { priceMinor: 350, status: 'draft', categories: ['Uncategorized'], weightGrams: null, stock: 100 },
    },
    ignored: ['Variant Inventory Tracker', 'Gift Card', 'SEO Title', 'Cost per item', 'Price / Germany'],
  },
  {
    format: 'shopify',
    files: ['shopify-2024.csv'],
    rows: ['created', 'created', 'created'],
    products: {
      'beech-stool': {
        ...{ name: 'Beech Stool', options: ['Height'], status: 'active', categories: ['Stools'], images: [image('stool')] },
        attributes: { Color: 'natural; black' },
      },
    },
    ignored: ['Option1 Linked To', 'Charge tax'],
  },
  {
    format: 'woocommerce',
    files: ['woocommerce.csv'],
    rows: ['created', 'created', 'created', 'created', 'created', 'created', 'created', 'created', 'refused UNSUPPORTED_PRODUCT'],
    products: {
      'woo-tee': {
        ...{ name: 'Field Tee', options: ['Colour'], priceMinor: 2_000, brand: 'Fern', tags: ['jersey', 'basics'], stock: 0 },
        ...{ description: 'Made to last.\n\nHeavy jersey.\n\nWash cold, dry flat.', categories: ['Clothing > Tees', 'Sale'] },
        ...{ attributes: { Material: 'Cotton, organic' }, images: [image('tee'), image('tee-back')] },
      },
      'woo-tee-blue': { optionValues: { Colour: 'Blue' }, priceMinor: 2_000, stock: 7, images: [image('tee-blue')] },
      'woo-tee-green': { optionValues: { Colour: 'Green' }, priceMinor: 1_800, compareAtPriceMinor: 2_000, stock: 3 },
      'id:45': { name: 'Wool Cap', options: ['Size'], priceMinor: 3_000, categories: ['Clothing > Caps'] },
      'woo-belt': {
        ...{ priceMinor: 5_500, compareAtPriceMinor: 106_500, stock: 25, lowStockThreshold: 5, weightGrams: 340 },
        ...{ barcode: '4006381333931', attributes: { Buckle: 'Brass' } },
      },
      'woo-pattern': { priceMinor: 950, status: 'draft' },
    },
    ignored: ['Is featured?', 'Tax class', 'Attribute 1 visible', 'Meta: _wpcom_is_markdown'],
  },
  {
    format: 'magento',
    files: ['magento.csv'],
    rows: ['created', 'created', 'created', 'created', 'created', 'refused UNSUPPORTED_PRODUCT'],
    products: {
      '24-BAG': {
        ...{ name: 'Canvas Duffle', slug: 'canvas-duffle', brand: 'Fern', priceMinor: 3_499, compareAtPriceMinor: 103_400 },
        ...{ stock: 100, lowStockThreshold: 5, weightGrams: 1_200, description: 'Waxed canvas.\n\n- Two straps' },
        categories: ['Gear', 'Gear > Bags'],
        attributes: { activity: 'Gym, Hiking', material: 'Canvas, waxed' },
        images: [image('duffle', 'Duffle'), image('duffle-2', 'Open'), image('duffle-3', 'Strap')],
      },
      MH: { name: 'Trail Hoodie', options: ['Size'], priceMinor: 5_200, description: 'Warm.\n\nFleece.', images: [] },
      'MH-XS': { optionValues: { Size: 'XS' }, priceMinor: 5_200, stock: 10, slug: 'trail-hoodie-xs', weightGrams: 600 },
      'MH-S': { optionValues: { Size: 'S' }, priceMinor: 5_400, stock: 0 },
      'MH-M': { optionValues: { Size: 'M' }, status: 'archived', stock: 5 },
    },
    ignored: ['attribute_set_code', 'meta_title', 'associated_skus'],
  },
  {
    format: 'prestashop',
    files: ['prestashop-combinations.csv', 'prestashop-products.csv'],
    rows: ['created', 'created', 'created', 'created', 'created'],
    products: {
      'RAD-1': {
        ...{ name: 'Radio', slug: 'field-radio', brand: 'Fern', priceMinor: 11_900, taxRatePercent: 19, barcode: '036000291452' },
        ...{ stock: 160, lowStockThreshold: 2, weightGrams: 68, description: 'New design.', tags: ['radio', 'audio'] },
        ...{ categories: ['Audio', 'Sale'], attributes: { Material: 'Bakelite', Style: 'Casual' } },
        images: [image('r1', 'Front'), image('r2', 'Back')],
      },
      'id:2': { name: 'Speaker', options: ['Color', 'Power'], priceMinor: 7_200, stock: 0, description: 'Small.\n\nLoud.' },
      'SPK-B-16': {
        ...{ optionValues: { Color: 'Blue', Power: '16 W' }, priceMinor: 11_960, weightGrams: 1_500, stock: 10 },
        images: [image('s1', 'One'), image('s2', 'Two')],
      },
      'SPK-R-8': { optionValues: { Color: 'Red', Power: '8 W' }, priceMinor: 5_951, weightGrams: 1_000, stock: 2 },
      'CAB-3': { status: 'archived', priceMinor: 154_581, stock: 40 },
    },
    ignored: ['Wholesale price', 'Tax rules ID', 'Condition'],
  },
];

describe('product files of other shops', () => {
  let platform: ProductPlatform;
  let bulk: BulkClient;
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct({ TAX_RATE_PERCENT: '19' });
    bulk = await createBulkClient(platform);
  });
  after(() => platform.stop());

  const outcomes = (rows: readonly RowResult[]): string[] => rows.map(({ outcome, code = '' }) => `${outcome} ${code}`.trim());
  const reasons = (rows: readonly RowResult[]): string[] =>
    rows.map(({ outcome, code = '', errors = [] }) =>
      `${outcome} ${code} ${errors.map(({ message }) => message).join('; ')}`.trim(),
    );

  /** The products with these SKUs, with the paths of their categories. */
  async function products(): Promise<Map<string, Record<string, unknown>>> {
    const { token } = platform.staff;
    const categories = await platform.call('GET', '/v1/categories?limit=100', { token });
    const known = new Map<string, { name: string; parentId: string | null }>(
      categories.body.data.map((category: { id: string; name: string; parentId: string | null }) => [category.id, category]),
    );
    const pathOf = (id: string): string => {
      const { name, parentId } = known.get(id) ?? { name: '?', parentId: null };
      return parentId === null ? name : `${pathOf(parentId)} > ${name}`;
    };
    const rows = (await bulk.take('?format=ndjson'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const found = new Map<string, Record<string, unknown>>();
    for (const { sku, id } of rows) {
      const { data } = (await platform.call('GET', `/v1/products/${id}`, { token })).body;
      found.set(String(sku), { ...data, categories: data.categoryIds.map(pathOf) });
    }
    return found;
  }

  for (const { format, files, rows, products: expected, ignored } of cases) {
    const file = read(...files);
    const query = '?createCategories=true';
    it(`${files.join(' and ')} comes in, comes out, and comes in again unchanged`, async () => {
      const tried = (await bulk.send(file, { query: `${query}&format=${format}&dryRun=true` })).body.data;
      expect(outcomes(tried.results)).to.deep.equal(rows);
      expect(tried.fileFormat).to.equal(format);
      const { body } = await bulk.send(file, { query });
      expect(body.data.fileFormat).to.equal(format);
      expect(body.data.ignoredColumns).to.include.members(ignored);
      expect(body.data.refusals).to.deep.equal(tried.refusals);
      const stored = await products();
      for (const [sku, fields] of Object.entries(expected)) expect(stored.get(sku), sku).to.deep.include(fields);

      const again = rows.map((row) => (row === 'created' ? 'unchanged' : row));
      expect(outcomes(await bulk.rows(file, { query: `?format=${format}` }))).to.deep.equal(again);
      expect(outcomes(await bulk.rows(file, { query: '?stock=count' }))).to.deep.equal(again);
      for (const [type, as] of [
        ['text/csv', 'csv'],
        [NDJSON, 'ndjson'],
      ]) {
        const exported = await bulk.take(`?format=${as}`);
        const known = await bulk.rows(exported, { type: type ?? '', query: '?stock=count&blank=clear' });
        expect(reasons(known.filter(({ outcome }) => outcome !== 'unchanged'))).to.deep.equal([]);
      }
      expect(await products()).to.deep.equal(stored);
    });
  }

  /** A CSV file of these records, whose columns are those of all of them. */
  const fileOf = (...records: Record<string, string>[]): string => {
    const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
    return stringify([columns, ...records.map((record) => columns.map((column) => record[column] ?? ''))]);
  };

  const wrong: [format: string, records: (key: string) => Record<string, string>[], reasons: string[]][] = [
    [
      'shopify',
      (key) => [
        { Handle: key, Title: 'Shirt', Type: 'Shirts', 'Option1 Name': 'Size', 'Option1 Value': 'S', 'Variant Price': '9' },
        { Handle: key, 'Option1 Value': 'M', 'Variant Price': 'free' },
        { Handle: key, 'Option1 Value': 'M', 'Variant Price': '1,299' },
        { Handle: `${key}-x`, Title: 'No price', Type: 'Shirts' },
        { Handle: key, 'Option1 Value': 'L', 'Variant Price': '9', 'Variant Inventory Qty': 'many' },
        { Handle: `${key}-y`, Title: 'Fine', Type: 'Shirts', 'Variant Price': '9' },
      ],
      [
        'created',
        'created',
        'refused VALIDATION_FAILED line 3: price must be an amount of EUR',
        'refused VALIDATION_FAILED line 4: price must be an amount of EUR',
        'refused VALIDATION_FAILED line 5: a new product needs priceMinor or price',
        'refused VALIDATION_FAILED line 6: stock must be a number',
        'created',
      ],
    ],
    [
      'woocommerce',
      (key) => [
        { Type: 'simple', SKU: `${key}-1`, Name: 'Fine', 'Regular price': '5', Categories: 'Shirts' },
        { Type: 'variation', SKU: `${key}-2`, Name: 'Orphan', 'Regular price': '5', Parent: `${key}-0` },
        { Type: 'simple', SKU: `${key}-3`, Name: 'Wrong', 'Regular price': '5 EUR', Categories: 'Shirts' },
        { Type: 'simple', SKU: `${key}-4`, 'Regular price': '5', Categories: 'Shirts' },
        { Type: 'external', SKU: `${key}-5`, Name: 'Elsewhere', 'Regular price': '5' },
        { Type: 'simple', SKU: `${key}-6`, Name: 'Fine', 'Regular price': '5', Categories: 'Shirts' },
      ],
      [
        'created',
        'refused VALIDATION_FAILED line 4: price must be an amount of EUR',
        'refused VALIDATION_FAILED line 5: a new product needs name',
        'refused UNSUPPORTED_PRODUCT line 6: a product of the type "external" is not imported',
        'created',
        'refused PARENT_NOT_FOUND line 3: there is no product with the SKU',
      ],
    ],
    [
      'magento',
      (key) => [
        { sku: `${key}-1`, product_type: 'simple', categories: 'Default Category/Shirts', name: 'Fine', price: '5.0000' },
        { sku: `${key}-2`, product_type: 'simple', categories: 'Default Category/Shirts', name: 'Wrong', price: '5,5,5' },
        { sku: `${key}-3`, product_type: 'bundle', categories: 'Default Category/Shirts', name: 'Bundle' },
        { sku: `${key}-4`, product_type: 'simple', name: 'Orphan', price: '5', visibility: 'Not Visible Individually' },
        { sku: `${key}-5`, product_type: 'simple', categories: 'Default Category/Shirts', name: 'Fine', price: '5.0000' },
      ],
      [
        'created',
        'refused VALIDATION_FAILED line 3: price must be an amount of EUR',
        'refused UNSUPPORTED_PRODUCT line 4: a product of the type "bundle" is not imported',
        'created',
        'refused PARENT_NOT_FOUND line 5: it is not visible individually',
      ],
    ],
    [
      'prestashop',
      (key) => [
        {
          'Product ID': '1',
          'Name *': 'Fine',
          'Categories (x,y,z...)': 'Shirts',
          'Price tax excluded': '5',
          'Reference #': `${key}-1`,
        },
        {
          'Product ID': '2',
          'Name *': 'Wrong',
          'Categories (x,y,z...)': 'Shirts',
          'Price tax excluded': 'free',
          'Reference #': `${key}-2`,
        },
        {
          'Product ID': '3',
          'Name *': '',
          'Categories (x,y,z...)': 'Shirts',
          'Price tax excluded': '5',
          'Reference #': `${key}-3`,
        },
        {
          'Product ID': '4',
          'Name *': 'Fine',
          'Categories (x,y,z...)': 'Shirts',
          'Price tax excluded': '5',
          'Reference #': `${key}-4`,
          Weight: 'heavy',
        },
        {
          'Product ID': '5',
          'Name *': 'Fine',
          'Categories (x,y,z...)': 'Shirts',
          'Price tax excluded': '5',
          'Reference #': `${key}-5`,
        },
      ],
      [
        'created',
        'refused VALIDATION_FAILED line 3: price must be an amount of EUR',
        'refused VALIDATION_FAILED line 4: a new product needs name',
        'refused VALIDATION_FAILED line 5: weightGrams must be a number',
        'created',
      ],
    ],
  ];
  for (const [format, recordsOf, expected] of wrong) {
    it(`of ${format} have wrong rows in the middle, which are rejected alone, with the line and the reason`, async () => {
      const file = fileOf(...recordsOf(bulk.newSku()));
      const results = await bulk.rows(file, { query: `?format=${format}&createCategories=true` });
      expect(results).to.have.length(expected.length);
      for (const [index, reason] of reasons(results).entries()) expect(reason).to.include(expected[index]);
    });
  }

  it('are read as spreadsheets save them: semicolons, decimal commas, a byte order mark, CR LF', async () => {
    const rows = parse(read('shopify.csv')) as string[][];
    await bulk.send(read('shopify.csv'), { query: '?createCategories=true' });
    const commas = rows.map((cells) =>
      cells.map((cell) => (/^[\d,]*\d\.\d\d$/.test(cell) ? cell.replace(',', '').replace('.', ',') : cell)),
    );
    const saved = `\uFEFFsep=;\r\n${stringify(commas, { delimiter: ';', record_delimiter: '\r\n' })}`;
    expect(saved).to.include(';1049,00;');
    const results = await bulk.rows(saved);
    expect(reasons(results)).to.deep.equal(results.map(() => 'unchanged'));
  });

  it('lose the apostrophes before what a spreadsheet takes for a formula', async () => {
    const sku = bulk.newSku();
    await bulk.rows(fileOf({ Type: 'simple', SKU: sku, Name: "'-5% Tee", 'Regular price': '5', Categories: 'Tees' }), {
      query: '?createCategories=true',
    });
    expect(await bulk.bySku(sku)).to.include({ name: '-5% Tee' });
  });

  it('are split at the separator that makes the most known columns', async () => {
    const sku = bulk.newSku();
    const header = 'Product ID;Name *;Categories (x,y,z...);Tags (x,y,z...);Price tax excluded;Image URLs (x,y,z...);Reference #';
    const rows = await bulk.rows(`${header}\n1;Tee;Tees;a,b;5;;${sku}\n`, { query: '?createCategories=true' });
    expect(reasons(rows)).to.deep.equal(['created']);
  });

  it('have rows that cannot be read, between the rows of one product', async () => {
    const handle = bulk.newSku();
    const file = Buffer.concat([
      Buffer.from(`Handle,Title,Type,Option1 Name,Option1 Value,Variant Price\n${handle},Mug,Mugs,Size,S,5\n${handle},,,,Gr`),
      Buffer.from([0xf6]),
      Buffer.from(`\u00dfe,5\n${handle},"a"b,,,M,5\n${handle},,,,L,5,6\n${handle},,,,XL,5\n`),
    ]);
    expect(reasons(await bulk.rows(file, { query: '?createCategories=true' }))).to.deep.equal([
      'refused NOT_UTF8 line 3 has the byte 0xF6, which is not UTF-8 (in Windows-1252 it is "ö"): save the file as CSV UTF-8',
      'refused UNREADABLE line 4 has text behind a closing quote; reading went on at the next line. A quote that belongs to the text is written twice',
      'refused MALFORMED_ROW line 5 has 7 cells, but the header has 6',
      'created',
      'created',
      'created',
    ]);
  });

  it('give rejected rows back as a file of Florin, which is corrected and imported', async () => {
    const key = bulk.newSku();
    const common = { Type: 'Shirts', 'Option1 Name': 'Size', 'Image Src': 'https://img.example/a.jpg' };
    const file = fileOf(
      {
        Handle: key,
        Title: 'Shirt',
        'Body (HTML)': '<p>One</p><p>=Two</p>',
        ...common,
        'Option1 Value': 'S',
        'Variant Price': 'x',
      },
      { Handle: key, 'Option1 Value': 'M', 'Variant Price': 'x', 'Variant SKU': `${key}-M` },
    );
    const { body } = await bulk.send(file, { query: '?createCategories=true' });
    expect(body.data).to.include({ created: 0, refused: 3 });
    const path = `/v1/product-imports/${body.data.id}/rows?format=csv&outcome=rejected`;
    const answer = await fetch(`http://127.0.0.1:${platform.service.port()}${path}`, {
      headers: { authorization: `Bearer ${platform.staff.token}` },
    });
    const rejected = await answer.text();
    expect(rejected).to.include('line 2: ').and.to.include('line 3: ');
    const priced = rejected.replaceAll('"x"', '"9.00"');
    const [header = [], parent = [], ...variants] = parse(priced, { bom: true }) as string[][];
    parent[header.indexOf('price')] = '9.00';
    const corrected = stringify([header, parent, ...variants]);
    expect(reasons(await bulk.rows(corrected, { query: '?createCategories=true' }))).to.deep.equal([
      'created',
      'created',
      'created',
    ]);
    expect(await bulk.bySku(key)).to.include({ name: 'Shirt', description: 'One\n\n=Two' });
  });

  it('are rejected as a whole if columns of the named format are missing, or if they are not CSV', async () => {
    const { status, body } = await bulk.send('Title,Colour\nMug,red\n', { query: '?format=shopify' });
    expect(status).to.equal(422);
    expect(body.errors.slice(0, 2)).to.deep.equal([
      { path: 'header', message: 'missing columns: Handle' },
      { path: 'header', message: 'columns that are not read: "Colour"' },
    ]);
    expect(body.errors[2].message).to.match(/^known columns of shopify: handle, url handle, title, /);
    const presta = await bulk.send('Name *,Active (0/1),Colour\nMug,1,red\n', { query: '?format=prestashop' });
    expect(presta.body.errors[1]).to.deep.equal({ path: 'header', message: 'columns that are not read: "Colour"' });
    const repeated = await bulk.send('Handle,Title,Variant Price,variant price\n');
    expect(repeated.body.errors[0]).to.deep.equal({ path: 'header', message: 'repeated columns: variant price' });
    const lines = await bulk.send('{"sku":"a"}\n', { type: NDJSON, query: '?format=magento' });
    expect(lines.body.errors).to.deep.equal([{ path: 'format', message: 'format=magento requires a CSV file' }]);
    const forced = await bulk.send('Handle,Title\nmug,Mug\n', { query: '?format=florin' });
    expect(forced.body.errors[0].message).to.equal('unknown columns: "Handle", "Title"');
  });

  it('put new products without a category into the default one, and leave the others where staff put them', async () => {
    const [first, second, name] = [bulk.newSku(), bulk.newSku(), `Unsorted ${bulk.newSku()}`];
    const mug = (handle: string) => ({ Handle: handle, Title: 'Mug', 'Variant Price': '5' });
    const query = `?createCategories=true&defaultCategory=${encodeURIComponent(name)}`;
    const [made] = await bulk.rows(fileOf(mug(first)), { query });
    const moved = await platform.call('PATCH', `/v1/products/${made?.productId}`, {
      ...{ token: platform.staff.token, headers: { 'if-match': '*' } },
      body: { categoryId: bulk.categoryId },
    });
    expect(moved.status).to.equal(200);
    expect(reasons(await bulk.rows(fileOf(mug(first), mug(second)), { query }))).to.deep.equal(['unchanged', 'created']);
    expect(await bulk.bySku(first)).to.deep.include({ category_id: idBytes(bulk.categoryId) });
    const [category] = (await platform.call('GET', `/v1/categories?name=${encodeURIComponent(name)}`)).body.data;
    expect(await bulk.bySku(second)).to.deep.include({ category_id: idBytes(category.id) });
    const unused = `Unused ${bulk.newSku()}`;
    const wrong = { ...mug(bulk.newSku()), 'Variant Inventory Qty': 'many' };
    const unneeded = `?createCategories=true&defaultCategory=${encodeURIComponent(unused)}`;
    expect(outcomes(await bulk.rows(fileOf(mug(first), wrong), { query: unneeded }))).to.deep.equal([
      'unchanged',
      'refused VALIDATION_FAILED',
    ]);
    expect((await platform.call('GET', `/v1/categories?name=${encodeURIComponent(unused)}`)).body.data).to.deep.equal([]);
    const refused = await bulk.rows(fileOf(mug(bulk.newSku())), { query: `?defaultCategory=${bulk.newSku()}` });
    expect(refused[0]).to.include({ outcome: 'refused', code: 'CATEGORY_NOT_FOUND' });
  });

  it('end a sale: the former price goes when the price is no longer below it', async () => {
    const [handle, sku] = [bulk.newSku(), bulk.newSku()];
    const mug = (price: string, former: string) =>
      fileOf({
        Handle: handle,
        Title: 'Mug',
        Type: 'Mugs',
        'Variant SKU': sku,
        'Variant Price': price,
        'Variant Compare At Price': former,
      });
    const query = '?createCategories=true';
    expect(reasons(await bulk.rows(mug('8', '10'), { query }))).to.deep.equal(['created']);
    expect(await bulk.bySku(sku)).to.include({ price_minor: 800, compare_at_price_minor: 1_000 });
    for (const former of ['10', '', '0.00']) {
      await bulk.rows(mug('10', former), { query });
      expect(await bulk.bySku(sku)).to.include({ price_minor: 1_000, compare_at_price_minor: null });
    }
  });

  it('of several batches are replayed under their key, and another file or format is rejected', async () => {
    const stem = bulk.newSku();
    const products = Array.from({ length: 170 }, (_, index) => [
      {
        Handle: `${stem}-${index}`,
        Title: 'Shirt',
        Type: 'Shirts',
        'Option1 Name': 'Size',
        'Option1 Value': 'S',
        'Variant Price': '9',
      },
      { Handle: `${stem}-${index}`, 'Option1 Value': 'M', 'Variant Price': '9' },
    ]).flat();
    const file = fileOf(...products);
    const [key, query] = [bulk.newSku(), '?createCategories=true'];
    const part = await bulk.send(file.slice(0, file.length / 2), { key, query });
    expect(part.status).to.equal(201);
    expect((await bulk.send(file, { key, query })).status).to.equal(422);
    const whole = await bulk.send(file, { query, key: `${key}-2` });
    expect(whole.body.data).to.include({ rows: 510, refused: 0, fileFormat: 'shopify' });
    const replayed = await bulk.send(file, { query, key: `${key}-2` });
    expect(replayed.status).to.equal(200);
    expect(replayed.body.data).to.deep.equal(whole.body.data);
    expect((await bulk.send(file, { query: `${query}&format=shopify`, key: `${key}-2` })).body.code).to.equal(
      'IDEMPOTENCY_KEY_REUSED',
    );
  });
});
