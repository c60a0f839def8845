import type { Product } from '../api/resources.ts';
import { changedFields, type Values } from '../form/conflict.ts';
import { minorOf, typedMoney } from '../form/minor-units.ts';

/** The fields of the form of a product. All are texts while they are edited. */
export const productFields = [
  'name',
  'description',
  'status',
  'sku',
  'barcode',
  'brand',
  'slug',
  'price',
  'compareAtPrice',
  'taxRatePercent',
  'weightGrams',
  'lowStockThreshold',
  'categoryId',
  'tags',
] as const;
export type ProductField = (typeof productFields)[number];

/** The API's names of the fields that the form calls differently. */
export const productRenames = { priceMinor: 'price', compareAtPriceMinor: 'compareAtPrice', categoryIds: 'categoryId' } as const;

/** What the form shows of a product. */
export function valuesOf(product: Product, locale: string): Record<ProductField, string> {
  const { currency } = product;
  return {
    name: product.name,
    description: product.description,
    status: product.status,
    sku: product.sku ?? '',
    barcode: product.barcode ?? '',
    brand: product.brand ?? '',
    slug: product.slug ?? '',
    price: typedMoney(product.priceMinor, currency, locale),
    compareAtPrice: typedMoney(product.compareAtPriceMinor, currency, locale),
    taxRatePercent: numberText(product.taxRatePercent),
    weightGrams: numberText(product.weightGrams),
    lowStockThreshold: numberText(product.lowStockThreshold),
    categoryId: product.categoryId,
    tags: product.tags.join(', '),
  };
}

/** What react-hook-form gives back, with the fields that were emptied. */
export function typedValuesOf(values: Readonly<Record<string, unknown>>): Record<ProductField, string> {
  return Object.fromEntries(
    productFields.map((field) => [field, typeof values[field] === 'string' ? values[field] : numberText(values[field])]),
  ) as Record<ProductField, string>;
}

type Context = { currency: string; locale: string };

/** The changes that the API gets: only fields that differ from the base, so that two people may edit different fields. */
export function changesOf(base: Values, mine: Values, context: Context): Record<string, unknown> {
  return Object.fromEntries(
    changedFields(base, mine).map((field) => changeOf(field as ProductField, mine[field] ?? '', context)),
  );
}

function changeOf(field: ProductField, typed: string, { currency, locale }: Context): [string, unknown] {
  const value = typed.trim();
  switch (field) {
    case 'price':
      return ['priceMinor', minorOf(value, currency, locale)];
    case 'compareAtPrice':
      return ['compareAtPriceMinor', minorOf(value, currency, locale) ?? null];
    case 'taxRatePercent':
    case 'weightGrams':
    case 'lowStockThreshold':
      return [field, value === '' ? null : Number(value)];
    case 'tags':
      return [field, tagsOf(value)];
    case 'name':
    case 'description':
    case 'status':
    case 'categoryId':
      return [field, value];
    case 'sku':
    case 'barcode':
    case 'brand':
    case 'slug':
      return [field, value === '' ? null : value];
  }
}

/** The tags between commas. */
export function tagsOf(typed: string): readonly string[] {
  return [...new Set(typed.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
}

function numberText(value: unknown): string {
  return typeof value === 'number' ? String(value) : '';
}
