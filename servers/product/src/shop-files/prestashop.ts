import { productLimits } from '../catalogue/index.ts';
import {
  attributesOf,
  barcodeOf,
  categoriesOf,
  countOf,
  gramsOf,
  imagesOf,
  listOf,
  skuOfKey,
  slugFrom,
  tagsOf,
  urlsOf,
} from './cell-values.ts';
import { type Cells, type Columns, descriptionField, lengthOf, openColumns, optionCells, refusal } from './columns.ts';
import { decimalText, grossText, sumText } from './decimal-text.ts';
import { createFamilies } from './families.ts';
import { htmlToText } from './html-text.ts';
import type { Refusal, ShopFile, ShopFileOptions, ShopRow, Values } from './shop-file.ts';

/** The names of the sample files and of the export of the product list, as `prestashopName` writes them. */
export const prestashopColumns = {
  id: ['product id', 'id'],
  active: ['active', 'enabled', 'status'],
  name: ['name'],
  categories: ['categories', 'category'],
  priceNet: ['price tax excluded'],
  priceGross: ['price tax included'],
  reference: ['reference'],
  brand: ['manufacturer', 'brand'],
  ean: ['ean13'],
  upc: ['upc'],
  weight: ['weight'],
  quantity: ['quantity'],
  lowStock: ['low stock level'],
  summary: ['summary', 'short description'],
  description: ['description'],
  tags: ['tags'],
  url: ['url rewritten', 'rewritten url'],
  images: ['image urls', 'image'],
  imageAlts: ['image alt texts'],
  features: ['feature'],
} as const;

const combinationColumns = {
  id: ['product id'],
  attributes: ['attribute'],
  values: ['value'],
  reference: ['reference'],
  ean: ['ean13'],
  upc: ['upc'],
  priceImpact: ['impact on price'],
  quantity: ['quantity'],
  lowStock: ['low stock level'],
  weightImpact: ['impact on weight'],
  images: ['image urls'],
  imageAlts: ['image alt texts'],
} as const;

type Name = keyof typeof prestashopColumns;
type Row = Cells<Name> & { length: number };
type Combination = Cells<keyof typeof combinationColumns> & { length: number };

const { options: MAX_OPTIONS } = productLimits;
/** A file may have a header in each line. */
const MAX_IGNORED = 1_000;
const MAX_NAME_LENGTH = 100;

