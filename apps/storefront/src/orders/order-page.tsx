import type { Purchase } from '@florin/client';
import { buttonClass, Money, Notice, PageHeading, ProblemNotice, Skeleton, Status, Time } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link, useLocation, useParams } from 'react-router';
import { ItemSummary, OrderTotals } from '../order-parts/index.ts';
import { Declined } from './declined.tsx';
import { DeliveryPanel } from './delivery-panel.tsx';
import { OrderActions } from './order-actions.tsx';
import { OrderClaims } from './order-claims.tsx';
import { refundWords, statusWords } from './order-status.ts';
import css from './orders.module.css';
import { Timeline } from './timeline.tsx';
import { Undecided } from './undecided.tsx';
import { useOrder } from './use-order.ts';

export function Page() {
  const intl = useIntl();
  const { number = '' } = useParams();
  const { data: order, error, refetch } = useOrder(number);
  const title = intl.formatMessage({ id: 'orders.order' }, { name: order?.number ?? number.slice(-8) });
  return (
    <div className={css['page']}>
      <meta name="robots" content="noindex" />
      <p className={css['noPrint']}>
        <Link to="/orders">← {intl.formatMessage({ id: 'orders.title' })}</Link>
      </p>
      <PageHeading title={title} />
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {order === undefined && error === null && <Skeleton lines={8} />}
      {order === null && <NoSuchOrder />}
      {order != null && <Order order={order} />}
    </div>
  );
}

function Order({ order }: { order: Purchase }) {
  const intl = useIntl();
  const { id, tone } = statusWords(order);
  const isNew = (useLocation().state as { isNew?: boolean } | null)?.isNew === true && order.status === 'paid';
  const refund = refundWords(order);
  const text = (name: string) => intl.formatMessage({ id: `orders.${name}` });
  return (
    <>
      <p className={css['statusRow']}>
        <span role="status">
          <Status tone={tone}>{intl.formatMessage({ id })}</Status>
        </span>
        <span className={css['soft']}>
          {text('orderedAt')} <Time at={order.createdAt} />
        </span>
      </p>
      {isNew && (
        <Notice tone="good" isLive>
          <p>{text('thanks')}</p>
        </Notice>
      )}
      {order.status === 'requested' && <Undecided order={order} />}
      {order.status === 'declined' && <Declined order={order} />}
      {refund !== undefined && (
        <Notice tone="info">
          <p>
            {intl.formatMessage({ id: refund })}{' '}
            {order.refundedMinor > 0 && <Money minor={order.refundedMinor} currency={order.currency} />}
          </p>
        </Notice>
      )}
      <OrderActions order={order} />
      <div className={css['columns']}>
        <section className={css['panel']}>
          <h2>{text('items')}</h2>
          <ul className={css['lines']}>
            {order.items.map((item) => (
              <li key={item.productId} className={css['line']}>
                <ItemSummary item={item}>
                  <span className={css['soft']}>
                    {item.quantity} × <Money minor={item.unitPriceMinor} currency={order.currency} />
                  </span>
                </ItemSummary>
                <Money minor={item.unitPriceMinor * item.quantity} currency={order.currency} />
              </li>
            ))}
          </ul>
          <OrderTotals order={order}>
            <OrderTotals.Row name={text('paidBy')} isSoft>
              {text('wallet')}
            </OrderTotals.Row>
            {order.refundedMinor > 0 && (
              <OrderTotals.Row name={text('refunded')}>
                <Money minor={-order.refundedMinor} currency={order.currency} />
              </OrderTotals.Row>
            )}
          </OrderTotals>
        </section>
        <div className={css['page']}>
          {(order.delivery ?? order.trackingCode) !== undefined && <DeliveryPanel order={order} />}
          <section className={`${css['panel']} ${css['noPrint']}`}>
            <h2>{text('timeline')}</h2>
            <Timeline order={order} />
          </section>
          {order.status === 'delivered' && <OrderClaims order={order} />}
        </div>
      </div>
    </>
  );
}

function NoSuchOrder() {
  const intl = useIntl();
  return (
    <div className={css['page']}>
      <p>{intl.formatMessage({ id: 'orders.notFound' })}</p>
      <p>
        <Link to="/orders" className={buttonClass('primary')}>
          {intl.formatMessage({ id: 'orders.showAll' })}
        </Link>
      </p>
    </div>
  );
}
