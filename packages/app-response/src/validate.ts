import type { Schema } from 'joi';
import { AppError } from './app-error.ts';
import { requestErrors } from './request-errors.ts';

/**
 * Validates input that a client sent; unknown fields are refused.
 *
 * @param schema a Joi schema
 * @param input the body, query or path parameters
 * @param options `isText`: the input is text by nature (query, path), so numbers and booleans are read from it; a JSON body
 *   must have the right types already
 * @throws AppError VALIDATION_FAILED (422) with every fault, each with its path
 */
export function validate<T>(schema: Schema<T>, input: unknown, options: { isText?: boolean } = {}): T {
  const result = schema.validate(input, {
    abortEarly: false,
    convert: options.isText ?? false,
    errors: { wrap: { label: false } },
  });
  if (result.error === undefined) return result.value as T;
  throw new AppError(requestErrors.VALIDATION_FAILED, {
    errors: result.error.details.slice(0, 50).map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}
