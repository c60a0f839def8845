import { useIntl } from 'react-intl';
import { moneyText } from './money-text.ts';
import css from './ui.module.css';

type Props = {
  /** Integer in minor units of the currency. */
  minor: number;
  currency: string;
  /** Shows a plus before amounts that come in. */
  isSigned?: boolean;
};

/** Shows an amount with its currency, in the reader's language. */
export function Money({ minor, currency, isSigned = false }: Props) {
  const { locale } = useIntl();
  return (
    <span className={css['money']}>
      {isSigned && minor > 0 ? '+' : ''}
      {moneyText(minor, currency, locale)}
    </span>
  );
}
