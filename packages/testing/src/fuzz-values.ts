import { countries, currencies, type Kind } from '@florin/values';
import fc, { type Arbitrary } from 'fast-check';
import Joi, { type Schema } from 'joi';
import { type Described, describeSchema, kindOfDescribed } from './value-faults.ts';

/** A value for a field, and whether the rules of its kind allow it. */
export type FuzzValue = { raw: unknown; isAllowed: boolean };

export type FuzzField = { name: string; described: Described; schema: Schema; isText: boolean };

/** Ids of existing things. */
export type KnownIds = readonly string[];

/** Values that have broken other systems: as text in a query or a path, and as strings in JSON. */
const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  'è',
  '€€€',
  '\ud800',
  'x\udc00',
  'a\u202eb',
  'a\u200bb',
  '\ufeff',
  '😀',
  'x'.repeat(10_000),
  "' OR 1=1 --",
  '%',
  '_',
  '\\',
  '1e3',
  '+5',
  ' 5',
  '0x10',
  '1.0',
  '-0',
  '-1',
  '9007199254740993',
  '1e400',
  'NaN',
  'Infinity',
  'null',
  'true',
  '[]',
  '{}',
  '0000-01-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '2026-02-30',
  '2026-11-26T16:46:23',
  '2026-11-26T24:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '1970-01-01',
  '0001-01-01',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '01890a5dac96774bbcceb302099a8057',
  '{01890a5d-ac96-774b-bcce-b302099a8057}',
  '__proto__',
  'constructor',
  '../../etc/passwd',
];

const hostileJson: readonly unknown[] = [
  null,
  true,
  [],
  {},
  [[[]]],
  { a: { b: { c: 1 } } },
  -1,
  0,
  -0,
  1.5,
  2 ** 53 - 1,
  -(2 ** 53 - 1),
  2 ** 53,
  2 ** 63,
  1e21,
  1e308,
  -1e308,
];

/** Values that are almost of the kind. */
const nearMisses: Partial<Record<Kind, readonly unknown[]>> = {
  id: ['01890a5dac96774bbcceb302099a8057', '{01890a5d-ac96-774b-bcce-b302099a8057}', '01890a5d-ac96-774b-bcce-b302099a805g'],
  currency: ['ZZZ', 'XXX', 'EURO', '€€€', 'ſſſ'],
  country: ['EU', 'XK', 'UK', 'AUT', 'ÄT'],
  amount: ['20.00', '1e3', '+5', '9007199254740993', 1.5, 2 ** 53, -0],
  wholeNumber: ['1e3', '+5', ' 5', '0x10', '1.0', 1.5, 2 ** 53],
  quantity: ['1e3', '1.5', 1.5, 2 ** 53],
  time: ['2026-02-30', '2026-13-01', '2026-11-26T16:46:23', '2026-11-26T24:00:00Z', '0000-01-01T00:00:00Z', '1764175583'],
  line: ['a\nb', 'a\u0000b', '\ud800', 'a\u202eb', '\u200b', '   '],
  block: ['a\u0000b', 'a\u001bb', '\udfff', 'a\u2066b'],
  email: ['a\u200b@x.example', 'a@b', 'a b@x.example', 'a@x..example', '\ud800@x.example'],
  sku: ['a\tb', 'a;b', '=1', 'x'.repeat(65), 'a\u00a0b'],
  url: ['javascript:alert(1)', '/a', 'http://', 'https://a b'],
  token: ['è', 'a b', 'a\u0000'],
  barcode: ['4006381333932', '400638133393', '0000000', '４００６３８１３３３９３１'],
  percent: ['19%', -1, 100.01, 7.777, '1e1'],
  slug: ['-a', 'a--b', 'A', 'a_b', 'a/b', ' '],
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const RFC_3339 = /^\d{4}-\d\d-\d\d([Tt]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d))?$/;

