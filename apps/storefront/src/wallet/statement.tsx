import { Money, Notice, PageHeading, ProblemNotice, Skeleton } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { DownloadStatement } from './download-statement.tsx';
import { Entries } from './entries.tsx';
import { monthText } from './month-name.tsx';
import { boundsOf } from './months.ts';
import { useMonthBalances } from './use-month-balances.ts';
import css from './wallet.module.css';

/** A month of the wallet: the balance at both ends, and the entries between. */
export function Statement({ month }: { month: string }) {
  const intl = useIntl();
  const { balances, isOpen, error, refetch } = useMonthBalances(month);
  return (
    <div className={css['page']}>
      <PageHeading title={intl.formatMessage({ id: 'wallet.statementOf' }, { month: monthText(month, intl.locale) })} />
      <p className={css['soft']}>{intl.formatMessage({ id: isOpen ? 'wallet.notFinal' : 'wallet.monthHelp' })}</p>
      {balances === undefined && error !== null && <ProblemNotice error={error} onRetry={refetch} />}
      {balances === undefined && error === null && <Skeleton lines={6} />}
      {balances === null && <Notice tone="info">{intl.formatMessage({ id: 'wallet.noStatement' })}</Notice>}
      {balances && (
        <>
          <div className={css['actions']}>
            <DownloadStatement month={month} format="html" />
            <DownloadStatement month={month} format="csv" />
          </div>
          <section className={css['card']} aria-label={intl.formatMessage({ id: 'wallet.balance' })}>
            <dl className={css['sums']}>
              <div>
                <dt>{intl.formatMessage({ id: 'wallet.openingBalance' })}</dt>
                <dd>
                  <Money minor={balances.openingMinor} currency={balances.currency} />
                </dd>
              </div>
              <div>
                <dt>{intl.formatMessage({ id: isOpen ? 'wallet.balanceNow' : 'wallet.closingBalance' })}</dt>
                <dd>
                  <Money minor={balances.closingMinor} currency={balances.currency} />
                </dd>
              </div>
            </dl>
          </section>
          <Entries currency={balances.currency} period={boundsOf(month)} />
        </>
      )}
      <p>
        <Link to="/wallet/statements">{intl.formatMessage({ id: 'wallet.allStatements' })}</Link>
      </p>
    </div>
  );
}
