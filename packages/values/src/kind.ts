import type { Schema } from 'joi';

/**
 * The kinds of values that requests, files, events and settings are made of. Each kind has one schema, in this package; a test
 * walks over all endpoints and fails where one spells a kind in its own way.
 */
export const kinds = [
  'amount',
  'block',
  'currency',
  'day',
  'email',
  'id',
  'line',
  'list',
  'month',
  'quantity',
  'secret',
  'sku',
  'time',
  'token',
  'url',
  'wholeNumber',
] as const;
export type Kind = (typeof kinds)[number];

/** Marks a schema as the one of its kind. */
export function ofKind<S extends Schema>(kind: Kind, schema: S): S {
  return schema.meta({ kind }) as S;
}

/** Returns the kind of a schema that this package made, whatever rules were added to it; else undefined. */
export function kindOf(schema: Schema): Kind | undefined {
  const { metas = [] } = schema.describe() as { metas?: { kind?: Kind }[] };
  return metas.find(({ kind }) => kind !== undefined)?.kind;
}
