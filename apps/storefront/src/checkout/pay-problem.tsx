import { buttonClass, Notice, ProblemNotice } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { payRefusal } from './pay-refusal.ts';

/** Why the payment failed, and what the buyer does next. Declines and new totals are shown elsewhere. */
export function PayProblem({ error }: { error: unknown }) {
  const intl = useIntl();
  const { kind } = payRefusal(error);
  if (error === null || kind === 'totalChanged' || kind === 'declined') return null;
  if (kind === 'other' || kind === 'later' || kind === 'unanswered') return <ProblemNotice error={error} />;
  return (
    <Notice tone="bad" isLive>
      <p>{intl.formatMessage({ id: `checkout.problem.${kind}` })}</p>
      {kind === 'cart' && (
        <Link to="/cart" className={buttonClass()}>
          {intl.formatMessage({ id: 'cart.toCart' })}
        </Link>
      )}
    </Notice>
  );
}
