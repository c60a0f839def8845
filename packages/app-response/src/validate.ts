import type { Schema } from 'joi';
import { AppError } from './app-error.ts';
import { collectFaults } from './collect-faults.ts';
import { findProtoField } from './proto-field.ts';
import { requestErrors } from './request-errors.ts';

type Options = { isText?: boolean };

/** More fields than any schema has. */
const MAX_FIELDS = 200;

/**
 * Validates input of a client. Rejects unknown fields. Stops at the first fault, so that the work is bounded by the valid part of
 * the input; only then are the other faults collected, at most `MAX_FAULTS` of them.
 *
 * @param schema a Joi schema whose rules are ordered by cost: the length of a list before its elements
 * @param input the body, query or path parameters
 * @param options `isText`: the input is text (query, path): numbers and booleans are parsed from it, and a repeated parameter is
 *   reported as such. Values of a JSON body must have the right types
 * @throws AppError VALIDATION_FAILED (422) with the faults and their paths
 */
export function validate<T>(schema: Schema<T>, input: unknown, { isText = false }: Options = {}): T {
  const result = isLarge(input) ? undefined : schema.validate(input, { abortEarly: true, convert: isText });
  const isAccepted = result !== undefined && result.error === undefined && !(isText && hasList(input));
  if (isAccepted && findProtoField(input) === undefined) return result.value as T;
  throw new AppError(requestErrors.VALIDATION_FAILED, { errors: collectFaults(schema, input, { isText }) });
}

/** Tells whether an object has so many fields that even a copy of it is expensive. */
function isLarge(input: unknown): boolean {
  return typeof input === 'object' && input !== null && !Array.isArray(input) && Object.keys(input).length > MAX_FIELDS;
}

/** A repeated parameter is a list. */
function hasList(query: unknown): boolean {
  return Object.values(query ?? {}).some(Array.isArray);
}
