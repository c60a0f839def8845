import { isDeepStrictEqual } from 'node:util';
import { findNarrowing } from './find-narrowing.ts';
import { alternativesOf, type Schema } from './json-schema.ts';

/** `request`: what the old release took must still be taken. `answer`: what clients read must still be there. */
export type Side = 'request' | 'answer';

type Context = {
  side: Side;
  /** To follow references in each. */
  documents: Pair<object>;
  /** The fields of the schemas around this one. */
  seen?: readonly unknown[];
};
export type Pair<T> = { before: T; after: T };

/** Describes the changes of a schema that break clients of the old one. `path` begins each line. */
export function schemaChanges(path: string, { before, after }: Pair<Schema>, context: Context): string[] {
  const { side, documents } = context;
  const old = alternativesOf(documents.before, before);
  const today = alternativesOf(documents.after, after);
  const compare = (pair: Pair<Schema>): string[] => plainChanges(path, pair, context);
  const [only] = old;
  const [onlyToday] = today;
  if (only !== undefined && onlyToday !== undefined && old.length + today.length === 2)
    return compare({ before: only, after: onlyToday });
  if (side === 'request')
    return old.flatMap((one) =>
      leastOf(
        today.map((other) => ({ other, found: compare({ before: one, after: other }) })),
        one,
        `${path} no longer takes ${nameOf(one)}`,
      ),
    );
  return today.flatMap((one) =>
    leastOf(
      old.map((other) => ({ other, found: compare({ before: other, after: one }) })),
      one,
      `${path} may now be ${nameOf(one)}`,
    ),
  );
}

type Candidate = { other: Schema; found: string[] };

/** None if an alternative fits; otherwise the changes of the only one of this type. */
function leastOf(candidates: readonly Candidate[], one: Schema, otherwise: string): string[] {
  if (candidates.some(({ found }) => found.length === 0)) return [];
  const [same, ...others] = candidates.filter(({ other }) => other['type'] === one['type']);
  return same !== undefined && others.length === 0 ? same.found : [otherwise];
}

function nameOf({ type, const: constant, enum: values }: Schema): string {
  if (constant !== undefined) return JSON.stringify(constant);
  return Array.isArray(values)
    ? values.map((value) => JSON.stringify(value)).join(' or ')
    : typeof type === 'string'
      ? type
      : 'any value';
}

/** Compares schemas without alternatives. */
function plainChanges(path: string, { before, after }: Pair<Schema>, context: Context): string[] {
  const { side } = context;
  if (isOtherType({ before, after }, side)) return [`${path} was ${nameOf(before)} and is ${nameOf(after)}`];
  return [
    ...(side === 'request' ? findNarrowing(path, before, after) : formatChanges(path, before, after)),
    ...objectChanges(path, { before, after }, context),
    ...itemChanges(path, { before, after }, context),
  ];
}

function isOtherType({ before, after }: Pair<Schema>, side: Side): boolean {
  const [narrow, wide] = side === 'request' ? [before['type'], after['type']] : [after['type'], before['type']];
  return wide !== undefined && wide !== narrow && !(wide === 'number' && narrow === 'integer');
}

function formatChanges(path: string, { format: old }: Schema, { format }: Schema): string[] {
  return old === undefined || old === format
    ? []
    : [`${path} had the format ${JSON.stringify(old)} and has ${JSON.stringify(format) ?? 'none'}`];
}

function itemChanges(path: string, { before, after }: Pair<Schema>, context: Context): string[] {
  const { items: old } = before;
  const { items } = after;
  if (old === undefined && items === undefined) return [];
  return schemaChanges(`${path}[]`, { before: (old ?? {}) as Schema, after: (items ?? {}) as Schema }, context);
}

function objectChanges(path: string, pair: Pair<Schema>, context: Context): string[] {
  const { seen = [] } = context;
  // A schema that contains itself is compared once.
  if (seen.includes(pair.before['properties'])) return [];
  const inner = { ...context, seen: [...seen, pair.before['properties'] ?? {}] };
  const before = fieldsOf(pair.before);
  const after = fieldsOf(pair.after);
  const isRequest = context.side === 'request';
  const lost = Object.keys(before.fields).filter((name) => !Object.hasOwn(after.fields, name));
  const kept = Object.keys(before.fields).filter((name) => Object.hasOwn(after.fields, name));
  const missing = isRequest
    ? after.required.filter((name) => !before.required.includes(name)).map((name) => `${path}.${name} is newly required`)
    : before.required
        .filter((name) => kept.includes(name) && !after.required.includes(name))
        .map((name) => `${path}.${name} is no longer always there`);
  return [
    ...lost.map((name) => `${path}.${name} is ${isRequest ? 'no longer taken' : 'gone'}`),
    ...missing,
    ...kept.flatMap((name) =>
      schemaChanges(`${path}.${name}`, { before: before.fields[name] as Schema, after: after.fields[name] as Schema }, inner),
    ),
    ...otherFieldChanges(path, pair, context),
  ];
}

function fieldsOf({ properties, required }: Schema): { fields: Readonly<Record<string, unknown>>; required: string[] } {
  return { fields: (properties ?? {}) as Schema, required: (required ?? []) as string[] };
}

/** Changes of `additionalProperties`: whether fields without a schema are taken, or their schema. */
function otherFieldChanges(path: string, { before, after }: Pair<Schema>, context: Context): string[] {
  const { additionalProperties: old = true } = before;
  const { additionalProperties: today = true } = after;
  if (isDeepStrictEqual(old, today)) return [];
  if (context.side === 'request' && today === false) return old === false ? [] : [`${path} no longer takes other fields`];
  const areSchemas = typeof old === 'object' && typeof today === 'object';
  return areSchemas ? schemaChanges(`${path}.*`, { before: old as Schema, after: today as Schema }, context) : [];
}
