import type { Schema, ValidationErrorItem } from 'joi';
import { AppError } from './app-error.ts';
import { requestErrors } from './request-errors.ts';

/**
 * Validates input of a client. Rejects unknown fields.
 *
 * @param schema a Joi schema
 * @param input the body, query or path parameters
 * @param options `isText`: the input is text (query, path): numbers and booleans are parsed from it, and a repeated parameter is
 *   reported as such. Values of a JSON body must have the right types
 * @throws AppError VALIDATION_FAILED (422) with every fault and its path
 */
export function validate<T>(schema: Schema<T>, input: unknown, options: { isText?: boolean } = {}): T {
  const result = schema.validate(input, {
    abortEarly: false,
    convert: options.isText ?? false,
    errors: { wrap: { label: false } },
  });
  const faults = result.error?.details ?? [];
  const repeated = options.isText ? repeatedIn(input, faults) : [];
  if (faults.length === 0 && repeated.length === 0) return result.value as T;
  throw new AppError(requestErrors.VALIDATION_FAILED, {
    errors: [
      ...repeated.map((name) => ({ path: name, message: `${name} was given more than once` })),
      ...faults
        .filter(({ path: [name] }) => !repeated.includes(String(name)))
        .map(({ path, message }) => ({ path: path.join('.'), message })),
    ].slice(0, 50),
  });
}

/** Finds known parameters that are repeated: their values are lists, and no parameter is a list. */
function repeatedIn(query: unknown, faults: readonly ValidationErrorItem[]): string[] {
  const unknown = new Set(faults.flatMap(({ type, path }) => (type === 'object.unknown' ? path : [])));
  return Object.entries(query ?? {}).flatMap(([name, value]) => (Array.isArray(value) && !unknown.has(name) ? [name] : []));
}
