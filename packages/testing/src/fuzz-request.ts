import { type Endpoint, fillPath } from '@florin/http';
import fc, { type Arbitrary } from 'fast-check';
import {
  accepts,
  type FuzzField,
  type FuzzValue,
  fieldsOf,
  fuzzValue,
  isRequired,
  type KnownIds,
  validValue,
} from './fuzz-values.ts';

/** A request in the form that is sent. */
export type FuzzRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
  /** Why it must be rejected; empty if it may succeed. */
  mustRefuse: readonly string[];
};

type Part = { name: string } & FuzzValue;

/**
 * All fields valid, all but one valid, or any values. One hostile field among valid ones tests most: the rejection of one hostile
 * field hides the effect of another.
 */
function parts(fields: readonly FuzzField[], known: KnownIds): Arbitrary<Part[]> {
  const good = all(fields, known, validPart);
  const oneHostile = fields.map((field) =>
    fc
      .tuple(
        all(
          fields.filter((other) => other !== field),
          known,
          validPart,
        ),
        fuzzPart(field, known),
      )
      .map(([others, part]) => [...others, part]),
  );
  const anything = all(fields, known, fuzzPart);
  return fc.oneof(
    { weight: 1, arbitrary: good },
    { weight: 1, arbitrary: anything },
    { weight: 4, arbitrary: fc.oneof(good, ...oneHostile) },
  );
}

/** Draws requests of an endpoint from its own definition: its parameters, headers and body fields. */
export function fuzzRequest(endpoint: Endpoint, known: KnownIds): Arbitrary<FuzzRequest> {
  const params = fieldsOf(endpoint.params, { isText: true });
  const query = fieldsOf(endpoint.query, { isText: true });
  return fc
    .record({
      params: fc.oneof(
        { weight: 4, arbitrary: all(params, known, validPart) },
        { weight: 1, arbitrary: all(params, known, fuzzPart) },
      ),
      query: parts(query, known),
      extra: queryExtra,
      headers: headersOf(endpoint),
      body: bodyOf(endpoint, known),
    })
    .map(({ params: drawnParams, query: drawnQuery, extra, headers, body }) => {
      const text = [...drawnQuery.map(({ name, raw }) => `${name}=${encode(String(raw))}`), ...extra.pairs].join('&');
      const path = pathOf(endpoint.path, drawnParams) + (text === '' ? '' : `?${text}`);
      const refused = [...drawnParams, ...drawnQuery].filter(({ isAllowed }) => !isAllowed).map(({ name }) => name);
      const names = drawnQuery.map(({ name }) => name);
      const repeated = extra.names.filter((name) => names.includes(name) || !query.some((field) => field.name === name));
      return {
        method: endpoint.method.toUpperCase(),
        path,
        headers: { ...headers, ...body.headers },
        ...(body.text === undefined ? {} : { body: body.text }),
        mustRefuse: [...refused, ...repeated.map((name) => `${name} (repeated or unknown)`), ...body.mustRefuse],
      };
    });
}

/** Percent-encodes text. Half of a surrogate pair has no encoding and becomes invalid UTF-8. */
function encode(text: string): string {
  return /\p{Cs}/u.test(text) ? '%ed%a0%80' : encodeURIComponent(text);
}

function pathOf(path: string, params: readonly Part[]): string {
  const texts = new Map(params.map(({ name, raw }) => [name, encode(String(raw)) || '%20']));
  return fillPath(path, (name) => texts.get(name) ?? `:${name}`);
}

type Draw = (field: FuzzField, known: KnownIds) => Arbitrary<Part>;

const fuzzPart: Draw = (field, known) => fuzzValue(field, known).map((value) => ({ name: field.name, ...value }));

const validPart: Draw = (field, known) =>
  validValue(field, known).map((raw) => ({
    name: field.name,
    raw,
    isAllowed: accepts(field, raw),
  }));

/** Omits optional fields more often than not, and always cursors: an invented one is rejected. */
function all(fields: readonly FuzzField[], known: KnownIds, draw: Draw): Arbitrary<Part[]> {
  const drawn = fields.map((field) => {
    const part = draw(field, known);
    if (isRequired(field)) return part;
    return field.name === 'cursor' ? fc.constant(undefined) : fc.oneof(fc.constant(undefined), fc.constant(undefined), part);
  });
  return fc.tuple(...drawn).map((found) => found.filter((part) => part !== undefined));
}

type Extra = { pairs: string[]; names: string[] };

