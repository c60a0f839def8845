import { expect } from 'chai';
import { withBlanks } from '../src/product-import/csv-row.ts';
import { decimalText, grossText, sumText } from '../src/shop-files/decimal-text.ts';
import { htmlToText } from '../src/shop-files/html-text.ts';
import { detectFormat, isShopColumn, openShopFile, type ShopFormat, shopFormats } from '../src/shop-files/index.ts';
import { isOnSale } from '../src/shop-files/sale.ts';

const options = { weightUnit: 'kg', tax: { ratePercent: 20, decimals: 2 }, now: new Date('2026-06-15T12:00:00Z') } as const;

/** Reads records of a header and cells by column. Returns the values that are there, or the reason of a refusal. */
function rowsOf(format: ShopFormat, records: readonly Record<string, string>[]): Record<string, unknown>[] {
  const header = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const file = openShopFile(format, header, options);
  const rows = records.flatMap((record, index) => [
    ...file.read({ line: index + 2, cells: header.map((column) => record[column] ?? '') }),
  ]);
  return [...rows, ...file.end()].map(({ line, values, refusal }) => ({
    line,
    ...(refusal ?? Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))),
  }));
}

describe('decimal numbers of other shops', () => {
  for (const [text, expected] of [
    ['1299.00', '1299'],
    ['1,299.00', '1299'],
    ['1.299,00', '1299'],
    ['1299,00', '1299'],
    ['1 299,50', '1299.50'],
    ['1\u202f299,50', '1299.50'],
    ["1'299.50", '1299.50'],
    ['1,234,567', '1234567'],
    ['1.234.567,8', '1234567.8'],
    ['34.000000', '34'],
    ['34.990000', '34.99'],
    ['.5', '.5'],
    ['1,299', '1,299'],
    ['1.299', '1.299'],
    ['1.000', '1.000'],
    ['12,34.5', '12,34.5'],
    ['1e3', '1e3'],
    ['-5', '-5'],
    ['EUR 5', 'EUR 5'],
    [`0.${'0'.repeat(100_000)}1`, `0.${'0'.repeat(100_000)}1`],
    ['', ''],
  ] as const) {
    it(`read ${JSON.stringify(text.slice(0, 20))} as ${JSON.stringify(expected.slice(0, 20))}`, () =>
      expect(decimalText(text)).to.equal(expected));
  }

  it('are added exactly, and rounded half up with tax', () => {
    expect(sumText('0.1', '0.2')).to.equal('0.3');
    expect(sumText('60.504202', '-10.5')).to.equal('50.004202');
    expect(sumText('free', '1')).to.equal('free');
    expect(sumText('1', '1,299')).to.equal('1,299');
    expect(sumText('1', '.5')).to.equal('1.5');
    expect(sumText('-.5', '1.')).to.equal('1.');
    const tax = (ratePercent: number, decimals = 2) => ({ ratePercent, decimals });
    expect(grossText('100', tax(19))).to.equal('119');
    expect(grossText('23.898333', tax(20))).to.equal('28.68');
    expect(grossText('0.125', tax(0))).to.equal('0.13');
    expect(grossText('-10.5', tax(20))).to.equal('-12.6');
    expect(grossText('1000', tax(7.7, 0))).to.equal('1077');
    expect(grossText('free', tax(20))).to.equal('free');
  });
});

