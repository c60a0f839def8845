import { createHash } from 'node:crypto';
import { barcode, MAX_SKU_LENGTH, MAX_URL_LENGTH, slug, slugOf } from '@florin/values';
import { productLimits } from '../catalogue/index.ts';
import type { WeightUnit } from './shop-file.ts';

const slugSchema = slug();
const barcodeSchema = barcode();

/** Splits a list between commas. A backslash before a comma makes it text. */
export function listOf(text: string): string[] {
  const parts = text.split(/(?<!\\),/).map((part) => part.replaceAll('\\,', ',').trim());
  return parts.filter(Boolean);
}

/** Tags, each once. Those that are too long or too many are left out. */
export function tagsOf(texts: readonly string[]): string[] | undefined {
  const tags = texts
    .map((text) => text.normalize('NFC').trim())
    .filter((text) => text !== '' && text.length <= productLimits.tagLength);
  return orUndefined([...new Set(tags.filter((text) => !text.includes(',')))].slice(0, productLimits.tags));
}

export type Image = { url: string; alt: string };

/** Images, each once. Those that are no addresses of the web, or too many, are left out. */
export function imagesOf(images: readonly Image[]): Image[] | undefined {
  const known = new Map<string, Image>();
  for (const { url, alt } of images) {
    if (!/^https?:\/\//i.test(url) || url.length > MAX_URL_LENGTH || known.has(url)) continue;
    known.set(url, { url, alt: alt.replaceAll(/\s+/g, ' ').trim().slice(0, productLimits.altLength) });
  }
  return orUndefined([...known.values()].slice(0, productLimits.images));
}

/** Splits a list of addresses. A comma may be part of one. */
export function urlsOf(text: string): string[] {
  return text
    .split(/(?<!\\),(?=\s*(?:https?:|\/|$))/i)
    .map((url) => url.replaceAll('\\,', ',').trim())
    .filter(Boolean);
}

/** Attributes by name. Empty ones, and those that are too long or too many, are left out. */
export function attributesOf(pairs: readonly (readonly [name: string, value: string])[]): Record<string, string> | undefined {
  const sound = pairs
    .map(([name, value]) => [oneLine(name), oneLine(value)] as const)
    .filter(
      ([name, value]) =>
        isBetween(name, productLimits.attributeNameLength) && isBetween(value, productLimits.attributeValueLength),
    );
  const attributes = Object.fromEntries([...new Map(sound)].slice(0, productLimits.attributes));
  return Object.keys(attributes).length === 0 ? undefined : attributes;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().normalize('NFC');
}

function isBetween(text: string, maxLength: number): boolean {
  return text !== '' && text.length <= maxLength;
}

function orUndefined<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** A path of the column `category`: names of categories from the top. */
export function categoriesOf(paths: readonly (readonly string[])[]): string | undefined {
  const texts = paths
    .map((path) => path.map((name) => name.trim()).filter(Boolean))
    .filter((path) => path.length > 0)
    .map((path) => path.map((name) => name.replaceAll(/[>;\\]/g, '\\$&')).join(' > '));
  return texts.length === 0 ? undefined : [...new Set(texts)].join('; ');
}

/** Units in stock. Shops that sell more than they have write them below zero. */
export function countOf(text: string): number | string {
  const [matched, sign, digits] = /^(-?)(\d{1,15})(?:[.,]0+)?$/.exec(text) ?? [];
  if (matched === undefined) return text;
  return sign === '-' ? 0 : Number(digits);
}

const GRAMS: Readonly<Record<WeightUnit, number>> = { g: 1, kg: 1_000, oz: 28.349_523_125, lb: 453.592_37 };

/** A weight in grams; undefined for zero, which shops write for weights that they do not know. */
export function gramsOf(decimal: string, unit: WeightUnit): number | string | undefined {
  if (!/^\d*\.?\d+$/.test(decimal)) return decimal;
  return Math.round(Number(decimal) * GRAMS[unit]) || undefined;
}

/** A barcode with a correct check digit. Others are left out, because shops take any text. */
export function barcodeOf(text: string): string | undefined {
  return barcodeSchema.validate(text).error === undefined ? text : undefined;
}

export function slugFrom(text: string): string | undefined {
  const read = slugSchema.validate(text);
  return read.error === undefined ? String(read.value) : slugOf(text) || undefined;
}

/** The SKU of a product for which a shop has another key: a handle, or `id:` and a number. */
export function skuOfKey(key: string): string {
  if (key.length <= MAX_SKU_LENGTH) return key;
  const end = `-${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
  return `${key.slice(0, MAX_SKU_LENGTH - end.length)}${end}`;
}

export type Prices = { price: string | undefined; compareAtPrice?: string; compareAtPriceMinor?: null };

/**
 * The price, and the former price if it is higher. Otherwise there is none any more: an old one might be below the new price.
 *
 * @param former undefined if the file has no such column
 */
export function pricesOf(price: string, former: string | undefined): Prices {
  if (price === '' || former === undefined) return { price: price || undefined };
  return Number(former) > Number(price) ? { price, compareAtPrice: former } : { price, compareAtPriceMinor: null };
}
