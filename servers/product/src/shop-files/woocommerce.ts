import { productLimits } from '../catalogue/index.ts';
import {
  attributesOf,
  barcodeOf,
  categoriesOf,
  countOf,
  gramsOf,
  imagesOf,
  listOf,
  type Prices,
  skuOfKey,
  tagsOf,
  urlsOf,
} from './cell-values.ts';
import { type Cells, descriptionField, lengthOf, openColumns, optionCells, plainName, refusal } from './columns.ts';
import { decimalText } from './decimal-text.ts';
import { createFamilies } from './families.ts';
import { htmlToText } from './html-text.ts';
import { salePrices } from './sale.ts';
import type { Refusal, ShopFile, ShopFileOptions, ShopRow, Values, WeightUnit } from './shop-file.ts';

export const woocommerceColumns = {
  id: ['id'],
  type: ['type'],
  sku: ['sku'],
  gtin: ['gtin, upc, ean, or isbn'],
  name: ['name'],
  published: ['published'],
  summary: ['short description'],
  description: ['description'],
  saleStarts: ['date sale price starts'],
  saleEnds: ['date sale price ends'],
  stock: ['stock'],
  lowStock: ['low stock amount'],
  weight: ['weight (kg)', 'weight (lbs)', 'weight (g)', 'weight (oz)'],
  salePrice: ['sale price'],
  regularPrice: ['regular price'],
  categories: ['categories'],
  tags: ['tags'],
  images: ['images'],
  parent: ['parent'],
  brands: ['brands'],
} as const;

type Name = keyof typeof woocommerceColumns;
type Attribute = readonly [name: string, value: string];
type Row = Cells<Name> & {
  attributes: readonly Attribute[];
  /** Whether the file has columns of attributes. */
  hasAttributes: boolean;
  length: number;
};
/** A product with variations; `options`: once its row has been returned, the attributes that its variations differ in. */
type Parent = { sku: string; isActive: boolean; options?: readonly string[] };

/** The value of an attribute that a variation leaves open. */
const ANY = 'Any';
const { options: MAX_OPTIONS } = productLimits;
const MAX_ATTRIBUTES = 100;

/**
 * Reads a product file of WooCommerce. The variations decide the options and the price of their product. A product is held until its first
 * variation, and variations until their product.
 */
export function openWooCommerce(header: readonly string[], { now }: Pick<ShopFileOptions, 'now'>): ShopFile {
  const columns = openColumns<Name>(header, woocommerceColumns);
  const attributes = findAttributes(header);
  for (const { name, value } of attributes) for (const index of [name, value]) columns.take(index);
  const context: Context = { weightUnit: weightUnitOf(header), now };
  const families = createFamilies<Row & { parent: Parent }, Row>();
  /** By SKU and by `id:` and the number. */
  const parents = new Map<string, Parent>();

  function* opened(row: Row & { parent: Parent }, children: readonly Row[]): Generator<ShopRow, void, void> {
    const [first] = children;
    row.parent.options = first === undefined ? variedOf(row) : first.attributes.map(([name]) => name);
    yield parentRow(row, first, context);
    for (const child of children) yield variationRow(child, row.parent, context);
  }

  function* variable(row: Row): Generator<ShopRow, void, void> {
    const parent = { sku: keyOf(row), isActive: row.text('published') === '1' };
    const keys = [...new Set([keyOf(row), idOf(row)])].filter(Boolean);
    for (const key of keys) parents.set(key, parent);
    const children = keys.flatMap((key) => families.takeChildren(key));
    if (children.length > 0) return yield* opened({ ...row, parent }, children);
    const replaced = families.holdParent(parent.sku, { ...row, parent });
    if (replaced !== undefined)
      yield refused(replaced, { code: 'MALFORMED_ROW', message: parent.sku === '' ? UNNAMED : REPEATED });
  }

  function* variation(row: Row): Generator<ShopRow, void, void> {
    const key = skuOfKey(row.text('parent'));
    if (key === '')
      return yield refused(row, {
        code: 'PARENT_NOT_FOUND',
        message: 'a variation needs the SKU or id: of its product in Parent',
      });
    const parent = parents.get(key);
    if (parent === undefined) return families.holdChild(key, row);
    if (parent.options !== undefined) return yield variationRow(row, parent, context);
    const waiting = families.takeParent(parent.sku);
    if (waiting !== undefined) yield* opened(waiting, [row]);
    else yield variationRow(row, parent, context);
  }

  function* released(): Generator<ShopRow, void, void> {
    const { parents: waiting, children } = families.takeAll();
    for (const parent of waiting) yield* opened(parent, []);
    for (const { key, children: orphans } of children) {
      for (const orphan of orphans) yield variationRow(orphan, { sku: key, isActive: true }, context);
    }
  }

  return {
    ignored: columns.ignored,
    widthOf: () => header.length,
    *read(record) {
      const cells = columns.cells(record);
      const row: Row = {
        ...cells,
        length: lengthOf(record),
        hasAttributes: attributes.length > 0,
        attributes: attributes.flatMap(({ name, value }): Attribute[] => {
          const [known = '', text = ''] = [record.cells[name]?.trim(), record.cells[value]?.trim()];
          return known === '' ? [] : [[known, text]];
        }),
      };
      const types = row
        .text('type')
        .toLowerCase()
        .split(',')
        .map((type) => type.trim());
      if (types.includes('variation')) yield* variation(row);
      else if (types.includes('variable')) yield* variable(row);
      else if (types.includes('simple') || row.text('type') === '') yield { line: row.line, values: simpleValues(row, context) };
      else
        yield refused(row, {
          code: 'UNSUPPORTED_PRODUCT',
          message: `a product of the type ${JSON.stringify(row.text('type'))} is not imported`,
        });
      if (families.isFull()) yield* released();
    },
    end: released,
  };
}

