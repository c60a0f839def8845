import { Money, Time } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { type Entry, entryLink, entryText } from './entry-source.ts';
import css from './wallet.module.css';

type Props = { entries: readonly Entry[]; currency: string };

/** Entries with their cause. On narrow screens each row is a card. */
export function EntryTable({ entries, currency }: Props) {
  const intl = useIntl();
  return (
    <table className={css['entries']}>
      <thead>
        <tr>
          <th scope="col">{intl.formatMessage({ id: 'wallet.column.what' })}</th>
          <th scope="col">{intl.formatMessage({ id: 'wallet.column.when' })}</th>
          <th scope="col" className={css['number']}>
            {intl.formatMessage({ id: 'wallet.column.amount' })}
          </th>
          <th scope="col" className={css['number']}>
            {intl.formatMessage({ id: 'wallet.column.after' })}
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td>
              <Cause entry={entry} />
            </td>
            <td className={css['soft']}>
              <Time at={entry.createdAt} />
            </td>
            <td className={`${css['number']} ${entry.amountMinor > 0 ? css['in'] : ''}`}>
              <Money minor={entry.amountMinor} currency={currency} isSigned />
            </td>
            <td className={css['number']}>
              <span className={css['cardLabel']}>{intl.formatMessage({ id: 'wallet.column.after' })}: </span>
              <Money minor={entry.balanceAfterMinor} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cause({ entry }: { entry: Entry }) {
  const intl = useIntl();
  const name = intl.formatMessage({ id: entryText(entry.type) });
  const link = entryLink(entry);
  return (
    <>
      {link === undefined ? name : <Link to={link}>{name}</Link>}
      {entry.reason !== undefined && <span className={css['reason']}>{entry.reason}</span>}
    </>
  );
}
