import type { Schema, ValidationErrorItem } from 'joi';
import { AppError } from './app-error.ts';
import { requestErrors } from './request-errors.ts';

/**
 * Validates input that a client sent; unknown fields are refused.
 *
 * @param schema a Joi schema
 * @param input the body, query or path parameters
 * @param options `isText`: the input is text by nature (query, path), so numbers and booleans are read from it, and a parameter that
 *   is given twice is refused as such; a JSON body must have the right types already
 * @throws AppError VALIDATION_FAILED (422) with every fault, each with its path
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

/** The known parameters that are there more than once: as a list, which no parameter is. */
function repeatedIn(query: unknown, faults: readonly ValidationErrorItem[]): string[] {
  const unknown = new Set(faults.flatMap(({ type, path }) => (type === 'object.unknown' ? path : [])));
  return Object.entries(query ?? {}).flatMap(([name, value]) => (Array.isArray(value) && !unknown.has(name) ? [name] : []));
}