const REPEATED = 'another row has the same SKU';
const UNNAMED = 'the row has neither a SKU nor an ID';

type Context = { weightUnit: WeightUnit; now: Date };

function weightUnitOf(header: readonly string[]): WeightUnit {
  const units: Readonly<Record<string, WeightUnit>> = { kg: 'kg', lbs: 'lb', g: 'g', oz: 'oz' };
  const found = header.map((cell) => units[/^weight \((\w+)\)$/.exec(plainName(cell))?.[1] ?? '']);
  return found.find((unit) => unit !== undefined) ?? 'kg';
}

/** The columns `Attribute 1 name` and `Attribute 1 value(s)`, and so on. */
function findAttributes(header: readonly string[]): { name: number; value: number }[] {
  const names = header.map(plainName);
  const places = new Map(names.map((name, index) => [name, index]));
  const found = names.flatMap((cell, name) => {
    const number = /^attribute (\d+) name$/.exec(cell)?.[1];
    const value = places.get(`attribute ${number} value(s)`);
    return number === undefined || value === undefined ? [] : [{ name, value }];
  });
  return found.slice(0, MAX_ATTRIBUTES);
}

function idOf(row: Row): string {
  return row.text('id') === '' ? '' : `id:${row.text('id')}`;
}

function keyOf(row: Row): string {
  return row.text('sku') || skuOfKey(idOf(row));
}

/** Without variations, attributes with several values are the options. */
function variedOf(row: Row): string[] {
  const varied = row.attributes.filter(([, value]) => listOf(value).length > 1).slice(0, MAX_OPTIONS);
  return varied.map(([name]) => name);
}

function simpleValues(row: Row, context: Context): Values {
  return { ...sharedValues(row, row.attributes), ...ownValues(row, context), sku: keyOf(row) || undefined, ...statusOf(row) };
}

function parentRow(row: Row & { parent: Parent }, first: Row | undefined, context: Context): ShopRow {
  const { sku, options = [] } = row.parent;
  if (options.length > MAX_OPTIONS)
    return refused(row, { code: 'UNSUPPORTED_PRODUCT', message: `its variations differ in more than ${MAX_OPTIONS} attributes` });
  const others = row.attributes.filter(([name]) => !options.includes(name));
  const price = priceOf(first ?? row, context).price ?? priceOf(row, context).price;
  const values = { ...sharedValues(row, others), ...imageValues(row), sku, ...statusOf(row), price, ...optionCells(options) };
  return { line: row.line, values };
}

function variationRow(
  row: Row,
  { sku, isActive, options = row.attributes.map(([name]) => name) }: Parent,
  context: Context,
): ShopRow {
  const other = row.attributes.find(([name]) => !options.includes(name));
  if (other !== undefined)
    return refused(row, {
      code: 'MALFORMED_ROW',
      message: `it has the attribute ${JSON.stringify(other[0])}, but the first variation of its product does not`,
    });
  const given = new Map(row.attributes);
  const values = optionCells(options.map((name) => given.get(name) || ANY));
  const status = isActive || row.text('published') !== '1' ? statusOf(row) : {};
  return {
    line: row.line,
    values: { ...ownValues(row, context), sku: row.text('sku') || undefined, ...status, parentSku: sku, ...values },
  };
}

function sharedValues(row: Row, attributes: readonly Attribute[]): Values {
  return {
    ...row.field('name', 'name'),
    ...descriptionField(row, () => descriptionOf(row)),
    ...row.field('brand', 'brands', (text) => listOf(text)[0]),
    ...row.field('tags', 'tags', (text) => tagsOf(listOf(text))),
    ...row.field('category', 'categories', (text) => categoriesOf(listOf(text).map((path) => path.split('>')))),
    ...(row.hasAttributes
      ? { attributes: attributesOf(attributes.map(([name, value]) => [name, listOf(value).join(', ')])) }
      : {}),
  };
}

/** The short description stands before the long one. WooCommerce writes line ends as `\n`. */
function descriptionOf(row: Row): string {
  const texts = [row.raw('summary'), row.raw('description')].filter((text) => text.trim() !== '');
  return texts.map((text) => htmlToText(text.replaceAll('\\n', '\n'), { keepsLines: true })).join('\n\n');
}

function ownValues(row: Row, context: Context): Values {
  return {
    ...priceOf(row, context),
    ...row.field('barcode', 'gtin', barcodeOf),
    ...row.field('stock', 'stock', countOf),
    ...row.field('lowStockThreshold', 'lowStock', countOf),
    ...row.field('weightGrams', 'weight', (text) => gramsOf(decimalText(text), context.weightUnit)),
    ...imageValues(row),
  };
}

function imageValues(row: Row): Values {
  return row.field('images', 'images', (text) => imagesOf(urlsOf(text).map((url) => ({ url, alt: '' }))));
}

function priceOf(row: Row, { now }: Context): Prices {
  const [price, sale] = [decimalText(row.text('regularPrice')), decimalText(row.text('salePrice'))];
  const period = { from: row.text('saleStarts'), to: row.text('saleEnds') };
  return salePrices({ price, sale, hasSale: row.has('salePrice'), period }, now);
}

function statusOf(row: Row): Values {
  return row.field('status', 'published', (text) => (text === '1' ? 'active' : 'draft'));
}

function refused(row: Row, why: Refusal): ShopRow {
  return refusal(row.line, { ...why, sku: row.text('sku') });
}
