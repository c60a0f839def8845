import { Money, Time } from '@florin/ui';
import { useIntl } from 'react-intl';
import { dailyRoom } from './daily-room.ts';
import type { Wallet } from './use-wallet.ts';
import css from './wallet.module.css';

/** What the wallet may spend at once and in a day. */
export function Limits({ wallet }: { wallet: Wallet }) {
  const intl = useIntl();
  const { currency } = wallet;
  const day = dailyRoom(wallet, new Date());
  return (
    <section className={css['card']} aria-labelledby="wallet-limits">
      <h2 id="wallet-limits">{intl.formatMessage({ id: 'wallet.limits' })}</h2>
      <dl className={css['sums']}>
        <div>
          <dt>{intl.formatMessage({ id: 'wallet.spendLimit' })}</dt>
          <dd>
            <Money minor={wallet.spendLimitMinor} currency={currency} />
          </dd>
        </div>
        <div>
          <dt>{intl.formatMessage({ id: 'wallet.dailyLimit' })}</dt>
          <dd>
            {day === undefined ? (
              intl.formatMessage({ id: 'wallet.noLimit' })
            ) : (
              <Money minor={day.limitMinor} currency={currency} />
            )}
          </dd>
        </div>
        <div>
          <dt>{intl.formatMessage({ id: 'wallet.spentToday' })}</dt>
          <dd>
            <Money minor={wallet.spentTodayMinor} currency={currency} />
          </dd>
        </div>
      </dl>
      {day !== undefined && (
        <>
          <progress
            className={css['bar']}
            max={Math.max(1, day.limitMinor)}
            value={Math.min(day.spentMinor, day.limitMinor)}
            aria-label={intl.formatMessage({ id: 'wallet.spentToday' })}
          />
          <p className={css['soft']}>
            {intl.formatMessage(
              { id: 'wallet.leftToday' },
              { left: <Money key="left" minor={day.leftMinor} currency={currency} />, time: <Time key="time" at={day.endsAt} /> },
            )}
          </p>
        </>
      )}
    </section>
  );
}
