import { Money } from '@florin/ui';
import { lazy, Suspense } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import type { Cart } from '../cart/read-cart.ts';
import { ItemSummary, OrderTotals } from '../order-parts/index.ts';
import css from './checkout.module.css';

/** Loaded after the form, whose scripts have a bound. */
const CouponForm = lazy(async () => ({ default: (await import('../cart/coupon-form.tsx')).CouponForm }));

type Order = Pick<Cart, 'items' | 'subtotalMinor' | 'discountMinor' | 'deliveryMinor' | 'totalMinor' | 'currency' | 'tax'>;
type Props = {
  order: Omit<Order, 'items'> & { items: readonly Omit<Cart['items'][number], 'addedPriceMinor' | 'addedCurrency'>[] };
  cart: Cart;
  hasDelivery: boolean;
};

/** What is bought, and what it costs. */
export function OrderSummary({ order, cart, hasDelivery }: Props) {
  const intl = useIntl();
  return (
    <section aria-label={intl.formatMessage({ id: 'cart.summary' })} className={css['summary']}>
      <div className={css['summaryHead']}>
        <h2>{intl.formatMessage({ id: 'cart.summary' })}</h2>
        <Link to="/cart">{intl.formatMessage({ id: 'checkout.changeCart' })}</Link>
      </div>
      <ul className={css['items']}>
        {order.items.map((item) => (
          <li key={item.productId}>
            <ItemSummary item={item}>
              <span className={css['soft']}>
                {item.quantity} × <Money minor={item.unitPriceMinor} currency={item.currency} />
              </span>
            </ItemSummary>
          </li>
        ))}
      </ul>
      <Suspense fallback={<div className={css['couponPlace']} />}>
        <CouponForm code={cart.coupon?.code} problems={cart.problems} />
      </Suspense>
      <OrderTotals order={order} delivery={hasDelivery ? undefined : '–'} />
    </section>
  );
}
