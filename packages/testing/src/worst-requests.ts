import { type Endpoint, fillPath, MAX_BODY_BYTES } from '@florin/http';
import type { Kind } from '@florin/values';
import { type Described, describeSchema, kindOfDescribed } from './value-faults.ts';

/** A request that is as expensive to reject as its sender can make it, within the bounds of its body and head. */
export type WorstRequest = { what: string; path: string; headers: Record<string, string>; body?: string };

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
/** Fits a head with the other headers of the request. */
const MAX_TEXT_IN_HEAD = 14_000;

/** Larger bodies cost as much per byte, and their transfer alone takes time. */
const MAX_TESTED_BYTES = 2 * 1024 * 1024;

/** Texts that are repeated up to the bound of a body, as they are written in JSON. */
const units: readonly string[] = [
  'a',
  ' ',
  '1',
  'a@',
  'a.',
  '\\ud800',
  'e\u0301',
  '\ufb01',
  '\u{1f3f4}\u{e0067}\u{e007f}',
  'http://a.',
];

/** Draws the worst requests of an endpoint from its own definition. */
export function worstRequests(endpoint: Endpoint): WorstRequest[] {
  const headers = { authorization: 'Bearer x', 'idempotency-key': 'k', 'if-match': '"1"' };
  const path = fillPath(endpoint.path, (name) => (name === 'month' ? '2026-11' : ID));
  const isBodiless = endpoint.streamedBody !== undefined;
  const json = { ...headers, 'content-type': 'application/json' };
  return [
    ...worstQueries(endpoint).map(({ what, text }) => ({ what, headers, path: `${path}?${text}` })),
    ...worstHeaders.map(({ what, ...one }) => ({ what, path, headers: { ...headers, ...one.headers } })),
    ...(isBodiless ? [] : worstBodies(endpoint).map(({ what, text }) => ({ what, path, headers: json, body: text }))),
  ];
}

type Text = { what: string; text: string };

function worstBodies({ body, maxBodyBytes: bound = MAX_BODY_BYTES }: Endpoint): Text[] {
  const maxBodyBytes = Math.min(bound, MAX_TESTED_BYTES);
  const described: Described = body === undefined ? { type: 'object', keys: {} } : describeSchema(body);
  return [
    { what: 'unknown fields', text: fill(maxBodyBytes, { before: '{', after: '}' }, unknownField) },
    { what: 'fields __proto__', text: fill(maxBodyBytes, { before: '{', after: '}' }, () => '"__proto__":{}') },
    ...nestings(maxBodyBytes, { before: '', after: '' }),
    ...fieldsOf(described).flatMap((place, index) => [
      // A value of the wrong type costs the same in every field, unless the field is a list.
      ...(index === 0 || place.described.items !== undefined ? structures(place, maxBodyBytes) : []),
      ...texts(place, maxBodyBytes),
    ]),
  ];
}

/** A field, and the valid rest of the body around it. */
type Place = { path: string; described: Described; before: string; after: string };

function fieldsOf(described: Described, around = { path: '', before: '', after: '' }): Place[] {
  const { path, before, after } = around;
  if (described.items?.[0] !== undefined) {
    const item = { path: `${path}.0`, before: `${before}[`, after: `]${after}` };
    return [{ ...around, described }, ...fieldsOf(described.items[0], item)];
  }
  const { keys } = described;
  if (keys === undefined) return [{ ...around, described }];
  return Object.entries(keys).flatMap(([name, field]) => {
    const others = Object.entries(keys).filter(([other]) => other !== name);
    const rest = others.map(([other, value]) => `${JSON.stringify(other)}:${JSON.stringify(validValue(value))},`).join('');
    return fieldsOf(field, { path: `${path}.${name}`, before: `${before}{${rest}${JSON.stringify(name)}:`, after: `}${after}` });
  });
}

function structures({ path, described, before, after }: Place, bytes: number): Text[] {
  const [item] = described.items ?? [];
  const list = { before: `${before}[`, after: `]${after}` };
  const lists: Text[] = [
    { what: `${path}: empty objects`, text: fill(bytes, list, () => '{}') },
    { what: `${path}: numbers`, text: fill(bytes, list, () => '1') },
    ...(item === undefined
      ? []
      : [
          { what: `${path}: equal valid elements`, text: fill(bytes, list, () => JSON.stringify(validValue(item))) },
          { what: `${path}: valid elements`, text: fill(bytes, list, (index) => JSON.stringify(validValue(item, index))) },
        ]),
  ];
  const objects = { before: `${before}{`, after: `}${after}` };
  return [
    ...lists,
    { what: `${path}: unknown fields`, text: fill(bytes, objects, unknownField) },
    ...nestings(bytes, { before, after }).map(({ what, text }) => ({ what: `${path}: ${what}`, text })),
  ];
}