/** The rules of the kinds, written independently of the schemas, so that the schemas are tested too. */
const rules: Partial<Record<Kind, (raw: unknown) => boolean>> = {
  id: (raw) => typeof raw === 'string' && UUID.test(raw),
  currency: (raw) => typeof raw === 'string' && currencies.includes(raw.toUpperCase()),
  country: (raw) => typeof raw === 'string' && countries.includes(raw.toUpperCase()),
  amount: isInteger,
  quantity: isInteger,
  wholeNumber: isInteger,
  time: (raw) => typeof raw === 'string' && RFC_3339.test(raw) && isDay(raw.slice(0, 10)) && raw >= '0001',
  day: (raw) => typeof raw === 'string' && raw.length === 10 && isDay(raw),
  line: (raw) =>
    typeof raw === 'string' && isClean(raw.trim()) && !/[\n\t\u200b\u202a-\u202e\u2066-\u2069\ufeff]/.test(raw.trim()),
  block: (raw) => typeof raw === 'string' && isClean(raw.replaceAll(/[\r\n\t]/g, '')),
  email: (raw) => typeof raw === 'string' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(raw.trim()) && isClean(raw.trim()),
  sku: (raw) => typeof raw === 'string' && isClean(raw.trim()) && raw.trim() !== '',
  url: (raw) => typeof raw === 'string' && /^https?:\/\//i.test(raw),
  token: (raw) => typeof raw === 'string' && /^[!-~]+$/.test(raw),
  barcode: (raw) => typeof raw === 'string' && /^\d{8}(\d{4,6})?$/.test(raw),
  percent: (raw) => /^\d{1,3}(\.\d\d?)?$/.test(String(raw)) && Number(raw) <= 100,
  slug: (raw) => typeof raw === 'string' && isClean(raw.trim()) && !/[\s/_A-Z]/.test(raw.trim()),
};

/** A value of a field: one that its schema should accept, or a hostile one. */
export function fuzzValue(field: FuzzField, known: KnownIds): Arbitrary<FuzzValue> {
  return fc
    .oneof({ weight: 2, arbitrary: validValue(field, known) }, { weight: 1, arbitrary: hostileValue(field) })
    .map((raw) => ({
      raw,
      isAllowed: isAllowed(field, raw),
    }));
}

/** Values that the schema of the field should accept. */
export function validValue({ described, schema, isText }: FuzzField, known: KnownIds): Arbitrary<unknown> {
  const { flags, allow = [], type } = described;
  if (flags?.only === true) return fc.constantFrom(...allow).map((value) => (isText ? String(value) : value));
  if (described.items !== undefined) return arrayOf(described, { schema, known });
  if (described.keys !== undefined) return objectOf(schema, known);
  if (type === 'boolean') return isText ? fc.constantFrom('true', 'false') : fc.boolean();
  const number = (value: number): unknown => (isText ? String(value) : value);
  switch (kindOfDescribed(described)) {
    case undefined:
    case 'list':
    case 'line':
    case 'block':
      return fc.oneof(fc.constantFrom('a name', 'Größe 42', '日本語', '👨‍👩‍👧'), fc.string({ minLength: 1, maxLength: 40 }));
    case 'day':
      return fc.constantFrom('2026-11-26', '1970-01-01', '9999-12-31');
    case 'id':
      return fc.oneof(
        fc.constantFrom(...known),
        fc.uuid(),
        fc.uuid().map((id) => id.toUpperCase()),
      );
    case 'currency':
      return fc.constantFrom('EUR', 'EUR', 'eur', 'JPY', 'KWD');
    case 'country':
      return fc.constantFrom('AT', 'at', 'DE', 'BR');
    case 'amount':
      return fc.oneof(fc.integer({ min: 1, max: 3_000 }), fc.constantFrom(0, -1), fc.maxSafeInteger()).map(number);
    case 'quantity':
    case 'wholeNumber':
      return fc.oneof(fc.integer({ min: 1, max: 50 }), fc.constantFrom(0, -1), fc.maxSafeInteger()).map(number);
    case 'time':
      return fc.oneof(
        fc
          .date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
          .map((date) => date.toISOString()),
        fc.constantFrom('2026-11-26', '2026-11-26T10:00:00+05:30'),
      );
    case 'month':
      return fc.constantFrom('2026-11', '1970-01', '9999-12');
    case 'email':
      return fc.oneof(fc.emailAddress(), fc.constant('Ü@München.example'));
    case 'sku':
      return fc.constantFrom('AB-12', '商品 1', '-+#()', ' x ', '0');
    case 'url':
      return fc.webUrl();
    case 'secret':
      return fc.constantFrom('correct horse battery', 'pässwörd-😀-long');
    case 'token':
      return fc.constantFrom('user.enable', 'x', '~!');
    case 'barcode':
      return fc.constantFrom('4006381333931', '96385074', '036000291452');
    case 'percent':
      return fc.constantFrom(19, 7.7, 0, 100).map(number);
    case 'slug':
      return fc.constantFrom('tea', 'green-tea-2', '緑茶');
    case 'pairs':
      return fc.dictionary(fc.constantFrom('Colour', 'Size', 'größe'), fc.constantFrom('red', '42', '日本語'));
  }
}

