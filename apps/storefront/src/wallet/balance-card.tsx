import { buttonClass, Money } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import type { Wallet } from './use-wallet.ts';
import css from './wallet.module.css';

type Props = { wallet: Wallet; hasTopUps: boolean };

/** The money of a wallet: what it can pay first, then how that comes about. */
export function BalanceCard({ wallet, hasTopUps }: Props) {
  const intl = useIntl();
  const { currency } = wallet;
  return (
    <section className={css['card']} aria-labelledby="wallet-available">
      <h2 id="wallet-available" className={css['softHeading']}>
        {intl.formatMessage({ id: 'wallet.available' })}
      </h2>
      <p className={css['figure']}>
        <Money minor={wallet.availableMinor} currency={currency} />
      </p>
      <dl className={css['sums']}>
        <Sum label={intl.formatMessage({ id: 'wallet.balance' })} minor={wallet.balanceMinor} currency={currency} />
        {wallet.creditLimitMinor > 0 && (
          <Sum label={intl.formatMessage({ id: 'wallet.credit' })} minor={wallet.creditLimitMinor} currency={currency} isSigned />
        )}
        {wallet.heldMinor > 0 && (
          <Sum label={intl.formatMessage({ id: 'wallet.held' })} minor={-wallet.heldMinor} currency={currency} />
        )}
      </dl>
      {wallet.creditLimitMinor > 0 && <p className={css['soft']}>{intl.formatMessage({ id: 'wallet.creditHelp' })}</p>}
      {hasTopUps && wallet.status !== 'frozen' && (
        <p>
          <Link to="/wallet/top-up" className={buttonClass('primary')}>
            {intl.formatMessage({ id: 'wallet.topUp' })}
          </Link>
        </p>
      )}
    </section>
  );
}

function Sum({ label, ...money }: { label: string; minor: number; currency: string; isSigned?: boolean }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Money {...money} />
      </dd>
    </div>
  );
}
