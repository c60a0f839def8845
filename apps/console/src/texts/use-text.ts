import { useIntl } from 'react-intl';
import type { TextId } from './all-texts.ts';

type Values = Readonly<Record<string, string | number>>;

/** Returns the function that gives a text in the reader's language. An unknown value of the API, such as a new status, is shown as it is. */
export function useText(): (id: TextId, values?: Values) => string {
  const intl = useIntl();
  return (id, values) => (id in intl.messages ? intl.formatMessage({ id }, values) : id.slice(id.lastIndexOf('.') + 1));
}
