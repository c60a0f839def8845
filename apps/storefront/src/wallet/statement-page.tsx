import { Money, PageHeading, ProblemNotice, Skeleton, useFlorin } from '@florin/ui';
import { useQuery } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import { Link, useParams } from 'react-router';
import { NotFound } from '../shell/index.ts';
import { DownloadStatement } from './download-statement.tsx';
import { Entries } from './entries.tsx';
import { monthText } from './month-name.tsx';
import { boundsOf, isMonth } from './months.ts';
import css from './wallet.module.css';

export function Page() {
  const { month = '' } = useParams();
  return isMonth(month) ? <Statement month={month} /> : <NotFound />;
}

function Statement({ month }: { month: string }) {
  const intl = useIntl();
  const period = boundsOf(month);
  const opening = useBalanceAt(new Date(Date.parse(period.from) - 1).toISOString());
  const closing = useBalanceAt(new Date(Date.parse(period.to) - 1).toISOString());
  const error = opening.error ?? closing.error;
  const currency = closing.data?.currency;
  return (
    <div className={css['page']}>
      <PageHeading title={intl.formatMessage({ id: 'wallet.statementOf' }, { month: monthText(month, intl.locale) })} />
      <p className={css['soft']}>
        {intl.formatMessage({ id: closing.data?.isFinal === false ? 'wallet.notFinal' : 'wallet.monthHelp' })}
      </p>
      <div className={css['actions']}>
        <DownloadStatement month={month} format="html" />
        <DownloadStatement month={month} format="csv" />
      </div>
      {error !== null && (
        <ProblemNotice
          error={error}
          onRetry={() => {
            void opening.refetch();
            void closing.refetch();
          }}
        />
      )}
      {error === null && currency === undefined && <Skeleton lines={6} />}
      {currency !== undefined && opening.data !== undefined && (
        <>
          <section className={css['card']} aria-label={intl.formatMessage({ id: 'wallet.balance' })}>
            <dl className={css['sums']}>
              <div>
                <dt>{intl.formatMessage({ id: 'wallet.openingBalance' })}</dt>
                <dd>
                  <Money minor={opening.data.balanceMinor} currency={currency} />
                </dd>
              </div>
              <div>
                <dt>{intl.formatMessage({ id: 'wallet.closingBalance' })}</dt>
                <dd>
                  <Money minor={closing.data?.balanceMinor ?? 0} currency={currency} />
                </dd>
              </div>
            </dl>
          </section>
          <Entries currency={currency} period={period} />
        </>
      )}
      <p>
        <Link to="/wallet/statements">{intl.formatMessage({ id: 'wallet.allStatements' })}</Link>
      </p>
    </div>
  );
}

function useBalanceAt(at: string) {
  const florin = useFlorin();
  return useQuery({
    queryKey: ['wallet', 'balance', at],
    queryFn: async ({ signal }) => (await florin.get('/v1/wallet/balance', { params: { query: { at } }, signal })).data,
  });
}
