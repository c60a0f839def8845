/** One search of the API that may find what was typed. */
export type Search =
  | { in: 'purchases'; by: 'id' | 'number' | 'email' | 'trackingCode'; value: string }
  | { in: 'products'; by: 'sku' | 'barcode' | 'q'; value: string };

/**
 * Lists the searches to run for a typed text. A number read aloud has spaces and dashes, and O for 0.
 *
 * @returns most specific first
 */
export function searchesFor(typed: string): readonly Search[] {
  const value = typed.trim();
  if (value === '') return [];
  if (uuid.test(value)) return [{ in: 'purchases', by: 'id', value: value.toLowerCase() }];
  if (value.includes('@')) return [{ in: 'purchases', by: 'email', value }];
  const number = value.replaceAll(/[\s-]/g, '');
  return [
    ...(purchaseNumber.test(number) ? [{ in: 'purchases', by: 'number', value: number } as const] : []),
    ...(value.length <= 100 ? [{ in: 'purchases', by: 'trackingCode', value } as const] : []),
    { in: 'products', by: 'sku', value },
    ...(barcode.test(number) ? [{ in: 'products', by: 'barcode', value: number } as const] : []),
    { in: 'products', by: 'q', value },
  ];
}

/** Crockford's base 32, with the letters that are read as digits. */
const purchaseNumber = /^[0-9a-hj-km-np-tv-zilo]{8}$/i;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** GTIN-8, 12, 13 and 14. */
const barcode = /^(\d{8}|\d{12,14})$/;

/** Whether a search for customers can find something: the API wants a part of a name or of an address. */
export function isCustomerSearch(typed: string): boolean {
  return typed.trim().length >= 2 && !uuid.test(typed.trim());
}
