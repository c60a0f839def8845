import Joi, { type ObjectSchema, type Schema } from 'joi';

/**
 * The kinds of values that requests, files, events and settings are made of. Each kind has one schema, in this package; a test
 * walks over all endpoints and fails where one spells a kind in its own way.
 */
export const kinds = [
  'amount',
  'barcode',
  'block',
  'country',
  'currency',
  'day',
  'email',
  'id',
  'line',
  'list',
  'month',
  'pairs',
  'percent',
  'quantity',
  'secret',
  'sku',
  'slug',
  'time',
  'token',
  'url',
  'wholeNumber',
] as const;
export type Kind = (typeof kinds)[number];

type Meta = { kind?: Kind; name?: string; isReference?: boolean; isUndocumented?: boolean };

/** Marks a schema as the one of its kind. */
export function ofKind<S extends Schema>(kind: Kind, schema: S): S {
  return schema.meta({ kind }) as S;
}

/** Returns the kind of a schema that this package made, whatever rules were added to it; else undefined. */
export function kindOf(schema: Schema): Kind | undefined {
  return metasOf(schema).find(({ kind }) => kind !== undefined)?.kind;
}

/**
 * Names the type of a schema for the API document: it is there once, under this name. What a use of it adds (`required`,
 * `allow(null)`, `default`, a description) does not make another type; other rules need another name.
 *
 * @param name in PascalCase, unique across services
 */
export function named<S extends Schema>(name: string, schema: S): S {
  return schema.meta({ name }) as S;
}

/** A use of a named type inside itself, such as the children of a category. For the API document: it checks nothing. */
export function referenceTo(name: string): ObjectSchema {
  return Joi.object().unknown().meta({ name, isReference: true });
}

/** Tells whether a schema was made by `referenceTo`. */
export function isReference(schema: Schema): boolean {
  return metasOf(schema).some((meta) => meta.isReference === true);
}

/** Leaves a field out of the API document: one of an earlier release that still works. */
export function undocumented<S extends Schema>(schema: S): S {
  return schema.meta({ isUndocumented: true }) as S;
}

export function isUndocumented(schema: Schema): boolean {
  return metasOf(schema).some((meta) => meta.isUndocumented === true);
}

/** Returns the name that a schema got last; undefined for a schema without one. */
export function nameOf(schema: Schema): string | undefined {
  return metasOf(schema).findLast(({ name }) => name !== undefined)?.name;
}

/** `describe()` has them too, and costs as much as the whole schema. */
function metasOf(schema: Schema): readonly Meta[] {
  return (schema as unknown as { $_terms: { metas?: readonly Meta[] } }).$_terms.metas ?? [];
}
