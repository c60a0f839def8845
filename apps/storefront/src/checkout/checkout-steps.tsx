import { buttonClass, ProblemNotice, Skeleton } from '@florin/ui';
import { lazy } from 'react';
import { useIntl } from 'react-intl';
import { Link, Navigate } from 'react-router';
import { useUserCart } from '../cart/use-cart.ts';
import { useUser } from '../session/index.ts';
import { isUnanswered } from './attempt.ts';
import { attemptStore } from './attempt-store.ts';
import css from './checkout.module.css';
import { PayForm } from './pay-form.tsx';
import { useDeliveryMethods, useLastAddress } from './use-order-facts.ts';
import { usePay } from './use-pay.ts';

// Few buyers see it.
const Unanswered = lazy(async () => ({ default: (await import('./unanswered.tsx')).Unanswered }));

/** The checkout of a signed-in buyer. */
export function CheckoutSteps() {
  const { id: userId } = useUser();
  const payment = usePay(userId);
  const cart = useUserCart();
  const methods = useDeliveryMethods();
  const address = useLastAddress();
  const attempt = attemptStore.read();

  if (payment.isUncertain && isUnanswered(attempt, userId)) return <Unanswered payment={payment} body={attempt.body} />;
  const failed = [cart, methods].find(({ data, error }) => data === undefined && error !== null);
  if (failed !== undefined) return <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />;
  if (cart.data === undefined || methods.data === undefined || address.isPending) return <Skeleton lines={8} />;
  if (cart.data.items.length === 0) {
    // The page of the order is on its way.
    if (payment.isPending || payment.isSuccess) return <Skeleton lines={8} />;
    if (attempt?.userId === userId && attempt.order !== undefined) return <Navigate to={`/orders/${attempt.order}`} replace />;
    return <NothingToPay />;
  }
  return <PayForm cart={cart.data} methods={methods.data} lastAddress={address.data} payment={payment} />;
}

/** Another tab or device may have bought the cart. */
function NothingToPay() {
  const intl = useIntl();
  return (
    <div className={css['page']} role="status">
      <p>{intl.formatMessage({ id: 'checkout.nothing' })}</p>
      <p className={css['links']}>
        <Link to="/orders" className={buttonClass('primary')}>
          {intl.formatMessage({ id: 'cart.toOrders' })}
        </Link>
        <Link to="/" className={buttonClass()}>
          {intl.formatMessage({ id: 'shell.toShop' })}
        </Link>
      </p>
    </div>
  );
}
