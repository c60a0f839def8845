import { Money, ProblemNotice, Time, useFlorin } from '@florin/ui';
import { useQuery } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import css from './wallet.module.css';

const MAX_SHOWN = 20;

/** The holds that reduce what is available. */
export function Holds({ currency }: { currency: string }) {
  const intl = useIntl();
  const florin = useFlorin();
  const { data, error, refetch } = useQuery({
    queryKey: ['wallet', 'holds'],
    queryFn: async ({ signal }) =>
      (await florin.get('/v1/wallet/holds', { params: { query: { status: 'held', limit: MAX_SHOWN } }, signal })).data,
  });
  return (
    <section className={css['card']} aria-labelledby="wallet-holds">
      <h2 id="wallet-holds">{intl.formatMessage({ id: 'wallet.holds' })}</h2>
      <p className={css['soft']}>{intl.formatMessage({ id: 'wallet.holdsHelp' })}</p>
      {data === undefined && error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      <ul className={css['rows']}>
        {data?.map(({ id, amountMinor, createdAt, expiresAt }) => (
          <li key={id}>
            <span>
              {intl.formatMessage(
                { id: 'wallet.hold' },
                { since: <Time key="since" at={createdAt} />, until: <Time key="until" at={expiresAt} /> },
              )}
            </span>
            <Money minor={amountMinor} currency={currency} />
          </li>
        ))}
      </ul>
    </section>
  );
}