function texts({ path, described, before, after }: Place, bytes: number): Text[] {
  const quoted = { before: `${before}"`, after: `"${after}` };
  const used = described.type === 'string' ? units : units.slice(0, 1);
  return used.map((unit) => ({ what: `${path}: text of ${unit}`, text: fill(bytes, quoted, () => unit, '') }));
}

function nestings(bytes: number, { before, after }: { before: string; after: string }): Text[] {
  const room = bytes - before.length - after.length;
  const [lists, objects] = [Math.floor(room / 2), Math.floor((room - 2) / 6)];
  return [
    { what: 'nested lists', text: `${before}${'['.repeat(lists)}${']'.repeat(lists)}${after}` },
    { what: 'nested objects', text: `${before}${'{"a":'.repeat(objects)}{}${'}'.repeat(objects)}${after}` },
  ];
}

function unknownField(index: number): string {
  return `"a${index.toString(36)}":0`;
}

/** Repeats a part up to a number of bytes. */
function fill(
  maxBytes: number,
  { before, after }: { before: string; after: string },
  part: (index: number) => string,
  separator = ',',
): string {
  let room = maxBytes - Buffer.byteLength(before) - Buffer.byteLength(after);
  const parts: string[] = [];
  for (;;) {
    const next = part(parts.length);
    room -= Buffer.byteLength(next) + (parts.length === 0 ? 0 : separator.length);
    if (room < 0) return before + parts.join(separator) + after;
    parts.push(next);
  }
}

const validValues: Partial<Record<Kind, unknown>> = {
  amount: 1,
  quantity: 1,
  wholeNumber: 1,
  currency: 'EUR',
  email: 'a@b.example',
  url: 'https://b.example',
};

/** A value that the schema should accept. */
function validValue(described: Described, index = 0): unknown {
  const { flags, allow = [], items, keys, type } = described;
  if (flags?.only === true) return allow[0];
  if (items?.[0] !== undefined) return [validValue(items[0])];
  if (keys !== undefined)
    return Object.fromEntries(Object.entries(keys).map(([name, field]) => [name, validValue(field, index)]));
  if (type === 'boolean') return true;
  const kind = kindOfDescribed(described);
  if (kind === 'id') return ID.slice(0, -6) + index.toString(16).padStart(6, '0');
  return (kind === undefined ? undefined : validValues[kind]) ?? 'a tea pot';
}

function worstQueries({ query }: Endpoint): Text[] {
  const names = query === undefined ? [] : Object.keys(describeSchema(query).keys ?? {});
  const bound = { before: '', after: '' };
  const parts = ['a', '1', '.', '%20', '%c3%a9'];
  return [
    { what: 'unknown parameters', text: fill(MAX_TEXT_IN_HEAD, bound, (index) => `a${index.toString(36)}=`, '&') },
    ...names.flatMap((name) => [
      { what: `${name} repeated`, text: fill(MAX_TEXT_IN_HEAD, bound, () => `${name}=1`, '&') },
      ...parts.map((unit) => ({
        what: `${name} of ${unit}`,
        text: fill(MAX_TEXT_IN_HEAD, { before: `${name}=`, after: '' }, () => unit, ''),
      })),
    ]),
  ];
}

const worstHeaders = (
  [
    ['authorization', 'Bearer ', ' ', 'x'],
    ['authorization', 'Bearer ', '=', 'x'],
    ['authorization', 'Bearer ', 'a.', ''],
    ['idempotency-key', '', 'k', ''],
    ['if-match', '', '"1",', '"1"'],
    ['if-match', '', ', ', 'x'],
    ['if-match', '', 'W/', ''],
    ['prefer', '', 'wait=1,', ''],
    ['prefer', '', 'wait ', ''],
    ['content-type', 'text/csv', '; ', ''],
    ['content-type', 'text/csv', ';charset="', ''],
    ['accept', '', 'text/csv;q=0.1,', 'text/csv'],
    ['x-forwarded-for', '', '1.1.1.1,', '1.1.1.1'],
    ['x-request-id', '', 'a', ''],
    ['traceparent', '00-', 'a', ''],
  ] as const
).map(([name, before, unit, after]) => ({
  what: `header ${name} of ${unit}`,
  headers: { [name]: fill(MAX_TEXT_IN_HEAD, { before, after }, () => unit, '') },
}));