/** The name of a column without its explanation: `active` of `Active (0/1)`, `name` of `Name *`. */
export function prestashopName(cell: string): string {
  return cell
    .slice(0, MAX_NAME_LENGTH)
    .toLowerCase()
    .replace(/\(tax excl\.?\)|\btax excl\.(?=\s|$)/, 'tax excluded')
    .replace(/\(tax incl\.?\)|\btax incl\.(?=\s|$)/, 'tax included')
    .replaceAll(/\([^)]*\)|[*#]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

export function isCombinationsHeader(header: readonly string[]): boolean {
  const names = header.map(prestashopName);
  return names.includes('product id') && names.includes('attribute') && names.includes('value');
}

/**
 * Reads a product file of PrestaShop, which has no combinations: their file comes first, in the same body, and its rows wait for the
 * products. A header in the middle begins another file.
 */
export function openPrestaShop(header: readonly string[], context: ShopFileOptions): ShopFile {
  const families = createFamilies<Row, Combination>();
  let columns: Columns<Name> | undefined;
  let combinations: Columns<keyof typeof combinationColumns> | undefined;
  let width = 0;
  const ignored = new Set<string>();
  const begin = (cells: readonly string[]): void => {
    width = cells.length;
    const isOfCombinations = isCombinationsHeader(cells);
    columns = isOfCombinations ? undefined : openColumns<Name>(cells, prestashopColumns, prestashopName);
    combinations = isOfCombinations ? openColumns(cells, combinationColumns, prestashopName) : undefined;
    for (const cell of (columns ?? combinations)?.ignored() ?? []) if (ignored.size < MAX_IGNORED) ignored.add(cell);
  };
  begin(header);

  function* released(): Generator<ShopRow, void, void> {
    for (const { children } of families.takeAll().children) for (const orphan of children) yield refused(orphan, ORPHAN);
  }

  return {
    widthOf: (cells) => (isHeader(cells) ? cells.length : width),
    ignored: () => [...ignored],
    *read(record) {
      if (isHeader(record.cells)) return begin(record.cells);
      if (combinations !== undefined) {
        const row = { ...combinations.cells(record), length: lengthOf(record) };
        families.holdChild(row.text('id'), row);
      } else if (columns !== undefined) {
        const row = { ...columns.cells(record), length: lengthOf(record) };
        yield* productRows(row, families.takeChildren(row.text('id')), context);
      }
      if (families.isFull()) yield* released();
    },
    end: released,
  };
}

const ORPHAN: Refusal = {
  code: 'PARENT_NOT_FOUND',
  message:
    'no product with this Product ID comes after it: send the file of combinations and then that of the products, in one request',
};

function isHeader(cells: readonly string[]): boolean {
  return prestashopName(cells[0] ?? '') === 'product id';
}

function* productRows(row: Row, combinations: readonly Combination[], context: ShopFileOptions): Generator<ShopRow, void, void> {
  const sku = skuOf(row);
  if (combinations.length === 0) {
    yield {
      line: row.line,
      values: { ...productValues(row), ...stockValues(row, context), sku, price: priceOf(row, context) },
    };
    return;
  }
  const options = [...new Set(combinations.flatMap((one) => namesOf(one.text('attributes'))))];
  if (options.length === 0 || options.length > MAX_OPTIONS) {
    yield* [row, ...combinations].map((one) =>
      refused(one, { code: 'UNSUPPORTED_PRODUCT', message: `combinations must have 1 to ${MAX_OPTIONS} attributes` }),
    );
    return;
  }
  yield { line: row.line, values: { ...productValues(row), sku, price: priceOf(row, context), ...optionCells(options) } };
  // PrestaShop allows one reference for several combinations. They are found by their option values then.
  const references = Map.groupBy(combinations, (one) => one.text('reference'));
  for (const one of combinations) {
    const reference = one.text('reference');
    const own = references.get(reference)?.length === 1 ? reference || undefined : undefined;
    yield combinationRow(one, { row, sku, options, own }, context);
  }
}

type Product = { row: Row; sku: string | undefined; options: readonly string[]; own: string | undefined };

function combinationRow(one: Combination, { row, sku, options, own }: Product, context: ShopFileOptions): ShopRow {
  const names = namesOf(one.text('attributes'));
  const values = valuesOf(one.text('values'));
  const chosen = optionCells(options.map((name) => values[names.indexOf(name)]));
  const impact = decimalText(one.text('priceImpact')) || '0';
  const weight = sumText(decimalText(row.text('weight')) || '0', decimalText(one.text('weightImpact')) || '0');
  return {
    line: one.line,
    values: {
      ...one.field('stock', 'quantity', countOf),
      ...one.field('lowStockThreshold', 'lowStock', (text) => countOf(text) || undefined),
      ...one.field('images', 'images', (text) => imagesWith(text, one.text('imageAlts'))),
      ...barcodeValue(one),
      ...(row.has('weight') || one.has('weightImpact') ? { weightGrams: gramsOf(weight, context.weightUnit) } : {}),
      price: impactedPrice(row, impact, context),
      sku: own,
      parentSku: sku,
      ...chosen,
    },
  };
}

function impactedPrice(row: Row, impact: string, context: ShopFileOptions): string | undefined {
  const gross = decimalText(row.text('priceGross'));
  if (gross !== '') return sumText(gross, grossText(impact, context.tax));
  const net = decimalText(row.text('priceNet'));
  return net === '' ? undefined : grossText(sumText(net, impact), context.tax);
}

/** Reads `Color:color:0, Size:select:1` without types and positions. */
function namesOf(text: string): string[] {
  return listOf(text).map((part) => part.split(':')[0]?.trim() ?? '');
}

/** Reads `Blue:0, M:1` without positions. */
function valuesOf(text: string): string[] {
  return listOf(text).map((part) => part.replace(/:\d*$/, '').trim());
}

function skuOf(row: Row): string | undefined {
  return row.text('reference') || (row.text('id') === '' ? undefined : skuOfKey(`id:${row.text('id')}`));
}

/** The price with tax. The tax rate of the shop is added to a net price. */
function priceOf(row: Row, { tax }: ShopFileOptions): string | undefined {
  const gross = decimalText(row.text('priceGross'));
  if (gross !== '') return gross;
  const net = decimalText(row.text('priceNet'));
  return net === '' ? undefined : grossText(net, tax);
}

function productValues(row: Row): Values {
  return {
    ...row.field('name', 'name'),
    ...row.field('slug', 'url', slugFrom),
    ...row.field('brand', 'brand'),
    ...row.field('tags', 'tags', (text) => tagsOf(listOf(text))),
    ...row.field('category', 'categories', (text) => categoriesOf(listOf(text).map(belowHome))),
    ...row.field('attributes', 'features', (text) => attributesOf(featuresOf(text))),
    ...row.field('images', 'images', (text) => imagesWith(text, row.text('imageAlts'))),
    ...row.field('status', 'active', (text) => (text === '1' ? 'active' : 'archived')),
    ...descriptionField(row, () => descriptionOf(row)),
  };
}

function stockValues(row: Row, { weightUnit }: ShopFileOptions): Values {
  return {
    ...barcodeValue(row),
    ...row.field('weightGrams', 'weight', (text) => gramsOf(decimalText(text), weightUnit)),
    ...row.field('stock', 'quantity', countOf),
    ...row.field('lowStockThreshold', 'lowStock', (text) => countOf(text) || undefined),
  };
}

function barcodeValue(row: Cells<'ean' | 'upc'>): Values {
  if (!row.has('ean') && !row.has('upc')) return {};
  return { barcode: barcodeOf(row.text('ean')) ?? barcodeOf(row.text('upc')) };
}

/** `Home` is the root of the categories. */
function belowHome(path: string): string[] {
  const [first = '', ...others] = path.split('/');
  return first.trim() === 'Home' ? others : [first, ...others];
}

function featuresOf(text: string): [string, string][] {
  return listOf(text).map((part) => {
    const [name = '', value = ''] = part.split(':');
    return [name, value];
  });
}

function imagesWith(urls: string, alts: string) {
  const texts = listOf(alts);
  return imagesOf(urlsOf(urls).map((url, index) => ({ url, alt: texts[index] ?? '' })));
}

/** The summary stands before the description, unless both say the same. */
function descriptionOf(row: Row): string {
  const texts = [row.raw('summary'), row.raw('description')].filter((text) => text.trim() !== '').map((text) => htmlToText(text));
  return [...new Set(texts)].join('\n\n');
}

function refused(row: Row | Combination, why: Refusal): ShopRow {
  return refusal(row.line, { ...why, sku: row.text('reference') });
}
