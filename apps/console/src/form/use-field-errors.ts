import { useMemo } from 'react';
import { fieldErrorsOf } from '../api/problem-fields.ts';

type ServerErrors = Record<string, { type: 'server'; message: string }>;

/**
 * The errors of a refused request by field, as react-hook-form takes them. They stay the same object until the next request:
 * another object would bring them back beside a field that was corrected.
 */
export function useFieldErrors(
  error: unknown,
  fields: readonly string[],
  rename?: Readonly<Record<string, string>>,
): ServerErrors {
  const found = JSON.stringify(fieldErrorsOf(error, fields, rename));
  return useMemo(() => {
    const errors = Object.entries(JSON.parse(found) as Record<string, string>);
    return Object.fromEntries(errors.map(([name, message]) => [name, { type: 'server' as const, message }]));
  }, [found]);
}
