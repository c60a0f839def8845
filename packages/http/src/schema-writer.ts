import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { isReference, isUndocumented, type Kind, kindOf, nameOf } from '@florin/values';
import type { Schema } from 'joi';

export type Json = Record<string, unknown>;
export type JsonSchema = { properties?: Record<string, Json>; required?: string[] } & Json;

/** `answer`: fields that the document does not have are allowed, because a later release may add them. */
export type Direction = 'request' | 'answer';

export type SchemaWriter = {
  /** The schemas with a name that were written so far. */
  components: Readonly<Record<string, Json>>;
  /** @throws AssertionError if two different schemas have one name */
  write(schema: Schema, direction: Direction): JsonSchema;
};

/**
 * Creates a writer of Joi schemas as JSON Schema 2020-12. A schema with a name (`named` of @florin/values) becomes a component,
 * and each use of it a reference.
 */
export function createSchemaWriter(): SchemaWriter {
  const components: Record<string, Json> = {};
  const writePart = (schema: Schema, document: Json, direction: Direction): JsonSchema => {
    const name = nameOf(schema);
    if (name !== undefined && isReference(schema)) return { $ref: pathOf(name) };
    const refined = refine(schema, document, { direction, writePart });
    return name === undefined ? refined : referTo(components, name, refined);
  };
  return { components, write: (schema, direction) => writePart(schema, jsonSchemaOf(schema), direction) };
}

/** Keywords of one use of a named type, which stand beside its reference. */
const OF_USE: ReadonlySet<string> = new Set(['description', 'default', 'deprecated']);

function referTo(components: Record<string, Json>, name: string, document: Json): Json {
  const { isNullable, type } = withoutNull(document);
  const component = Object.fromEntries(Object.entries(type).filter(([key]) => !OF_USE.has(key)));
  const ofUse = Object.fromEntries(Object.entries(type).filter(([key]) => OF_USE.has(key)));
  const known = components[name];
  assert(known === undefined || isDeepStrictEqual(known, component), `two schemas have the name ${name}`);
  components[name] = component;
  const reference = { $ref: pathOf(name) };
  return isNullable ? { anyOf: [reference, { type: 'null' }], ...ofUse } : { ...reference, ...ofUse };
}

function pathOf(name: string): string {
  return `#/components/schemas/${name}`;
}

/** Takes `null` out of a type: a component is not nullable, a use of it is. */
function withoutNull(document: Json): { isNullable: boolean; type: Json } {
  const { type, enum: values } = document;
  if (!Array.isArray(type) || !type.includes('null')) return { isNullable: false, type: document };
  const [first, ...others] = type.filter((one) => one !== 'null') as string[];
  const nonNull = Array.isArray(values) ? { enum: values.filter((value) => value !== null) } : {};
  return { isNullable: true, type: { ...document, type: others.length === 0 ? first : [first, ...others], ...nonNull } };
}

type Refining = { direction: Direction; writePart(schema: Schema, document: Json, direction: Direction): Json };
type Terms = { keys?: readonly { key: string; schema: Schema }[]; items?: readonly Schema[] };

/** Adds the facts of a value's kind, and replaces the parts that have a name. */
function refine(schema: Schema, document: JsonSchema, { direction, writePart }: Refining): JsonSchema {
  const { keys = [], items = [] } = (schema as unknown as { $_terms: Terms }).$_terms;
  const refined: JsonSchema = { ...withFreeNames(withoutChoice(document)), ...factsOf(schema, direction) };
  if (direction === 'answer' && refined['additionalProperties'] === false) delete refined['additionalProperties'];
  if (refined.properties !== undefined) {
    const documented = keys.filter(({ schema: part }) => !isUndocumented(part));
    refined.properties = Object.fromEntries(
      documented.map(({ key, schema: part }) => [key, writePart(part, document.properties?.[key] ?? {}, direction)]),
    );
  }
  const [item, ...others] = items;
  if (item !== undefined && others.length === 0) refined['items'] = writePart(item, refined['items'] as Json, direction);
  return refined;
}

/** Joi writes a condition that leaves one form as a choice of one. */
function withoutChoice({ anyOf, ...document }: Json): Json {
  if (!Array.isArray(anyOf)) return document;
  return anyOf.length === 1 ? { ...document, ...(anyOf[0] as Json) } : { ...document, anyOf };
}

/** Joi writes members with any name as a pattern that all names match. */
function withFreeNames({ patternProperties, ...document }: Json): Json {
  const { '.*': any, ...others } = (patternProperties ?? {}) as Json;
  if (any !== undefined) return { ...document, additionalProperties: any };
  return patternProperties === undefined ? document : { ...document, patternProperties: others };
}

/** Facts of a kind of value that Joi does not write. */
const kindFacts: Partial<Record<Kind, Record<Direction, Json>>> = {
  amount: both({ format: 'int64' }),
  country: { request: { pattern: '^[A-Za-z]{2}$' }, answer: { pattern: '^[A-Z]{2}$' } },
  currency: { request: { pattern: '^[A-Za-z]{3}$' }, answer: { pattern: '^[A-Z]{3}$' } },
  day: both({ format: 'date' }),
  // An address that an earlier release stored may have any characters (RFC 6531).
  email: { request: { format: 'email' }, answer: { format: 'idn-email' } },
  line: { request: { pattern: '^[^\\u0000-\\u001f\\u007f]*$' }, answer: {} },
  quantity: both({ format: 'int64' }),
  secret: both({ format: 'password' }),
  wholeNumber: both({ format: 'int64' }),
};

function both(facts: Json): Record<Direction, Json> {
  return { request: facts, answer: facts };
}

const numeric: readonly (Kind | undefined)[] = ['amount', 'quantity', 'wholeNumber'];

function factsOf(schema: Schema, direction: Direction): Json {
  const kind = kindOf(schema);
  if (kind === undefined) return {};
  return { ...kindFacts[kind]?.[direction], ...(numeric.includes(kind) && isNotZero(schema) && { not: { const: 0 } }) };
}

function isNotZero(schema: Schema): boolean {
  const { invalid = [] } = schema.describe() as { invalid?: readonly unknown[] };
  return invalid.includes(0);
}

type JoiStandardSchema = { '~standard': { jsonSchema: { input(options: { target: string }): JsonSchema } } };

function jsonSchemaOf(schema: Schema): JsonSchema {
  const { $schema: _, ...document } = (schema as unknown as JoiStandardSchema)['~standard'].jsonSchema.input({
    target: 'draft-2020-12',
  });
  return document;
}