/** A body or a query as an object of its fields; optional fields are sometimes omitted. */
export function objectOf(schema: Schema, known: KnownIds): Arbitrary<Record<string, unknown>> {
  const fields = fieldsOf(schema, { isText: false });
  const values = Object.fromEntries(fields.map((field) => [field.name, validValue(field, known)]));
  return fc.record(values, { requiredKeys: fields.filter(isRequired).map(({ name }) => name) });
}

export function fieldsOf(schema: Schema | undefined, { isText }: { isText: boolean }): FuzzField[] {
  if (schema === undefined) return [];
  const { keys = {} } = describeSchema(schema);
  return Object.entries(keys).map(([name, described]) => ({ name, described, schema: schema.extract(name), isText }));
}

export function isRequired({ described }: FuzzField): boolean {
  return described.flags?.presence === 'required';
}

function arrayOf(described: Described, { schema, known }: { schema: Schema; known: KnownIds }): Arbitrary<unknown[]> {
  const [item] = (schema.$_terms as { items: Schema[] }).items;
  if (item === undefined || described.items?.[0] === undefined) return fc.constant([]);
  const field = { name: '', described: described.items[0], schema: item, isText: false };
  return fc.array(validValue(field, known), { maxLength: 5 });
}

function hostileValue({ described, isText }: FuzzField): Arbitrary<unknown> {
  const near = (nearMisses[kindOfDescribed(described) ?? 'secret'] ?? []).map((value) => (isText ? String(value) : value));
  const anyText = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary', maxLength: 30 }));
  const texts: Arbitrary<unknown> = near.length === 0 ? anyText : fc.oneof(fc.constantFrom(...near), anyText);
  return isText ? texts : fc.oneof(texts, fc.constantFrom(...hostileJson), fc.jsonValue({ maxDepth: 2 }));
}

/** Tells whether the field's own schema accepts a value. Checked within an object, because some schemas refer to other fields. */
export function accepts({ name, schema, isText }: FuzzField, raw: unknown): boolean {
  return Joi.object({ [name]: schema }).validate({ [name]: raw }, { convert: isText }).error === undefined;
}

/** Requires both: Joi, with lengths and ranges, and the independent rule of the kind. */
function isAllowed(field: FuzzField, raw: unknown): boolean {
  const { described, isText } = field;
  if (!accepts(field, raw)) return false;
  if (described.allow?.includes(raw) === true || raw === undefined) return true;
  const rule = rules[kindOfDescribed(described) ?? 'secret'] ?? (() => true);
  return rule(isText && typeof raw === 'string' && isNumeric(described) ? numberOf(raw) : raw);
}

function isNumeric({ type }: Described): boolean {
  return type === 'number';
}

function numberOf(raw: string): number {
  return /^-?\d+$/.test(raw) ? Number(raw) : Number.NaN;
}

function isInteger(raw: unknown): boolean {
  return Number.isSafeInteger(raw);
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Well-formed text without control characters. */
function isClean(text: string): boolean {
  return Buffer.from(text).toString() === text && !/\p{Cc}/u.test(text);
}
