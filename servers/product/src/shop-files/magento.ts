import { productLimits } from '../catalogue/index.ts';
import {
  attributesOf,
  barcodeOf,
  categoriesOf,
  countOf,
  gramsOf,
  imagesOf,
  type Prices,
  slugFrom,
  urlsOf,
} from './cell-values.ts';
import { type Cells, descriptionField, lengthOf, openColumns, optionCells, refusal } from './columns.ts';
import { decimalText } from './decimal-text.ts';
import { createFamilies } from './families.ts';
import { htmlToText } from './html-text.ts';
import { salePrices } from './sale.ts';
import type { ShopFile, ShopFileOptions, ShopRow, Values } from './shop-file.ts';

export const magentoColumns = {
  sku: ['sku'],
  storeView: ['store_view_code'],
  type: ['product_type'],
  categories: ['categories'],
  name: ['name'],
  description: ['description'],
  summary: ['short_description'],
  weight: ['weight'],
  online: ['product_online'],
  visibility: ['visibility'],
  price: ['price'],
  specialPrice: ['special_price'],
  specialFrom: ['special_price_from_date'],
  specialTo: ['special_price_to_date'],
  urlKey: ['url_key'],
  image: ['base_image'],
  imageLabel: ['base_image_label'],
  images: ['additional_images'],
  imageLabels: ['additional_image_labels'],
  attributes: ['additional_attributes'],
  quantity: ['qty'],
  lowStock: ['notify_on_stock_below'],
  usesShopsLowStock: ['use_config_notify_stock_qty'],
  variations: ['configurable_variations'],
  variationLabels: ['configurable_variation_labels'],
} as const;

type Name = keyof typeof magentoColumns;
type Attribute = readonly [name: string, value: string];
type Row = Cells<Name> & { length: number };
/** What the row of a product with variations says about one of them. */
type Variation = {
  sku: string;
  parentSku: string;
  isParentActive: boolean;
  values: readonly string[];
  options: readonly string[];
};
type Awaited = Variation & { line: number; length: number };

const { options: MAX_OPTIONS } = productLimits;
const BRANDS = ['manufacturer', 'brand'];
const BARCODES = ['ean', 'gtin', 'upc', 'barcode'];
/** Attributes that say nothing about the product, or have columns of their own. */
const UNTAKEN = new Set(['has_options', 'required_options', 'quantity_and_stock_status', ...BRANDS, ...BARCODES]);
const SOLD_ALONE = ['simple', 'virtual', 'downloadable', ''];

/**
 * Reads a product file of Magento 2. A configurable product names its variations, whose rows are those of simple products and mostly come
 * before it: rows that are not visible individually wait for it. Rows of a store view repeat a product in another language and are skipped.
 */
