import type { Purchase } from '@florin/client';
import { Notice } from '@florin/ui';
import { useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import { timeLeft } from './countdown.ts';
import css from './orders.module.css';

/** Says that the order is being decided, and how long that can take. The clock is not read aloud. */
export function Undecided({ order: { expiresAt } }: { order: Purchase }) {
  const intl = useIntl();
  const now = useNow();
  return (
    <Notice tone="info">
      <div className={css['undecided']}>
        <progress aria-label={intl.formatMessage({ id: 'orders.undecided' })} />
        <p>{intl.formatMessage({ id: 'orders.undecided' })}</p>
        {expiresAt !== undefined && (
          <p className={css['soft']} role="timer" aria-live="off">
            {intl.formatMessage({ id: 'orders.undecidedUntil' }, { left: timeLeft(expiresAt, now) })}
          </p>
        )}
      </div>
    </Notice>
  );
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
