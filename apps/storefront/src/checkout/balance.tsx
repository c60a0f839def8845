import { Money } from '@florin/ui';
import { useIntl } from 'react-intl';
import { useWallet } from '../wallet/index.ts';
import css from './checkout.module.css';

/** What the wallet has before and after the payment. */
export function Balance({ totalMinor, currency, isCovered }: { totalMinor: number; currency: string; isCovered: boolean }) {
  const intl = useIntl();
  const { data: wallet } = useWallet();
  if (wallet === undefined || wallet.currency !== currency) return null;
  const text = (id: string) => intl.formatMessage({ id: `checkout.${id}` });
  return (
    <dl className={css['balance']}>
      <div>
        <dt>{text('balanceBefore')}</dt>
        <dd>
          <Money minor={wallet.balanceMinor} currency={currency} />
        </dd>
      </div>
      {wallet.heldMinor > 0 && (
        <div>
          <dt>{text('balanceHeld')}</dt>
          <dd>
            <Money minor={-wallet.heldMinor} currency={currency} />
          </dd>
        </div>
      )}
      {isCovered && (
        <div>
          <dt>{text('balanceAfter')}</dt>
          <dd>
            <Money minor={wallet.balanceMinor - totalMinor} currency={currency} />
          </dd>
        </div>
      )}
    </dl>
  );
}
