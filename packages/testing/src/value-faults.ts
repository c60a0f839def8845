import type { Endpoint } from '@florin/http';
import { type Kind, kinds } from '@florin/values';
import type { Schema } from 'joi';

/** The used part of Joi's description of a schema. */
export type Described = {
  type: string;
  flags?: { only?: boolean; presence?: string };
  allow?: unknown[];
  metas?: { kind?: Kind }[];
  keys?: Record<string, Described>;
  items?: Described[];
  matches?: { schema?: Described }[];
  /** Members with free names. */
  patterns?: { rule?: Described }[];
};

type Leaf = { path: string; name: string; schema: Described };

/** Field names that determine the kind of value. The first match decides. */
const kindsByName: readonly (readonly [RegExp, readonly Kind[]])[] = [
  [/^id$|Id$/, ['id']],
  [/Minor$/, ['amount']],
  [/^currency$/, ['currency']],
  [/^country$/, ['country']],
  [/^(from|to|at)$|At$/, ['time']],
  [/^month$/, ['month']],
  [/^email$/, ['email']],
  [/^sku$/, ['sku']],
  [/Url$/, ['url']],
  [/password$/i, ['secret']],
];

/** Exceptions: some ids in answers are numbers or come from clients, and not every from and to is a time. */
const kindsByAnsweredName: typeof kindsByName = [[/^id$|^requestId$/, ['id', 'token']], [/^(from|to)$/, []], ...kindsByName];

/** Kinds whose schema also describes answers; a text in an answer may be older than today's rules. */
const kindsOfAnswers: ReadonlySet<Kind> = new Set(['id', 'token', 'amount', 'country', 'currency', 'time']);

export function describeSchema(schema: Schema): Described {
  return schema.describe() as Described;
}

export function kindOfDescribed({ metas = [] }: Described): Kind | undefined {
  return metas.find(({ kind }) => kind !== undefined)?.kind;
}

/**
 * Finds fields of endpoints that define a kind of value by hand instead of using the schema in @florin/values.
 *
 * @returns a line for each field
 */
export function valueFaults(endpoints: readonly Endpoint[]): string[] {
  return endpoints.flatMap(({ method, path, params, query, body, answers }) => {
    const requests = [params, query, body].flatMap((schema) => (schema === undefined ? [] : leavesOf(describeSchema(schema))));
    const answered = Object.values(answers).flatMap(({ data }) => (data === undefined ? [] : leavesOf(describeSchema(data))));
    const lists = [query, body].flatMap((schema) => (schema === undefined ? [] : unboundedLists(describeSchema(schema))));
    const unbounded = lists.map((list) => `${list} is a list without a maximum length`);
    const faults = [...requests.flatMap(faultOfRequest), ...unbounded, ...answered.flatMap(faultOfAnswer)];
    return faults.map((fault) => `${method.toUpperCase()} ${path}: ${fault}`);
  });
}

/** The fields of a schema that have no fields themselves. */
function leavesOf(schema: Described, path: readonly string[] = []): Leaf[] {
  const free = (schema.patterns ?? []).flatMap(({ rule }) => (rule === undefined ? [] : leavesOf(rule, [...path, '*'])));
  if (schema.keys !== undefined)
    return [...Object.entries(schema.keys).flatMap(([name, field]) => leavesOf(field, [...path, name])), ...free];
  if (schema.patterns !== undefined) return free;
  if (schema.items !== undefined) return schema.items.flatMap((item) => leavesOf(item, path));
  if (schema.matches !== undefined)
    return schema.matches.flatMap((match) => (match.schema === undefined ? [] : leavesOf(match.schema, path)));
  return [{ path: path.join('.'), name: path.at(-1) ?? '', schema }];
}

/** Paths of lists that are not of the kind `list`, which has a maximum length. */
function unboundedLists(schema: Described, path: readonly string[] = []): string[] {
  const inside = [
    ...Object.entries(schema.keys ?? {}).flatMap(([name, field]) => unboundedLists(field, [...path, name])),
    ...(schema.items ?? []).flatMap((item) => unboundedLists(item, path)),
  ];
  const hasFreeNames = schema.patterns !== undefined && schema.keys === undefined;
  const isUnbounded =
    (schema.type === 'array' && kindOfDescribed(schema) !== 'list') || (hasFreeNames && kindOfDescribed(schema) !== 'pairs');
  return [...(isUnbounded ? [path.join('.')] : []), ...inside];
}

function faultOfRequest({ path, name, schema }: Leaf): string[] {
  const kind = kindOfDescribed(schema);
  const wanted = wantedKinds(name);
  if (schema.type === 'boolean' || schema.flags?.only === true) return [];
  if (kind === undefined || !kinds.includes(kind)) return [`${path} is a ${schema.type} of no kind`];
  return wanted === undefined || wanted.includes(kind) ? [] : [`${path} is of the kind ${kind}, not ${wanted.join(' or ')}`];
}

function faultOfAnswer({ path, name, schema }: Leaf): string[] {
  const wanted = wantedKinds(name, kindsByAnsweredName)?.filter((kind) => kindsOfAnswers.has(kind)) ?? [];
  const kind = kindOfDescribed(schema);
  if (schema.type === 'date') return [`${path} of the answer is a date of no kind`];
  if (wanted.length === 0 || schema.flags?.only === true) return [];
  return kind !== undefined && wanted.includes(kind) ? [] : [`${path} of the answer is not of the kind ${wanted.join(' or ')}`];
}

function wantedKinds(name: string, byName = kindsByName): readonly Kind[] | undefined {
  return byName.find(([pattern]) => pattern.test(name))?.[1];
}
