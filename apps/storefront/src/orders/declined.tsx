import type { Purchase } from '@florin/client';
import { Button, ProblemNotice, Skeleton } from '@florin/ui';
import { useIntl } from 'react-intl';
import { DeclineNotice } from '../order-parts/index.ts';
import { useDeclineFacts, useReorder } from './use-order.ts';

/** Why the wallet did not pay, by the facts of that time, and how the buyer tries again. */
export function Declined({ order }: { order: Purchase }) {
  const intl = useIntl();
  const { data: facts, isPending } = useDeclineFacts(order.id);
  const { mutate: reorder, isPending: isReordering, error } = useReorder(order.id);
  if (isPending) return <Skeleton lines={2} />;
  return (
    <>
      <DeclineNotice
        code={order.declineReason}
        totalMinor={order.totalMinor}
        currency={order.currency}
        wallet={facts ?? undefined}
        backTo={`/orders/${order.number ?? order.id}`}
      >
        <Button isBusy={isReordering} onClick={() => reorder()}>
          {intl.formatMessage({ id: 'orders.tryAgain' })}
        </Button>
      </DeclineNotice>
      {error !== null && <ProblemNotice error={error} onRetry={() => reorder()} />}
    </>
  );
}
