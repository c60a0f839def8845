import { Button, Notice } from '@florin/ui';
import { useIntl } from 'react-intl';
import type { CheckoutBody } from './attempt.ts';
import css from './checkout.module.css';
import { PayProblem } from './pay-problem.tsx';
import type { usePay } from './use-pay.ts';

type Props = { payment: ReturnType<typeof usePay>; body: CheckoutBody };

/** While the answer to a payment is unknown, the buyer can only ask for it again: with the same key and the same order. */
export function Unanswered({ payment, body }: Props) {
  const intl = useIntl();
  const { error, isPending, pay } = payment;
  if (isPending)
    return (
      <div className={css['waiting']} role="status">
        <progress aria-label={intl.formatMessage({ id: 'checkout.paying' })} />
        <p>{intl.formatMessage({ id: 'checkout.paying' })}</p>
        <p className={css['soft']}>{intl.formatMessage({ id: 'checkout.payingHelp' })}</p>
      </div>
    );
  return (
    <div className={css['page']}>
      <PayProblem error={error} />
      <Notice tone="info">
        <p>{intl.formatMessage({ id: 'checkout.neverTwice' })}</p>
        <Button variant="primary" onClick={() => pay(body)}>
          {intl.formatMessage({ id: 'checkout.payAgain' })}
        </Button>
      </Notice>
    </div>
  );
}
