import { plainName } from './columns.ts';
import { magentoColumns, openMagento } from './magento.ts';
import { isCombinationsHeader, openPrestaShop, prestashopColumns, prestashopName } from './prestashop.ts';
import type { ShopFile, ShopFileOptions } from './shop-file.ts';
import { openShopify, shopifyColumns } from './shopify.ts';
import { openWooCommerce, woocommerceColumns } from './woocommerce.ts';

export const shopFormats = ['shopify', 'woocommerce', 'magento', 'prestashop'] as const;
export type ShopFormat = (typeof shopFormats)[number];

type Format = {
  nameOf(cell: string): string;
  columns: Readonly<Record<string, readonly string[]>>;
  /** The columns that a file must have, by what they are called there. One of the names of each is enough. */
  needed: Readonly<Record<string, readonly string[]>>;
  open(header: readonly string[], options: ShopFileOptions): ShopFile;
  isOther?(header: readonly string[]): boolean;
};

const formats: Readonly<Record<ShopFormat, Format>> = {
  shopify: {
    nameOf: plainName,
    columns: shopifyColumns,
    needed: { Handle: shopifyColumns.handle, Title: shopifyColumns.title },
    open: openShopify,
  },
  woocommerce: {
    nameOf: plainName,
    columns: woocommerceColumns,
    needed: { Type: woocommerceColumns.type, Name: woocommerceColumns.name, 'Regular price': woocommerceColumns.regularPrice },
    open: openWooCommerce,
  },
  magento: {
    nameOf: plainName,
    columns: magentoColumns,
    needed: { sku: magentoColumns.sku, product_type: magentoColumns.type },
    open: openMagento,
  },
  prestashop: {
    nameOf: prestashopName,
    columns: prestashopColumns,
    needed: {
      'Product ID': prestashopColumns.id,
      Name: prestashopColumns.name,
      'Price tax excluded': [...prestashopColumns.priceNet, ...prestashopColumns.priceGross],
    },
    open: openPrestaShop,
    isOther: isCombinationsHeader,
  },
};

/** The names of the columns that are read. */
const columnNames: Readonly<Record<ShopFormat, ReadonlySet<string>>> = {
  shopify: namesOf(shopifyColumns),
  woocommerce: namesOf(woocommerceColumns),
  magento: namesOf(magentoColumns),
  prestashop: namesOf(prestashopColumns),
};

function namesOf(columns: Format['columns']): Set<string> {
  return new Set(Object.values(columns).flat());
}

/** Finds the shop whose product file has this header; undefined if it is none. */
export function detectFormat(header: readonly string[]): ShopFormat | undefined {
  return shopFormats.find((format) => missingColumns(format, header).length === 0);
}

/** Lists the columns without which a file is none of the format. */
export function missingColumns(format: ShopFormat, header: readonly string[]): string[] {
  const { nameOf, needed, isOther } = formats[format];
  if (isOther?.(header) === true) return [];
  const names = header.map(nameOf);
  return Object.keys(needed).filter((column) => needed[column]?.some((name) => names.includes(name)) !== true);
}

/** Lists the columns of the format that a header has more than once. */
export function repeatedColumns(format: ShopFormat, header: readonly string[]): string[] {
  const { nameOf, isOther } = formats[format];
  if (isOther?.(header) === true) return [];
  const names = header.map(nameOf);
  return knownColumns(format).filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
}

/** Lists the columns that are read from a file of the format. */
export function knownColumns(format: ShopFormat): string[] {
  return [...columnNames[format]];
}

/** Whether a cell of a header names a column of the format. */
export function isColumnOf(format: ShopFormat, cell: string): boolean {
  return columnNames[format].has(formats[format].nameOf(cell));
}

/** Whether a cell of a header names a column of some shop. */
export function isShopColumn(cell: string): boolean {
  return shopFormats.some((format) => isColumnOf(format, cell));
}

/** Begins to read a file whose header lacks no column of the format. */
export function openShopFile(format: ShopFormat, header: readonly string[], options: ShopFileOptions): ShopFile {
  return formats[format].open(header, options);
}
