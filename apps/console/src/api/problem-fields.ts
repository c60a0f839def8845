import { FlorinProblem } from '@florin/client';

/** Messages by field, as a form shows them. */
export type FieldErrors = Record<string, string>;

/**
 * The errors of a refused request that concern fields of the form.
 *
 * @param fields names of the form's fields
 * @param rename the API's path of a field that has another name in the form, for example `{ priceMinor: 'price' }`
 */
export function fieldErrorsOf(
  error: unknown,
  fields: readonly string[],
  rename: Readonly<Record<string, string>> = {},
): FieldErrors {
  if (!(error instanceof FlorinProblem)) return {};
  const found: FieldErrors = {};
  for (const { path, message } of error.errors) {
    const [top = path] = path.split('.');
    const field = rename[path] ?? rename[top] ?? (fields.includes(path) ? path : top);
    if (fields.includes(field)) found[field] ??= message;
  }
  return found;
}
