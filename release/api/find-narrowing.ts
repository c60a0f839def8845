import { isDeepStrictEqual } from 'node:util';
import type { Schema } from './json-schema.ts';

const LOWER_BOUNDS = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'minContains'];
const UPPER_BOUNDS = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains'];
/** Keywords that reject values, and whose forms cannot be compared: a new or another one may reject more. */
const TESTS = [
  'pattern',
  'format',
  'multipleOf',
  'uniqueItems',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'prefixItems',
  'propertyNames',
  'patternProperties',
  'dependentRequired',
  'dependentSchemas',
];

/** Describes the keywords by which a schema rejects values that it took before. Leaves out types, fields and elements. */
export function findNarrowing(path: string, before: Schema, after: Schema): string[] {
  return [
    ...LOWER_BOUNDS.filter((name) => bound(after, name, -Infinity) > bound(before, name, -Infinity)),
    ...UPPER_BOUNDS.filter((name) => bound(after, name, Infinity) < bound(before, name, Infinity)),
    ...TESTS.filter((name) => isOn(after[name]) && !isDeepStrictEqual(before[name], after[name])),
  ]
    .map((name) => `${path}: ${name} was ${textOf(before[name])} and is ${textOf(after[name])}`)
    .concat(lostValues(path, before, after));
}

function lostValues(path: string, before: Schema, after: Schema): string[] {
  const today = valuesOf(after);
  if (today === undefined) return [];
  const old = valuesOf(before);
  if (old === undefined) return [`${path} takes only ${today.map(textOf).join(', ')}`];
  return old
    .filter((value) => !today.some((other) => isDeepStrictEqual(value, other)))
    .map((value) => `${path} no longer takes ${textOf(value)}`);
}

function valuesOf({ const: constant, enum: values }: Schema): readonly unknown[] | undefined {
  return constant === undefined ? (values as unknown[] | undefined) : [constant];
}

function bound(schema: Schema, name: string, otherwise: number): number {
  const value = schema[name];
  return typeof value === 'number' ? value : otherwise;
}

function isOn(value: unknown): boolean {
  return value !== undefined && value !== false;
}

function textOf(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}
