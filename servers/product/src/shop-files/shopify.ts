import {
  attributesOf,
  barcodeOf,
  categoriesOf,
  countOf,
  gramsOf,
  imagesOf,
  listOf,
  pricesOf,
  skuOfKey,
  slugFrom,
  tagsOf,
  urlsOf,
} from './cell-values.ts';
import { type Cells, lengthOf, openColumns, optionCells, plainName, refusal } from './columns.ts';
import { decimalText } from './decimal-text.ts';
import { htmlToText } from './html-text.ts';
import type { ShopFile, ShopRow, Values } from './shop-file.ts';

/** The names of the export, and those that it has since 2024. */
export const shopifyColumns = {
  handle: ['handle', 'url handle'],
  title: ['title'],
  body: ['body (html)', 'description'],
  vendor: ['vendor'],
  category: ['product category'],
  type: ['type'],
  tags: ['tags'],
  published: ['published', 'published on online store'],
  status: ['status'],
  option1Name: ['option1 name'],
  option1Value: ['option1 value'],
  option2Name: ['option2 name'],
  option2Value: ['option2 value'],
  option3Name: ['option3 name'],
  option3Value: ['option3 value'],
  sku: ['variant sku', 'sku'],
  grams: ['variant grams', 'weight value (grams)'],
  quantity: ['variant inventory qty', 'inventory quantity'],
  price: ['variant price', 'price'],
  compareAtPrice: ['variant compare at price', 'compare-at price'],
  barcode: ['variant barcode', 'variant barcodes', 'barcode'],
  image: ['image src', 'product image url'],
  imagePosition: ['image position'],
  imageAlt: ['image alt text'],
  variantImage: ['variant image', 'variant image url'],
} as const;

type Name = keyof typeof shopifyColumns;
type Row = Cells<Name> & { cells: readonly string[]; length: number };

/** Bounds the memory of a product whose rows do not end. The rows after it are read as rows of variants. */
const MAX_PRODUCT_ROWS = 1_000;
const MAX_PRODUCT_LENGTH = 2_000_000;

const optionNames = ['option1Name', 'option2Name', 'option3Name'] as const;
const optionValues = ['option1Value', 'option2Value', 'option3Value'] as const;
/** A row with one of these has a variant. */
const ofVariants: readonly Name[] = ['price', 'sku', ...optionValues];

/**
 * Reads a product file of Shopify: adjacent rows with one handle are a product, the rows of its variants and those of its further images.
 */
export function openShopify(header: readonly string[]): ShopFile {
  const columns = openColumns<Name>(header, shopifyColumns);
  const metafields = findMetafields(header);
  for (const { index } of metafields) columns.take(index);
  let group: Row[] = [];
  let length = 0;

  function* flush(): Generator<ShopRow, void, void> {
    const rows = group;
    group = [];
    length = 0;
    if (rows.length > 0) yield* productRows(rows, metafields);
  }

  return {
    ignored: columns.ignored,
    widthOf: () => header.length,
    *read(record) {
      const row = { ...columns.cells(record), cells: record.cells, length: lengthOf(record) };
      const isNext = row.text('handle') !== group[0]?.text('handle');
      if (isNext || group.length >= MAX_PRODUCT_ROWS || length >= MAX_PRODUCT_LENGTH) yield* flush();
      group.push(row);
      length += row.length;
    },
    end: flush,
  };
}

const MAX_NAME_LENGTH = 200;

type Metafield = { name: string; index: number };

/** Metafields of products are columns such as `Colour (product.metafields.shopify.color-pattern)`. */
function findMetafields(header: readonly string[]): Metafield[] {
  return header.flatMap((cell, index) => {
    const [, name = ''] = /^(.+?) \(product\.metafields\.[^)]*\)$/.exec(plainName(cell.slice(0, MAX_NAME_LENGTH))) ?? [];
    return name === '' ? [] : [{ name: cell.trim().slice(0, name.length), index }];
  });
}

function* productRows(rows: readonly Row[], metafields: readonly Metafield[]): Generator<ShopRow, void, void> {
  const handle = rows[0]?.text('handle') ?? '';
  const product = rows.find((row) => row.text('title') !== '');
  const variants = rows.filter((row) => ofVariants.some((name) => row.text(name) !== ''));
  const key = skuOfParent(handle, variants);
  if (handle === '') yield* rows.map((row) => refused(row, 'MALFORMED_ROW', 'Handle is empty'));
  else if (product === undefined) yield* rows.map((row) => (variants.includes(row) ? variantRow(row, key) : refusedImage(row)));
  else if (namesOf(product, variants).length === 0) yield* simpleRows({ handle, rows, product, variants }, metafields);
  else {
    const options = optionCells(namesOf(product, variants));
    const price = variants.map((row) => decimalText(row.text('price'))).find((price) => /^\d/.test(price));
    const fields = productFields({ handle, rows, product }, metafields);
    yield { line: product.line, values: { ...fields, sku: key, price, ...options } };
    yield* variants.map((row) => variantRow(row, key));
  }
}