export function openMagento(header: readonly string[], context: ShopFileOptions): ShopFile {
  const columns = openColumns<Name>(header, magentoColumns);
  /** Simple products by their own SKU. */
  const families = createFamilies<Row, Row>();
  /** Variations whose rows are to come, by their SKU. */
  const awaited = createFamilies<Awaited, never>();
  /** The products that were returned without options. */
  const sold = new Set<string>();

  function* simple(row: Row): Generator<ShopRow, void, void> {
    const sku = row.text('sku');
    const variation = awaited.takeParent(sku);
    if (variation !== undefined) return yield variationRow(row, variation, context);
    if (isHidden(row)) return yield* held(row);
    sold.add(sku);
    yield { line: row.line, values: simpleValues(row, context) };
  }

  function* held(row: Row): Generator<ShopRow, void, void> {
    const sku = row.text('sku');
    const replaced = families.holdParent(sku, row);
    if (replaced !== undefined)
      yield refusal(replaced.line, { code: 'MALFORMED_ROW', message: sku === '' ? UNNAMED : REPEATED, sku });
  }

  function* configurable(row: Row): Generator<ShopRow, void, void> {
    const { variations, options } = variationsOf(row);
    const length = Math.ceil(textLength(row) / variations.length);
    const rows = variations.map((variation) => ({ variation, held: families.takeParent(variation.sku) }));
    yield parentRow(row, { options, first: rows.find(({ held }) => held !== undefined)?.held }, context);
    for (const { variation, held } of rows) {
      if (held !== undefined) yield variationRow(held, variation, context);
      else if (sold.has(variation.sku))
        yield refusal(row.line, { code: 'UNSUPPORTED_PRODUCT', message: VISIBLE, sku: variation.sku });
      else yield* awaiting({ ...variation, line: row.line, length });
    }
  }

  function* awaiting(variation: Awaited): Generator<ShopRow, void, void> {
    const replaced = awaited.holdParent(variation.sku, variation);
    if (replaced !== undefined) yield refusal(replaced.line, { code: 'MALFORMED_ROW', message: RENAMED, sku: replaced.sku });
  }

  function* released(): Generator<ShopRow, void, void> {
    for (const row of families.takeAll().parents)
      yield refusal(row.line, { code: 'PARENT_NOT_FOUND', message: ORPHAN, sku: row.text('sku') });
  }

  function* missing(): Generator<ShopRow, void, void> {
    for (const { line, sku } of awaited.takeAll().parents)
      yield refusal(line, { code: 'MALFORMED_ROW', message: 'the variation has no row of its own', sku });
  }

  return {
    ignored: columns.ignored,
    widthOf: () => header.length,
    *read(record) {
      const row: Row = { ...columns.cells(record), length: lengthOf(record) };
      if (row.text('storeView') !== '') return;
      const type = row.text('type');
      if (type === 'configurable') yield* configurable(row);
      else if (SOLD_ALONE.includes(type)) yield* simple(row);
      else
        yield refusal(row.line, {
          code: 'UNSUPPORTED_PRODUCT',
          message: `a product of the type ${JSON.stringify(type)} is not imported`,
          sku: row.text('sku'),
        });
      if (families.isFull()) yield* released();
      if (awaited.isFull()) yield* missing();
    },
    *end() {
      yield* released();
      yield* missing();
    },
  };
}

const ORPHAN = 'it is not visible individually, and no configurable product of the file names it in configurable_variations';
const REPEATED = 'another row has the same SKU';
const UNNAMED = 'the row has no SKU';
const RENAMED = 'configurable_variations names the same variation in another place';
const VISIBLE =
  'the variation is also sold on its own: an import makes it a variant only if its visibility is Not Visible Individually';

function isHidden(row: Row): boolean {
  return row.text('visibility').toLowerCase() === 'not visible individually';
}

function isActive(row: Row): boolean {
  return row.text('online') === '1' || row.text('online') === '';
}

/** The text that the variations of a row keep. */
function textLength(row: Row): number {
  return row.text('sku').length + row.text('variations').length + row.text('variationLabels').length;
}

/** Reads `sku=A-S,size=S,color=Red|sku=A-M,size=M,color=Red`, and the labels `size=Size,color=Colour`. */
function variationsOf(row: Row): { variations: Variation[]; options: string[] } {
  const labels = new Map(pairsOf(row.text('variationLabels')));
  const all = row.text('variations').split('|').filter(Boolean).map(pairsOf);
  const codes = [...new Set(all.flatMap((pairs) => pairs.map(([name]) => name)))].filter((name) => name !== 'sku');
  if (codes.length > MAX_OPTIONS) return { variations: [], options: codes };
  const options = codes.map((code) => labels.get(code)?.split('=')[0] || code);
  const shared = { parentSku: row.text('sku'), isParentActive: isActive(row), options };
  const variations = all.map((pairs): Variation => {
    const values = new Map(pairs);
    return { ...shared, sku: values.get('sku') ?? '', values: codes.map((code) => values.get(code) ?? '') };
  });
  return { variations, options };
}

/** Reads `name=value,other=value`. A comma that no name follows belongs to the value. */
function pairsOf(text: string): Attribute[] {
  return text.split(/,(?=[^,=]+=)/).flatMap((part): Attribute[] => {
    const at = part.indexOf('=');
    return at < 0 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).trim()]];
  });
}

