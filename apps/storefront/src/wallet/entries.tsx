import { Notice, ProblemNotice, Skeleton, useFlorin } from '@florin/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import { Link, useSearchParams } from 'react-router';
import { EntryTable } from './entry-table.tsx';
import { isBadCursor } from './is-bad-cursor.ts';
import css from './wallet.module.css';

type Props = {
  currency: string;
  /** Only entries of this time. */
  period?: { from: string; to: string };
};

/** The entries of the wallet, a page at a time. The URL holds the page. */
export function Entries({ currency, period }: Props) {
  const intl = useIntl();
  const florin = useFlorin();
  const [parameters] = useSearchParams();
  const cursor = parameters.get('cursor') ?? undefined;
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['wallet', 'entries', period, cursor],
    queryFn: async ({ signal }) =>
      florin.get('/v1/wallet/entries', { params: { query: { ...period, ...(cursor && { cursor }) } }, signal }),
    placeholderData: keepPreviousData,
  });
  const next = data?.page.nextCursor;
  return (
    <section className={css['card']} aria-labelledby="wallet-entries" aria-busy={isPlaceholderData}>
      <h2 id="wallet-entries">{intl.formatMessage({ id: 'wallet.entries' })}</h2>
      {isBadCursor(error) ? (
        <Notice tone="warn" isLive>
          <p>{intl.formatMessage({ id: 'wallet.badCursor' })}</p>
        </Notice>
      ) : (
        error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />
      )}
      {data === undefined && error === null && <Skeleton lines={5} />}
      {data?.data.length === 0 && <p>{intl.formatMessage({ id: 'wallet.noEntries' })}</p>}
      {data !== undefined && data.data.length > 0 && <EntryTable entries={data.data} currency={currency} />}
      <nav className={css['pages']} aria-label={intl.formatMessage({ id: 'wallet.pages' })}>
        {cursor !== undefined && <Link to="?">{intl.formatMessage({ id: 'wallet.newest' })}</Link>}
        {typeof next === 'string' && (
          <Link to={`?${new URLSearchParams({ cursor: next })}`}>{intl.formatMessage({ id: 'wallet.older' })}</Link>
        )}
      </nav>
    </section>
  );
}
