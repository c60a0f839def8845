import { moneyText } from '@florin/ui';
import { useIntl } from 'react-intl';
import css from './cart.module.css';
import type { ProblemWords } from './cart-problems.ts';

/** The problems of an item or an order, each in its own line. */
export function Problems({ problems, currency }: { problems: readonly ProblemWords[]; currency: string }) {
  const intl = useIntl();
  if (problems.length === 0) return null;
  return (
    <ul className={css['problems']}>
      {problems.map(({ id, tone, values }) => (
        <li key={id} className={css[tone]}>
          {intl.formatMessage({ id }, printable(values, { currency, locale: intl.locale }))}
        </li>
      ))}
    </ul>
  );
}

function printable(values: ProblemWords['values'], { currency, locale }: { currency: string; locale: string }) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      name.endsWith('Minor') ? moneyText(Number(value), currency, locale) : value,
    ]),
  );
}
