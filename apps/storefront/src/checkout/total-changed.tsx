import { Button, buttonClass, moneyText } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import css from './checkout.module.css';

type Props = { from: number; to: number; currency: string; onPay(): void; onClose(): void };

/** Shows the total that the buyer saw and the one of now, and asks again. */
export function TotalChanged({ from, to, currency, onPay, onClose }: Props) {
  const intl = useIntl();
  const money = (minor: number) => moneyText(minor, currency, intl.locale);
  const text = (id: string, values?: Record<string, string>) => intl.formatMessage({ id: `checkout.${id}` }, values);
  return (
    <>
      <p>{text('totalChangedHelp')}</p>
      <dl className={css['balance']}>
        <div>
          <dt>{text('totalBefore')}</dt>
          <dd>
            <s>{money(from)}</s>
          </dd>
        </div>
        <div>
          <dt>{text('totalNow')}</dt>
          <dd>
            <strong>{money(to)}</strong>
          </dd>
        </div>
      </dl>
      <Button variant="primary" onClick={onPay}>
        {text('pay', { total: money(to) })}
      </Button>
      <Link to="/cart" className={buttonClass()}>
        {intl.formatMessage({ id: 'cart.toCart' })}
      </Link>
      <Button variant="quiet" onClick={onClose}>
        {text('notNow')}
      </Button>
    </>
  );
}
