import { PageHeading } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { useUser } from '../session/index.ts';
import { MonthName } from './month-name.tsx';
import { monthsSince } from './months.ts';
import css from './wallet.module.css';

export function Page() {
  const intl = useIntl();
  const { createdAt } = useUser();
  const months = monthsSince(createdAt, new Date());
  return (
    <div className={css['narrow']}>
      <PageHeading title={intl.formatMessage({ id: 'wallet.statements' })} />
      <p className={css['soft']}>{intl.formatMessage({ id: 'wallet.statementsHelp' })}</p>
      <ul className={css['rows']}>
        {months.map((month, index) => (
          <li key={month}>
            <Link to={`/wallet/statements/${month}`}>
              <MonthName month={month} />
            </Link>
            {index === 0 && <span className={css['soft']}>{intl.formatMessage({ id: 'wallet.stillOpen' })}</span>}
          </li>
        ))}
      </ul>
      <p>
        <Link to="/wallet">{intl.formatMessage({ id: 'wallet.toWallet' })}</Link>
      </p>
    </div>
  );
}