/** Parameters that are unknown, repeated, or in forms that some parsers read as objects. */
const queryExtra: Arbitrary<Extra> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Extra>({ pairs: [], names: [] }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...['limit=1', 'cursor=x', '__proto__=1', 'constructor=1', 'limit[]=1', 'limit[a]=1', 'from=', 'q=%00', 'x=%ff', 'x=%'].map(
        (pair) => ({ pairs: [pair], names: [pair.slice(0, pair.indexOf('='))] }),
      ),
    ),
  },
);

const hostileHeaders: readonly Record<string, string>[] = [
  { 'x-request-id': 'x'.repeat(300) },
  { 'x-request-id': '\u00e8' },
  { traceparent: '00-00000000000000000000000000000000-0000000000000000-00' },
  { traceparent: 'ff-\u00e8' },
  { prefer: 'wait=99999999999999999999' },
  { prefer: 'wait=-1, respond-async' },
  { accept: 'application/xml;q=0' },
  { accept: '\u00e8/*;q=9' },
  { 'if-match': '"99999999999999999999"' },
  { 'if-match': 'W/"1", "\u00e8"' },
  { 'if-match': '*' },
  { 'if-match': ',,,' },
  { 'if-none-match': '"1"' },
  { 'idempotency-key': '' },
  { 'idempotency-key': '\u00e8' },
  { 'idempotency-key': 'k'.repeat(256) },
  { 'content-type': 'application/json; charset=klingon' },
  { 'content-type': '/' },
  { 'content-encoding': 'br' },
  { 'x-forwarded-for': '256.256.256.256, ::g' },
  { authorization: 'Bearer \u00e8' },
];

function headersOf({ headers = {} }: Endpoint): Arbitrary<Record<string, string>> {
  const wanted: Arbitrary<Record<string, string>> = fc.record({
    ...('Idempotency-Key' in headers ? { 'idempotency-key': fc.oneof(fc.uuid(), fc.constantFrom('k1', 'k2', '~!')) } : {}),
    ...('If-Match' in headers ? { 'if-match': fc.constantFrom('"1"', 'W/"1"', '"2"', '*', '"1", "2"') } : {}),
  });
  const hostile = fc.oneof(
    { weight: 6, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.constantFrom(...hostileHeaders) },
  );
  return fc.tuple(wanted, hostile).map(([usual, odd]) => ({ ...usual, ...odd }));
}

type Body = { text: string | undefined; headers: Record<string, string>; mustRefuse: string[] };

const noBody: Body = { text: undefined, headers: {}, mustRefuse: [] };
const json = { 'content-type': 'application/json' };

/** Bodies that are not an object of the right fields. */
const brokenBodies: readonly string[] = [
  '',
  'null',
  '[]',
  '"text"',
  '{',
  '{"a":1}',
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":1}',
  '\u0000',
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  '{"a":1e999}',
];

function bodyOf(endpoint: Endpoint, known: KnownIds): Arbitrary<Body> {
  if (endpoint.streamedBody !== undefined) return streamed(endpoint.streamedBody);
  if (endpoint.method === 'get' || endpoint.method === 'delete') {
    if (endpoint.body === undefined) return fc.constant(noBody);
  }
  if (endpoint.body === undefined) return fc.constantFrom(noBody, { text: '{}', headers: json, mustRefuse: [] });
  const whole = parts(fieldsOf(endpoint.body, { isText: false }), known).map((drawn): Body => {
    const refused = drawn.filter(({ isAllowed }) => !isAllowed).map(({ name }) => name);
    return {
      text: JSON.stringify(Object.fromEntries(drawn.map(({ name, raw }) => [name, raw]))),
      headers: json,
      mustRefuse: refused,
    };
  });
  const broken = fc
    .constantFrom(...brokenBodies)
    .map((text): Body => ({ text, headers: json, mustRefuse: [`the body ${text}`.slice(0, 60)] }));
  const isOptional = endpoint.body.validate({}).error === undefined;
  return fc.oneof({ weight: 12, arbitrary: whole }, { weight: 1, arbitrary: isOptional ? whole : broken });
}

/** The feature parses a file itself: here it must only not crash. */
function streamed(types: readonly string[]): Arbitrary<Body> {
  const lines = fc.array(
    fc.oneof(
      fc.constantFrom(
        'sku,name,priceMinor,categoryId',
        'A-1,Lamp,100,x',
        '{"sku":"A"}',
        '"',
        ',,,',
        ';;',
        '\ufeff',
        '{',
        'sep=;',
      ),
      fc.string({ unit: 'binary', maxLength: 30 }),
    ),
    { maxLength: 6 },
  );
  return fc
    .tuple(lines, fc.constantFrom('\n', '\r\n', '\r'), fc.constantFrom(...types))
    .map(([rows, end, type]) => ({ text: rows.join(end), headers: { 'content-type': type }, mustRefuse: [] }));
}
