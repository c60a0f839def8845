import { useIntl } from 'react-intl';

type Props = {
  /** RFC 3339, as the API sends it. */
  at: string;
  /** `day` leaves out the time of day. */
  precision?: 'day' | 'minute';
};

/** Shows a time in the reader's language and time zone. The exact time with its zone is the tooltip. */
export function Time({ at, precision = 'minute' }: Props) {
  const intl = useIntl();
  const short = precision === 'day' ? ({ dateStyle: 'medium' } as const) : ({ dateStyle: 'medium', timeStyle: 'short' } as const);
  return (
    <time dateTime={at} title={intl.formatDate(at, { dateStyle: 'full', timeStyle: 'long' })}>
      {intl.formatDate(at, short)}
    </time>
  );
}
