import type { Schema } from 'joi';
import { hasProtoField } from './proto-field.ts';

/** The used part of Joi's description of a schema. */
type Described = {
  type?: string;
  keys?: Record<string, Described>;
  items?: Described[];
  /** Members with free names. */
  patterns?: { rule?: Described }[];
  rules?: { name: string; args?: { limit?: unknown } }[];
};

/** The unknown fields that may still be kept, and the fields `__proto__` that were found. */
type Cut = { unknownLeft: number; protoFields: string[] };

type CutInput = {
  value: unknown;
  /** Paths of fields `__proto__`, which a schema does not see. */
  protoFields: readonly string[];
};

const descriptions = new WeakMap<Schema, Described>();

/**
 * Copies input without what cannot change whether it has a fault: list elements and characters beyond the maximum and one more,
 * unknown fields beyond `maxUnknown`, and the content of values of the wrong type.
 */
export function cutToSchema(schema: Schema, input: unknown, maxUnknown: number): CutInput {
  const cut: Cut = { unknownLeft: maxUnknown, protoFields: [] };
  return { value: cutValue(input, descriptionOf(schema), { cut, path: [] }), protoFields: cut.protoFields };
}

function descriptionOf(schema: Schema): Described {
  const known = descriptions.get(schema) ?? (schema.describe() as Described);
  descriptions.set(schema, known);
  return known;
}

type Place = { cut: Cut; path: readonly (string | number)[] };

/** Maximum length of the text of a member with a free name. No rule of such a text allows more. */
const MAX_FREE_LENGTH = 1_000;

/** Types whose values are kept: their schemas do not say what is inside. */
const OPEN_TYPES: readonly (string | undefined)[] = [undefined, 'any', 'alternatives', 'link'];

function cutValue(value: unknown, described: Described, place: Place): unknown {
  const { type, keys } = described;
  if (OPEN_TYPES.includes(type)) return value;
  if (typeof value === 'string') return type === 'string' ? value.slice(0, maxLengthOf(described) + 1) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return type === 'array' ? cutList(value, described, place) : [];
  const object = value as Record<string, unknown>;
  if (described.patterns !== undefined && keys === undefined) return cutPairs(object, described, place);
  return keys === undefined ? {} : cutObject(object, { keys, hasFreeNames: described.patterns !== undefined }, place);
}

function cutPairs(object: Readonly<Record<string, unknown>>, described: Described, { cut, path }: Place) {
  const kept = Object.keys(object).slice(0, maxLengthOf(described) + 1);
  const rule = described.patterns?.[0]?.rule ?? {};
  return Object.fromEntries(kept.map((name) => [name, cutValue(object[name], rule, { cut, path: [...path, name] })]));
}

function cutList(list: readonly unknown[], described: Described, { cut, path }: Place): unknown[] {
  const kept = list.slice(0, maxLengthOf(described) + 1);
  return kept.map((item, index) => cutValue(item, described.items?.[0] ?? {}, { cut, path: [...path, index] }));
}

type Members = { keys: Record<string, Described>; hasFreeNames: boolean };

function cutObject(object: Readonly<Record<string, unknown>>, { keys, hasFreeNames }: Members, { cut, path }: Place) {
  const kept: Record<string, unknown> = {};
  for (const [name, described] of Object.entries(keys))
    if (Object.hasOwn(object, name)) kept[name] = cutValue(object[name], described, { cut, path: [...path, name] });
  if (hasProtoField(object) && cut.unknownLeft-- > 0) cut.protoFields.push([...path, '__proto__'].join('.'));
  for (const name in object) {
    if (cut.unknownLeft <= 0) break;
    if (Object.hasOwn(keys, name) || name === '__proto__') continue;
    kept[name] = hasFreeNames && typeof object[name] === 'string' ? object[name].slice(0, MAX_FREE_LENGTH) : true;
    cut.unknownLeft--;
  }
  return kept;
}

/** The maximum length of a text or list. */
function maxLengthOf({ rules = [] }: Described): number {
  const limit = rules.find(({ name }) => name === 'max' || name === 'length')?.args?.limit;
  return typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY;
}
