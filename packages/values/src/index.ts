export { decimalAmount, formatAmount, parseDecimalAmount } from './amounts.ts';
export { barcode } from './barcode.ts';
export { categorySlugs } from './category-slugs.ts';
export { countries, country } from './countries.ts';
export { currencies, isCurrency, minorUnitsOf } from './currencies.ts';
export {
  atDatabase,
  type DatabaseAddress,
  type DatabaseTls,
  databaseUrl,
  readDatabaseUrl,
  withDatabaseTls,
} from './database-url.ts';
export { email, emailSpellings, MAX_EMAIL_LENGTH, normaliseEmail, storedEmail } from './email.ts';
export { isReference, isUndocumented, type Kind, kindOf, kinds, named, nameOf, referenceTo, undocumented } from './kind.ts';
export { list } from './list.ts';
export { amountMinor, MAX_AMOUNT_MINOR, quantity, wholeNumber } from './numbers.ts';
export { pairs } from './pairs.ts';
export { parseTime } from './parse-time.ts';
export { percent } from './percent.ts';
export { slug } from './slug.ts';
export { slugOf } from './slug-of.ts';
export {
  currency,
  dataUrl,
  IMAGE_PATH,
  id,
  imageUrl,
  MAX_SKU_LENGTH,
  MAX_URL_LENGTH,
  secret,
  sku,
  storedCurrency,
  storedId,
  storedTime,
  token,
  url,
} from './strings.ts';
export { block, line } from './text.ts';
export { textFault } from './text-fault.ts';
export { day, month, time, timeRange } from './times.ts';
