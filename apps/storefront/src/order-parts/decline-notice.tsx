import { buttonClass, moneyText, Notice } from '@florin/ui';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { declineWords } from './decline-words.ts';
import css from './order-parts.module.css';

type Wallet = { availableMinor: number; spendLimitMinor: number; dailyLimitMinor: number | null };
type Props = {
  code: string | undefined;
  totalMinor: number;
  currency: string;
  /** The wallet as it was, or is. */
  wallet: Wallet | undefined;
  /** The page to come back to after a top-up. */
  backTo: string;
  children?: ReactNode;
};

/** Explains why the wallet does not pay, with the amounts and the next step. */
export function DeclineNotice({ code, totalMinor, currency, wallet, backTo, children }: Props) {
  const intl = useIntl();
  const { id, next } = declineWords(code);
  const money = (minor: number) => moneyText(minor, currency, intl.locale);
  const missingMinor = Math.max(0, totalMinor - (wallet?.availableMinor ?? 0));
  const values = {
    total: money(totalMinor),
    available: money(wallet?.availableMinor ?? 0),
    missing: money(missingMinor),
    spendLimit: money(wallet?.spendLimitMinor ?? 0),
    dailyLimit: money(wallet?.dailyLimitMinor ?? 0),
  };
  return (
    <Notice tone="bad" isLive>
      <p>{intl.formatMessage({ id: wallet === undefined && next !== undefined ? `${id}.short` : id }, values)}</p>
      <p className={css['links']}>
        {next === 'topUp' && (
          <Link
            to={`/wallet/top-up?${new URLSearchParams({ amountMinor: String(missingMinor), next: backTo })}`}
            className={buttonClass('primary')}
          >
            {intl.formatMessage({ id: 'parts.topUp' })}
          </Link>
        )}
        {next === 'wallet' && (
          <Link to="/wallet" className={buttonClass()}>
            {intl.formatMessage({ id: 'parts.limits' })}
          </Link>
        )}
        {children}
      </p>
    </Notice>
  );
}
