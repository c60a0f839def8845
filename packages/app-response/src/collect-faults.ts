import type { Schema, ValidationErrorItem } from 'joi';
import type { FieldError } from './app-error.ts';
import { cutToSchema } from './cut-to-schema.ts';

/** Maximum number of faults that an answer reports. */
export const MAX_FAULTS = 50;

type Options = { isText: boolean };

/**
 * Collects the faults of rejected input. The input is first cut to what a fault needs: validation costs the same for any number of
 * elements and unknown fields beyond the allowed ones.
 *
 * @returns at most `MAX_FAULTS` faults, and at least the one that rejected the input
 */
export function collectFaults(schema: Schema, input: unknown, options: Options): FieldError[] {
  const { value, protoFields } = cutToSchema(schema, input, MAX_FAULTS);
  const faults = faultsOf(schema, value, { ...options, abortEarly: false });
  const repeated = options.isText ? repeatedIn(input, faults) : [];
  const collected = [
    ...repeated.map((name) => ({ path: name, message: `${name} was given more than once` })),
    ...faults.filter(({ path: [name] }) => !repeated.includes(String(name))).map(fieldErrorOf),
    ...protoFields.map((path) => ({ path, message: `${path} is not allowed` })),
  ];
  if (collected.length > 0) return collected.slice(0, MAX_FAULTS);
  return faultsOf(schema, input, { ...options, abortEarly: true }).map(fieldErrorOf);
}

function faultsOf(schema: Schema, input: unknown, { isText, abortEarly }: Options & { abortEarly: boolean }) {
  const { error } = schema.validate(input, { abortEarly, convert: isText, errors: { wrap: { label: false } } });
  return error?.details ?? [];
}

function fieldErrorOf({ path, message }: ValidationErrorItem): FieldError {
  return { path: path.join('.'), message };
}

/** Finds known parameters that are repeated: their values are lists, and no parameter is a list. */
function repeatedIn(query: unknown, faults: readonly ValidationErrorItem[]): string[] {
  const unknown = new Set(faults.flatMap(({ type, path }) => (type === 'object.unknown' ? path : [])));
  return Object.entries(query ?? {}).flatMap(([name, value]) => (Array.isArray(value) && !unknown.has(name) ? [name] : []));
}