/** A product without options has one variant of the name `Default Title`. */
function namesOf(product: Row, variants: readonly Row[]): string[] {
  const names = optionNames.map((name) => product.text(name));
  const isDefault = names[0] === 'Title' && variants.every((row) => row.text('option1Value') === 'Default Title');
  return isDefault ? [] : names.slice(0, names.findLastIndex((name) => name !== '') + 1);
}

/** A variant may have the handle as its SKU. */
function skuOfParent(handle: string, variants: readonly Row[]): string {
  const isTaken = variants.some((row) => skuOf(row) === handle);
  return skuOfKey(isTaken ? `${handle} (product)` : handle);
}

type Group = { handle: string; rows: readonly Row[]; product: Row; variants: readonly Row[] };

function* simpleRows(
  { handle, rows, product, variants }: Group,
  metafields: readonly Metafield[],
): Generator<ShopRow, void, void> {
  const [own = product, ...further] = variants;
  const fields = { ...variantFields(own), ...productFields({ handle, rows, product }, metafields) };
  yield { line: product.line, values: { ...fields, sku: skuOf(own) || skuOfKey(handle) } };
  yield* further.map((row) => refused(row, 'MALFORMED_ROW', 'a second variant needs Option1 Name in the row with the title'));
}

function productFields({ handle, rows, product }: Omit<Group, 'variants'>, metafields: readonly Metafield[]): Values {
  const [category, type] = [product.text('category'), product.text('type')];
  const hasType = product.has('type');
  const attributes = metafields.map(({ name, index }) => [name, product.cells[index] ?? ''] as const);
  return {
    name: product.text('title') || undefined,
    slug: slugFrom(handle),
    ...descriptionOf(product),
    ...product.field('brand', 'vendor'),
    ...product.field('tags', 'tags', (text) => tagsOf(listOf(text))),
    ...product.field('status', 'status', (text) => statusOf(text, product.text('published'))),
    ...(product.text('status') === '' && isFalse(product.text('published')) ? { status: 'draft' } : {}),
    ...(product.has('category') || hasType ? { category: categoriesOf([(category || type).split('>')]) } : {}),
    ...(metafields.length > 0 || hasType
      ? { attributes: attributesOf([...attributes, ['Type', category === '' ? '' : type]]) }
      : {}),
    ...(product.has('image') ? { images: imagesOfGroup(rows) } : {}),
  };
}

function descriptionOf(product: Row): Values {
  return product.field('description', 'body', () => htmlToText(product.raw('body')));
}

/** `unlisted` is on sale, but not in lists. */
function statusOf(text: string, published: string): string {
  const status = text.toLowerCase();
  if (status === 'unlisted') return 'active';
  return status === 'active' && isFalse(published) ? 'draft' : status;
}

function isFalse(text: string): boolean {
  return text.toLowerCase() === 'false';
}

function imagesOfGroup(rows: readonly Row[]) {
  const images = rows.flatMap((row, index) =>
    urlsOf(row.text('image')).map((url) => ({
      ...{ url, alt: row.text('imageAlt') },
      position: Number(row.text('imagePosition')) || index + 1,
    })),
  );
  return imagesOf(images.toSorted((one, other) => one.position - other.position));
}

function variantRow(row: Row, parentSku: string): ShopRow {
  const options = optionCells(optionValues.map((name) => row.text(name) || undefined));
  const images = row.field('images', 'variantImage', (text) => imagesOf([{ url: text, alt: '' }]));
  const values = { ...variantFields(row), ...images, sku: skuOf(row) || undefined, parentSku, ...options };
  return { line: row.line, values };
}

function variantFields(row: Row): Values {
  return {
    ...pricesOf(decimalText(row.text('price')), row.has('compareAtPrice') ? decimalText(row.text('compareAtPrice')) : undefined),
    ...row.field('barcode', 'barcode', (text) => barcodeOf(withoutApostrophe(text))),
    ...row.field('weightGrams', 'grams', (text) => gramsOf(decimalText(text), 'g')),
    ...row.field('stock', 'quantity', countOf),
  };
}

/** Shopify writes an apostrophe before numbers, so that a spreadsheet takes them for text. */
function withoutApostrophe(text: string): string {
  return text.replace(/^'/, '');
}

function skuOf(row: Row): string {
  return withoutApostrophe(row.text('sku'));
}

function refusedImage(row: Row): ShopRow {
  return refused(row, 'MALFORMED_ROW', 'the row has neither a title nor a variant, and does not follow the rows of its product');
}

function refused(row: Row, code: 'MALFORMED_ROW', message: string): ShopRow {
  return refusal(row.line, { code, message, sku: skuOf(row) });
}
