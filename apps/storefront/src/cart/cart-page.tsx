import { Button, buttonClass, Notice, PageHeading, ProblemNotice, Skeleton } from '@florin/ui';
import { useEffect, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { OrderTotals } from '../order-parts/index.ts';
import { useSession } from '../session/index.ts';
import css from './cart.module.css';
import { CartLine, type CartLineItem } from './cart-line.tsx';
import { isBuyable, wholeProblems } from './cart-problems.ts';
import { CouponForm } from './coupon-form.tsx';
import { LeftOutNotice } from './left-out-notice.tsx';
import { Problems } from './problem-words.tsx';
import { useSetQuantity } from './use-change-cart.ts';
import { useShownCart } from './use-shown-cart.ts';

export function Page() {
  const intl = useIntl();
  const { data: cart, error, refetch } = useShownCart();
  const [removed, setRemoved] = useState<CartLineItem>();
  const { mutate: setQuantity } = useSetQuantity();
  const remove = (item: CartLineItem) => setQuantity({ ...item, quantity: 0 }, { onSuccess: () => setRemoved(item) });
  const undo = () => {
    if (removed !== undefined) setQuantity(removed, { onSuccess: () => setRemoved(undefined) });
  };
  return (
    <div className={css['page']}>
      <meta name="robots" content="noindex" />
      <PageHeading title={intl.formatMessage({ id: 'shell.cart' })} />
      <LeftOutNotice />
      {removed !== undefined && <Removed item={removed} onUndo={undo} />}
      {cart === undefined && error === null && <Skeleton lines={5} />}
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {cart?.items.length === 0 && <EmptyCart />}
      {cart !== undefined && cart.items.length > 0 && (
        <div className={css['columns']}>
          <ul className={css['lines']}>
            {cart.items.map((item) => (
              <CartLine key={item.productId} item={item} problems={cart.problems} onRemove={remove} />
            ))}
          </ul>
          <Summary cart={cart} />
        </div>
      )}
    </div>
  );
}

type ShownCart = NonNullable<ReturnType<typeof useShownCart>['data']>;

function Summary({ cart }: { cart: ShownCart }) {
  const intl = useIntl();
  const { status } = useSession();
  const text = (id: string) => intl.formatMessage({ id: `cart.${id}` });
  return (
    <section aria-label={text('summary')} className={css['summary']}>
      {status === 'signedIn' && <CouponForm code={cart.coupon?.code} problems={cart.problems} />}
      <OrderTotals order={cart} delivery={text('deliveryLater')} />
      <Problems problems={wholeProblems(cart.problems)} currency={cart.currency} />
      {isBuyable(cart.problems) || <p className={css['bad']}>{text('mendFirst')}</p>}
      {isBuyable(cart.problems) && (
        <Link to="/checkout" className={buttonClass('primary')}>
          {text('checkout')}
        </Link>
      )}
      {status === 'guest' && <p className={css['soft']}>{text('guestHint')}</p>}
    </section>
  );
}

/** The focus goes to "undo", because the button that was pressed is gone. */
function Removed({ item, onUndo }: { item: CartLineItem; onUndo(): void }) {
  const intl = useIntl();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (item.quantity > 0) place.current?.querySelector('button')?.focus();
  }, [item]);
  return (
    <div ref={place}>
      <Notice tone="info" isLive>
        <p>{intl.formatMessage({ id: 'cart.removed' }, { name: item.name })}</p>
        <Button onClick={onUndo}>{intl.formatMessage({ id: 'cart.undo' })}</Button>
      </Notice>
    </div>
  );
}

function EmptyCart() {
  const intl = useIntl();
  const { status } = useSession();
  return (
    <div className={css['empty']}>
      <p>{intl.formatMessage({ id: 'cart.empty' })}</p>
      <p className={css['links']}>
        <Link to="/" className={buttonClass('primary')}>
          {intl.formatMessage({ id: 'shell.toShop' })}
        </Link>
        {status === 'signedIn' && (
          <Link to="/orders" className={buttonClass()}>
            {intl.formatMessage({ id: 'cart.toOrders' })}
          </Link>
        )}
      </p>
    </div>
  );
}
