import { Time } from '@florin/ui';
import { Alert, Button } from '@mui/material';
import { useGetOne } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import type { Purchase } from '../api/resources.ts';
import { Loading } from '../layout/loading.tsx';
import { FailedPage } from '../layout/message-pages.tsx';
import { Page } from '../layout/page.tsx';
import { Column, Columns, Facts, Section } from '../layout/section.tsx';
import { useText } from '../texts/use-text.ts';
import { Decline } from './decline.tsx';
import { OrderActions } from './order-actions.tsx';
import { OrderClaims } from './order-claims.tsx';
import { OrderCustomer } from './order-customer.tsx';
import { OrderDelivery } from './order-delivery.tsx';
import { OrderLines } from './order-lines.tsx';
import { numberOf } from './order-link.tsx';
import { OrderMoney } from './order-money.tsx';
import { OrderStatus } from './order-status.tsx';
import { OrderTimeline } from './order-timeline.tsx';

const UNDECIDED_POLL_MS = 2_000;
const DECIDED_POLL_MS = 30_000;

/** One order: what was bought, what it cost, where the parcel is and what staff can do about it. */
export function OrderPage() {
  const { id = '' } = useParams();
  const text = useText();
  const above = [{ label: text('orders.title'), to: '/orders' }];
  const { data: order, error, refetch } = useGetOne<Purchase>('purchases', { id }, { refetchInterval: pollingOf });
  if (order === undefined) {
    const title = text('order.title', { number: '' }).trim();
    if (error) return <FailedPage title={title} error={error} onRetry={() => void refetch()} />;
    return (
      <Page title={title} above={above}>
        <Loading />
      </Page>
    );
  }
  return (
    <Page
      title={text('order.title', { number: numberOf(order) })}
      above={above}
      actions={
        <>
          <Button component={Link} to={`/orders/${id}/packing-slip`} variant="outlined">
            {text('packing.slip')}
          </Button>
          <OrderActions order={order} />
        </>
      }
    >
      <OrderSummary order={order} />
      <Columns>
        <Column>
          {order.status === 'declined' && <Decline purchaseId={id} currency={order.currency} />}
          <OrderLines order={order} />
          <OrderDelivery order={order} />
          <OrderTimeline purchaseId={id} />
        </Column>
        <Column>
          <OrderMoney order={order} />
          <OrderClaims purchaseId={id} />
          <OrderCustomer userId={order.userId} />
        </Column>
      </Columns>
    </Page>
  );
}

/** What is undecided is read every 2 s, the rest every 30 s. */
function pollingOf({ state: { data } }: { state: { data?: Purchase | undefined } }): number {
  const isUndecided = data?.status === 'requested' || data?.refund === 'pending';
  return isUndecided ? UNDECIDED_POLL_MS : DECIDED_POLL_MS;
}

function OrderSummary({ order }: { order: Purchase }) {
  const text = useText();
  return (
    <Section title={text('order.summary')}>
      <Facts
        facts={[
          [text('orders.status'), <OrderStatus key="status" status={order.status} />],
          [text('orders.created'), <Time key="created" at={order.createdAt} />],
          [text('orders.tracking'), order.trackingCode],
          [text('order.coupon'), order.coupon?.code],
        ]}
      />
      {order.declineReason !== undefined && (
        <Alert severity="error" sx={{ marginTop: 2 }}>
          {text('order.declineReason')}: {order.declineReason}
        </Alert>
      )}
    </Section>
  );
}
