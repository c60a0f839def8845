import { buttonClass, Notice, PageHeading, ProblemNotice, Skeleton } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { useShop } from '../catalogue/index.ts';
import { BalanceCard } from './balance-card.tsx';
import { Entries } from './entries.tsx';
import { Holds } from './holds.tsx';
import { Limits } from './limits.tsx';
import { isOpening, useWallet } from './use-wallet.ts';
import css from './wallet.module.css';

export function Page() {
  const intl = useIntl();
  const { data: wallet, error, failureReason, refetch } = useWallet();
  const { data: shop } = useShop();
  return (
    <div className={css['page']}>
      <div className={css['head']}>
        <PageHeading title={intl.formatMessage({ id: 'wallet.title' })} />
        <Link to="/wallet/statements">{intl.formatMessage({ id: 'wallet.statements' })}</Link>
      </div>
      {wallet?.status === 'frozen' && (
        <Notice tone="warn">
          <p>{intl.formatMessage({ id: 'wallet.frozen' })}</p>
          <Link to="/help" className={buttonClass()}>
            {intl.formatMessage({ id: 'wallet.toHelp' })}
          </Link>
        </Notice>
      )}
      {wallet === undefined && isOpening(error ?? failureReason) && (
        <Notice tone="info" isLive>
          <h2>{intl.formatMessage({ id: 'wallet.opening' })}</h2>
          <p>{intl.formatMessage({ id: 'wallet.openingHelp' })}</p>
        </Notice>
      )}
      {wallet === undefined && error !== null && !isOpening(error) && (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      )}
      {wallet === undefined && error === null && <Skeleton lines={6} />}
      {wallet !== undefined && (
        <>
          <BalanceCard wallet={wallet} hasTopUps={shop?.hasTopUps === true} />
          <Limits wallet={wallet} />
          {wallet.heldMinor > 0 && <Holds currency={wallet.currency} />}
          <Entries currency={wallet.currency} />
        </>
      )}
    </div>
  );
}