describe('descriptions of other shops', () => {
  for (const [html, text] of [
    ['plain < text & more', 'plain < text & more'],
    ['two\nlines', 'two\nlines'],
    ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['<div>\n  <p>One  two</p>\n</div>', 'One two'],
    ['a<br>b<br/>c', 'a\nb\nc'],
    ['<ul>\n<li>One</li>\n<li><b>Two</b></li></ul>after', '- One\n- Two\n\nafter'],
    ['a <b>b</b>c', 'a bc'],
    ['&lt;b&gt; &amp;amp; &eacute;&#8364;', '<b> &amp; é€'],
    ['<script>alert("<p>")</script><style>p { }</style>safe<!-- not -->', 'safe'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
    ['<p>open <i>tags', 'open tags'],
    ['<img src=x onerror=alert(1)>x', 'x'],
  ] as const) {
    it(`are text: ${html.replaceAll('\n', ' ')}`, () => expect(htmlToText(html)).to.equal(text));
  }

  it('keep their lines where the shop does', () =>
    expect(htmlToText('<b>One</b>\n\nTwo\nThree', { keepsLines: true })).to.equal('One\n\nTwo\nThree'));

  it('with thousands of tags stay as they are, which is too long', () => {
    const html = '<b>a'.repeat(10_000);
    expect(htmlToText(html)).to.equal(html);
  });
});

describe('sale prices of other shops', () => {
  for (const [from, to, expected] of [
    ['', '', true],
    ['2026-06-01', '', true],
    ['2026-06-16', '', false],
    ['', '2026-06-15', true],
    ['', '2026-06-14', false],
    ['10/25/15', '', true],
    ['soon', '', false],
  ] as const) {
    it(`from ${from || 'ever'} to ${to || 'ever'} ${expected ? 'are' : 'are not'} in force`, () =>
      expect(isOnSale({ from, to }, options.now)).to.equal(expected));
  }
});

describe('the header of a product file', () => {
  for (const [header, format] of [
    ['Handle,Title,Variant Price', 'shopify'],
    ['Title,URL handle,Price', 'shopify'],
    ['ID,Type,SKU,Name,Regular price', 'woocommerce'],
    ['sku,product_type,name', 'magento'],
    ['Product ID,Active (0/1),Name *,Price tax excluded', 'prestashop'],
    ['ID,Active (0/1),Name*,Price tax excl.', 'prestashop'],
    ['Product ID,Image,Name,Reference,Category,Price (tax excl.),Price (tax incl.),Quantity,Status', 'prestashop'],
    ['Product ID*,Attribute (Name:Type:Position)*,Value (Value:Position)*', 'prestashop'],
    ['sku,id,name,priceMinor,category,status', undefined],
    ['sku,id,name,price,category,colour', undefined],
    ['title,price', undefined],
    ['', undefined],
  ] as const) {
    it(`${header || 'without columns'} is of ${format ?? 'no other shop'}`, () =>
      expect(detectFormat(header.split(','))).to.equal(format));
  }

  it('is read without regard to capitals', () => expect(isShopColumn(' HANDLE ')).to.equal(true));
});

describe('a Shopify file', () => {
  const of = (...records: Record<string, string>[]) => rowsOf('shopify', records);
  const shirt = { Handle: 'shirt', Title: 'Shirt', 'Option1 Name': 'Size', 'Option1 Value': 'M', 'Variant Price': '10' };

  it('is a product and its variants, also if the row with the title is not the first', () => {
    const rows = of({ Handle: 'shirt', 'Option1 Value': 'L', 'Variant SKU': 'S-L', 'Variant Price': '11' }, shirt);
    expect(rows).to.deep.equal([
      { line: 3, name: 'Shirt', slug: 'shirt', sku: 'shirt', price: '11', option1: 'Size' },
      { line: 2, parentSku: 'shirt', sku: 'S-L', price: '11', option1: 'L' },
      { line: 3, parentSku: 'shirt', price: '10', option1: 'M' },
    ]);
  });

  it('has variants without the row of their product, and images that follow none', () => {
    const rows = of(
      { Handle: 'gone', 'Option1 Value': 'L', 'Variant Price': '11' },
      { Handle: 'gone', 'Image Src': 'https://x/1' },
    );
    expect(rows[0]).to.deep.equal({ line: 2, parentSku: 'gone', price: '11', option1: 'L' });
    expect(rows[1]).to.include({ line: 3, code: 'MALFORMED_ROW' });
  });

  it('has no product without a handle, and one variant of a product without options', () => {
    const plain = { Handle: 'mug', Title: 'Mug', 'Variant Price': '5' };
    const rows = of({ Title: 'No handle' }, plain, { Handle: 'mug', 'Variant Price': '6' });
    expect(rows.map(({ code, sku }) => code ?? sku)).to.deep.equal(['MALFORMED_ROW', 'mug', 'MALFORMED_ROW']);
  });

  it('gives the product another SKU if a variant has the handle as its own', () => {
    const [parent, variant] = of({ ...shirt, 'Variant SKU': 'shirt' });
    expect(parent).to.include({ sku: 'shirt (product)' });
    expect(variant).to.include({ sku: 'shirt', parentSku: 'shirt (product)' });
  });

  it('lists several images in one cell, each once, and leaves out what is no address', () => {
    const images = 'https://x/1.jpg?a=1,2, https://x/2.jpg,https://x/1.jpg?a=1,2';
    const [row] = of({ Handle: 'mug', Title: 'Mug', 'Image Src': images }, { Handle: 'mug', 'Image Src': 'files/3.jpg' });
    expect(row?.['images']).to.deep.equal([
      { url: 'https://x/1.jpg?a=1,2', alt: '' },
      { url: 'https://x/2.jpg', alt: '' },
    ]);
  });

  it('ends the product of one handle after a bounded number of rows', () => {
    const header = Object.keys(shirt);
    const file = openShopFile('shopify', header, options);
    const read = Array.from({ length: 2_500 }, (_, index) => {
      const record: Record<string, string> = { ...shirt, Title: index === 0 ? 'Shirt' : '', 'Option1 Value': `${index}` };
      return [...file.read({ line: index + 2, cells: header.map((column) => record[column] ?? '') })];
    }).flat();
    expect(read).to.have.length(2_001);
    expect(read.at(-1)?.values).to.include({ parentSku: 'shirt', option1: '1999' });
    expect([...file.end()]).to.have.length(500);
  });
});

describe('a WooCommerce file', () => {
  const of = (...records: Record<string, string>[]) => rowsOf('woocommerce', records);
  const tee = {
    ID: '1',
    Type: 'variable',
    SKU: 'TEE',
    Name: 'Tee',
    Published: '1',
    'Attribute 1 name': 'Size',
    'Attribute 1 value(s)': 'M, L',
  };
  const medium = {
    ID: '2',
    Type: 'variation',
    SKU: 'TEE-M',
    Parent: 'TEE',
    Published: '1',
    'Regular price': '10',
    'Attribute 1 name': 'Size',
    'Attribute 1 value(s)': 'M',
  };

  it('is read in any order: a product waits for its variations, and they for it', () => {
    const parent = { name: 'Tee', sku: 'TEE', status: 'active', price: '10', option1: 'Size' };
    const variant = { sku: 'TEE-M', parentSku: 'TEE', status: 'active', price: '10', option1: 'M' };
    expect(of(tee, medium)).to.deep.equal([
      { line: 2, ...parent },
      { line: 3, ...variant },
    ]);
    for (const ref of ['TEE', 'id:1'])
      expect(of({ ...medium, Parent: ref }, tee)).to.deep.equal([
        { line: 3, ...parent },
        { line: 2, ...variant },
      ]);
  });

  it('has variations without a product or a parent', () => {
    expect(of(medium)).to.deep.equal([{ line: 2, sku: 'TEE-M', parentSku: 'TEE', status: 'active', price: '10', option1: 'M' }]);
    expect(of({ ...medium, Parent: '' })[0]).to.include({ code: 'PARENT_NOT_FOUND', sku: 'TEE-M' });
  });

  it('has a result for each of several products with one SKU, or without a key, and for their variations', () => {
    const twin = { ...tee, ID: '3', Name: 'Twin' };
    const large = { ...medium, SKU: 'TEE-L', 'Attribute 1 value(s)': 'L', Parent: 'id:1' };
    const rows = of(tee, twin, { ...medium, Parent: 'id:1' }, large);
    expect(rows[0]).to.include({ line: 2, code: 'MALFORMED_ROW', sku: 'TEE', message: 'another row has the same SKU' });
    expect(rows.slice(1).map(({ line, code }) => [line, code])).to.deep.equal([
      [3, undefined],
      [4, undefined],
      [5, undefined],
    ]);
    const unnamed = { ...tee, ID: '', SKU: '' };
    const without = of(unnamed, { ...unnamed, Name: 'Twin' });
    expect(without.map(({ line, code }) => [line, code])).to.deep.equal([
      [2, 'MALFORMED_ROW'],
      [3, undefined],
    ]);
  });

  it('has attributes that variations leave open, and others that the first one has not', () => {
    const open = { ...medium, SKU: 'TEE-ANY', 'Attribute 1 value(s)': '' };
    const other = { ...medium, SKU: 'TEE-RED', 'Attribute 1 name': 'Colour' };
    const rows = of(tee, medium, open, other);
    expect(rows[2]).to.include({ sku: 'TEE-ANY', option1: 'Any' });
    expect(rows[3]).to.include({ sku: 'TEE-RED', code: 'MALFORMED_ROW' });
  });

  it('keeps variations off sale while their product is', () =>
    expect(of({ ...tee, Published: '0' }, medium).map(({ status }) => status)).to.deep.equal(['draft', undefined]));

  it('ignores a sale price whose period is over', () => {
    const belt = { ...tee, Type: 'simple', 'Regular price': '65', 'Sale price': '55', 'Date sale price ends': '2026-06-01' };
    expect(of(belt)[0]).to.include({ price: '65', compareAtPriceMinor: null });
  });

  it('has weights in the unit of its header', () => {
    const weightOf = (unit: string) => of({ Type: 'simple', Name: 'x', [`Weight (${unit})`]: '2' })[0]?.['weightGrams'];
    expect(['kg', 'lbs', 'g', 'oz'].map(weightOf)).to.deep.equal([2_000, 907, 2, 57]);
  });
});

describe('a Magento file', () => {
  const of = (...records: Record<string, string>[]) => rowsOf('magento', records);
  const small = { sku: 'H-S', product_type: 'simple', name: 'Hoodie-S', price: '50', visibility: 'Not Visible Individually' };
  const hoodie = {
    sku: 'H',
    product_type: 'configurable',
    name: 'Hoodie',
    configurable_variations: 'sku=H-S,size=S,color=Black, matt',
    configurable_variation_labels: 'size=Size,color=Colour',
  };

  it('has the variations before their product or after it', () => {
    const expected = [
      { name: 'Hoodie', sku: 'H', price: '50', option1: 'Size', option2: 'Colour' },
      { sku: 'H-S', parentSku: 'H', price: '50', option1: 'S', option2: 'Black, matt' },
    ];
    expect(of(small, hoodie).map(({ line: _line, ...row }) => row)).to.deep.equal(expected);
    const after = of({ ...hoodie, price: '50' }, small).map(({ line: _line, ...row }) => row);
    expect(after).to.deep.equal(expected);
  });

  it('holds a bounded number of variations', () => {
    const rows = of(...Array.from({ length: 20_001 }, (_, index) => ({ ...small, sku: `S-${index}` })), {
      ...hoodie,
      price: '50',
    });
    expect(rows[0]).to.include({ code: 'PARENT_NOT_FOUND', sku: 'S-0' });
    expect(rows.slice(0, -2).every(({ code }) => code === 'PARENT_NOT_FOUND')).to.equal(true);
    expect(rows.at(-2)).to.include({ sku: 'H' });
  });

  it('names a bounded number of variations that are to come', () => {
    const file = openShopFile('magento', Object.keys(hoodie), options);
    const read = Array.from({ length: 21 }, (_, product) => {
      const skus = Array.from({ length: 1_000 }, (_, index) => `sku=${product}-${index},size=${index}`);
      const record = { ...hoodie, sku: `H-${product}`, configurable_variations: skus.join('|') };
      return [...file.read({ line: product + 2, cells: Object.values(record) })];
    }).flat();
    expect(read).to.have.length(21 + 21_000);
    expect(read.at(-1)).to.deep.include({ line: 22 });
    expect(read.at(-1)?.refusal).to.include({ code: 'MALFORMED_ROW', sku: '20-999' });
    expect([...file.end()]).to.deep.equal([]);
  });

  it('names variations of a bounded length that are to come', () => {
    const file = openShopFile('magento', Object.keys(hoodie), options);
    const read = Array.from({ length: 90 }, (_, product) => {
      const variations = `sku=${'x'.repeat(100_000)}${product},size=S`;
      return [...file.read({ line: 2, cells: Object.values({ ...hoodie, configurable_variations: variations }) })];
    }).flat();
    expect(read.filter(({ refusal }) => refusal !== undefined)).to.have.length(80);
  });

  it('has a result for each of several variations with one SKU or none', () => {
    for (const sku of ['H-S', '']) {
      const rows = of({ ...small, sku }, { ...small, sku });
      expect(rows.map(({ line, code }) => [line, code])).to.deep.equal([
        [2, 'MALFORMED_ROW'],
        [3, 'PARENT_NOT_FOUND'],
      ]);
    }
    const rows = of(hoodie, { ...hoodie, sku: 'H2' }, small);
    expect(rows.map(({ line, code, sku }) => [line, code, sku])).to.deep.equal([
      [2, undefined, 'H'],
      [3, undefined, 'H2'],
      [2, 'MALFORMED_ROW', 'H-S'],
      [4, undefined, 'H-S'],
    ]);
    expect(rows.at(-1)).to.include({ parentSku: 'H2' });
  });

  it('has variations without a product, and products whose variations are sold alone or missing', () => {
    expect(of(small)[0]).to.include({ code: 'PARENT_NOT_FOUND', sku: 'H-S' });
    const sold = of({ ...small, visibility: 'Catalog, Search' }, hoodie);
    expect(sold.map(({ code, sku }) => code ?? sku)).to.deep.equal(['H-S', 'H', 'UNSUPPORTED_PRODUCT']);
    expect(of(hoodie)[1]).to.include({ code: 'MALFORMED_ROW', sku: 'H-S' });
    expect(of({ ...hoodie, configurable_variations: '' })[0]).to.include({ code: 'UNSUPPORTED_PRODUCT' });
  });
});

describe('a PrestaShop file', () => {
  const of = (...records: Record<string, string>[]) => rowsOf('prestashop', records);
  const radio = { 'Product ID': '1', 'Name *': 'Radio', 'Price tax excluded': '1.299,00', 'Reference #': 'RAD' };

  it('has net prices, to which the tax of the shop is added, or gross ones', () => {
    expect(of(radio)[0]).to.include({ price: '1558.8' });
    expect(of({ ...radio, 'Price tax included': '1500' })[0]).to.include({ price: '1500' });
    expect(of({ ...radio, 'Price tax excluded': 'free' })[0]).to.include({ price: 'free' });
  });

  it('has combinations that share a reference', () => {
    const of = (values: string) => ({ 'Product ID': '1', Attribute: 'Size:select:0', Value: `${values}:0`, Reference: 'X' });
    const header = Object.keys(of('M'));
    const file = openShopFile('prestashop', header, options);
    for (const size of ['M', 'L']) expect([...file.read({ line: 2, cells: Object.values(of(size)) })]).to.deep.equal([]);
    expect([...file.read({ line: 4, cells: ['Product ID', 'Name', 'Price tax excluded'] })]).to.deep.equal([]);
    const rows = [...file.read({ line: 5, cells: ['1', 'Radio', '5'] })].map(({ values }) => values);
    expect(rows.map((values) => [values?.['sku'], values?.['option1']])).to.deep.equal([
      ['id:1', 'Size'],
      [undefined, 'M'],
      [undefined, 'L'],
    ]);
  });

  it('has combinations with an impact on price that is no number', () => {
    const impacts = ['1,299', 'free', '.5'];
    const of = (impact: string) => ['1', 'Size:select:0', `${impact}:0`, impact];
    const file = openShopFile('prestashop', ['Product ID', 'Attribute', 'Value', 'Impact on price'], options);
    for (const impact of impacts) expect([...file.read({ line: 2, cells: of(impact) })]).to.deep.equal([]);
    expect([...file.read({ line: 5, cells: ['Product ID', 'Name', 'Price tax included'] })]).to.deep.equal([]);
    const [, ...rows] = file.read({ line: 6, cells: ['1', 'Radio', '5'] });
    expect(rows.map(({ values }) => values?.['price'])).to.deep.equal(['1,299', 'free', '5.6']);
  });

  it('has combinations whose product does not come', () => {
    const row = {
      'Product ID*': '9',
      'Attribute (Name:Type:Position)*': 'Size:select:0',
      'Value (Value:Position)*': 'M:0',
      Reference: 'X',
    };
    expect(of(row)[0]).to.include({ code: 'PARENT_NOT_FOUND', sku: 'X', line: 2 });
  });
});

describe('each format', () => {
  const smallest: Record<ShopFormat, Record<string, string>[]> = {
    shopify: [
      { Handle: 'mug', Title: 'Mug', 'Option1 Name': '', 'Option1 Value': '' },
      { Handle: 'tee', Title: 'Tee', 'Option1 Name': 'Size', 'Option1 Value': 'M' },
    ],
    woocommerce: [
      { Type: 'simple', SKU: 'MUG', Name: 'Mug', 'Regular price': '5' },
      { Type: 'variable', SKU: 'TEE', Name: 'Tee' },
      { Type: 'variation', SKU: 'TEE-M', Parent: 'TEE', 'Regular price': '5' },
    ],
    magento: [
      { sku: 'MUG', product_type: 'simple' },
      { sku: 'TEE', product_type: 'configurable', configurable_variations: 'sku=TEE-M,size=M' },
      { sku: 'TEE-M', product_type: 'simple' },
    ],
    prestashop: [
      { 'Product ID': '1', Name: 'Mug', 'Price tax excluded': '5' },
      { 'Product ID': 'Product ID', Name: 'Attribute', 'Price tax excluded': 'Value' },
      { 'Product ID': '2', Name: 'Size:select:0', 'Price tax excluded': 'M:0' },
      { 'Product ID': 'Product ID', Name: 'Name', 'Price tax excluded': 'Price tax excluded' },
      { 'Product ID': '2', Name: 'Tee', 'Price tax excluded': '5' },
    ],
  };
  for (const format of shopFormats) {
    it(`${format} clears no field whose column the file does not have`, () => {
      const header = [...new Set(smallest[format].flatMap((record) => Object.keys(record)))];
      const file = openShopFile(format, header, options);
      const read = smallest[format].flatMap((record) => [
        ...file.read({ line: 2, cells: header.map((column) => record[column] ?? '') }),
      ]);
      const values = [...read, ...file.end()].map(({ values = {} }) => values);
      expect(values.length).to.be.above(2);
      const kept = values.map((row) => withBlanks(row, 'keep'));
      expect(values.map((row) => withBlanks(row, 'clear'))).to.deep.equal(kept);
    });
  }

  for (const format of shopFormats) {
    it(`${format} has no row for a file that ends after its header`, () =>
      expect([...openShopFile(format, ['Handle', 'Title'], options).end()]).to.deep.equal([]));
  }
});