function parentRow(
  row: Row,
  { options, first }: { options: readonly string[]; first: Row | undefined },
  context: ShopFileOptions,
): ShopRow {
  const why =
    options.length > MAX_OPTIONS
      ? `its variations differ in more than ${MAX_OPTIONS} attributes`
      : 'configurable_variations is empty';
  if (options.length === 0 || options.length > MAX_OPTIONS)
    return refusal(row.line, { code: 'UNSUPPORTED_PRODUCT', message: why, sku: row.text('sku') });
  const price = priceOf(row, context).price ?? (first === undefined ? undefined : priceOf(first, context).price);
  return {
    line: row.line,
    values: {
      ...sharedValues(row),
      ...placeValues(row),
      ...statusOf(row),
      sku: row.text('sku') || undefined,
      price,
      ...optionCells(options),
    },
  };
}

function variationRow(row: Row, { parentSku, isParentActive, values, options }: Variation, context: ShopFileOptions): ShopRow {
  const chosen = optionCells(options.map((_, index) => values[index] || undefined));
  const status = isParentActive || !isActive(row) ? statusOf(row) : {};
  return {
    line: row.line,
    values: { ...ownValues(row, context), ...placeValues(row), ...status, sku: row.text('sku'), parentSku, ...chosen },
  };
}

function simpleValues(row: Row, context: ShopFileOptions): Values {
  return {
    ...sharedValues(row),
    ...ownValues(row, context),
    ...placeValues(row),
    ...statusOf(row),
    sku: row.text('sku') || undefined,
  };
}

function sharedValues(row: Row): Values {
  const attributes = pairsOf(row.text('attributes'));
  const brand = attributes.find(([name]) => BRANDS.includes(name))?.[1];
  const others = attributes
    .filter(([name]) => !UNTAKEN.has(name))
    .map(([name, value]) => [name, value.replaceAll('|', ', ')] as const);
  return {
    ...row.field('name', 'name'),
    ...descriptionField(row, () => descriptionOf(row)),
    ...row.field('category', 'categories', (text) => categoriesOf(text.split(',').map(belowRoot))),
    ...row.field('attributes', 'attributes', () => attributesOf(others)),
    ...row.field('brand', 'attributes', () => brand),
  };
}

function descriptionOf(row: Row): string {
  return [row.raw('summary'), row.raw('description')]
    .filter((text) => text.trim() !== '')
    .map((text) => htmlToText(text))
    .join('\n\n');
}

/** The first level of a category's path is the root of the catalogue, mostly `Default Category`. */
function belowRoot(path: string): string[] {
  return path.split('/').slice(1);
}

function ownValues(row: Row, context: ShopFileOptions): Values {
  const codes = pairsOf(row.text('attributes')).filter(([name]) => BARCODES.includes(name));
  return {
    ...priceOf(row, context),
    ...row.field('barcode', 'attributes', () => codes.map(([, code]) => barcodeOf(code)).find((code) => code !== undefined)),
    ...row.field('stock', 'quantity', countOf),
    ...(row.text('usesShopsLowStock') === '0' ? row.field('lowStockThreshold', 'lowStock', countOf) : {}),
    ...row.field('weightGrams', 'weight', (text) => gramsOf(decimalText(text), context.weightUnit)),
  };
}

function priceOf(row: Row, { now }: ShopFileOptions): Prices {
  const [price, sale] = [decimalText(row.text('price')), decimalText(row.text('specialPrice'))];
  const period = { from: row.text('specialFrom'), to: row.text('specialTo') };
  return salePrices({ price, sale, hasSale: row.has('specialPrice'), period }, now);
}

/** What each row has, of a variation too. */
function placeValues(row: Row): Values {
  const labels = row.text('imageLabels').split(',');
  const further = urlsOf(row.text('images')).map((url, index) => ({ url, alt: labels[index] ?? '' }));
  const images = imagesOf([{ url: row.text('image'), alt: row.text('imageLabel') }, ...further]);
  const hasImages = row.has('image') || row.has('images');
  return {
    ...row.field('slug', 'urlKey', slugFrom),
    ...(hasImages && (images !== undefined || row.text('image') + row.text('images') === '') ? { images } : {}),
  };
}

function statusOf(row: Row): Values {
  return row.field('status', 'online', (text) => (text === '1' ? 'active' : 'archived'));
}
