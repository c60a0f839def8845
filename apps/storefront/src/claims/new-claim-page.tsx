import type { Purchase } from '@florin/client';
import { Notice, PageHeading, ProblemNotice, Skeleton, Time } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link, useParams } from 'react-router';
import { useClaimWindow } from '../orders/order-claims.tsx';
import { useOrder } from '../orders/use-order.ts';
import { claimableUnits } from './claim-draft.ts';
import { ClaimForm } from './claim-form.tsx';
import css from './claims.module.css';
import { useClaimsOf } from './use-claims.ts';

export function Page() {
  const intl = useIntl();
  const { number = '' } = useParams();
  const { data: order, error, refetch } = useOrder(number);
  return (
    <div className={css['page']}>
      <meta name="robots" content="noindex" />
      <p>
        <Link to={`/orders/${number}`}>← {intl.formatMessage({ id: 'orders.order' }, { name: order?.number ?? number })}</Link>
      </p>
      <PageHeading title={intl.formatMessage({ id: 'claims.new' })} />
      {order === undefined && error === null && <Skeleton lines={6} />}
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {order === null && <p>{intl.formatMessage({ id: 'orders.notFound' })}</p>}
      {order != null && <NewClaim order={order} />}
    </div>
  );
}

function NewClaim({ order }: { order: Purchase }) {
  const intl = useIntl();
  const { data: claims, error, refetch } = useClaimsOf(order.id);
  const window = useClaimWindow(order);
  const refuse = (id: string, until?: string) => (
    <Notice tone="warn">
      <p>
        {intl.formatMessage({ id: `claims.${id}` })} {until !== undefined && <Time at={until} precision="day" />}
      </p>
    </Notice>
  );
  if (order.status !== 'delivered') return refuse('notDelivered');
  if (window?.isOver === true) return refuse('over', window.until);
  if (error !== null && claims === undefined) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (claims === undefined) return <Skeleton lines={6} />;
  const units = claimableUnits(order.items, claims);
  if ([...units.values()].every((count) => count === 0)) return refuse('allClaimed');
  return <ClaimForm order={order} units={units} />;
}
