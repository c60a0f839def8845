import { useIntl } from 'react-intl';
import { boundsOf } from './months.ts';

/** Shows a month such as `2026-11` in words. */
export function MonthName({ month }: { month: string }) {
  const intl = useIntl();
  return <time dateTime={month}>{monthText(month, intl.locale)}</time>;
}

export function monthText(month: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(boundsOf(month).from),
  );
}
