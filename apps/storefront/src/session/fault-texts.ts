import type { IntlShape } from 'react-intl';
import { MAX_NAME_LENGTH, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './account-faults.ts';

/** The limits that the texts about fields name. */
export const limits = { min: MIN_PASSWORD_LENGTH, max: MAX_PASSWORD_LENGTH, maxName: MAX_NAME_LENGTH };

/** Puts the faults of fields into words. */
export function faultTexts<Name extends string>(
  intl: Pick<IntlShape, 'formatMessage'>,
  faults: Record<Name, string | undefined>,
): Partial<Record<Name, string>> {
  const found = Object.entries<string | undefined>(faults).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(found.map(([name, id]) => [name, intl.formatMessage({ id }, limits)])) as Partial<
    Record<Name, string>
  >;
}
