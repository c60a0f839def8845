import type { Purchase } from '@florin/client';
import { Button, Dialog, ProblemNotice } from '@florin/ui';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { actionsOf } from './order-status.ts';
import css from './orders.module.css';
import { printReceipt } from './print-receipt.ts';
import { useCancel, useReorder } from './use-order.ts';

/** What the buyer can do with an order. */
export function OrderActions({ order }: { order: Purchase }) {
  const intl = useIntl();
  const [isAsking, setAsking] = useState(false);
  const { canCancel, canReorder, hasReceipt } = actionsOf(order);
  const { mutate: reorder, isPending: isReordering, error: reorderError } = useReorder(order.id);
  const { mutate: cancel, isPending: isCancelling, error: cancelError } = useCancel(order.id);
  const text = (id: string) => intl.formatMessage({ id: `orders.${id}` });
  return (
    <div className={css['noPrint']}>
      <div className={css['links']}>
        {canReorder && order.status !== 'declined' && (
          <Button isBusy={isReordering} onClick={() => reorder()}>
            {text('reorder')}
          </Button>
        )}
        {hasReceipt && <Button onClick={printReceipt}>{text('print')}</Button>}
        {canCancel && (
          <Button variant="danger" isBusy={isCancelling} onClick={() => setAsking(true)}>
            {text('cancel')}
          </Button>
        )}
      </div>
      {reorderError !== null && <ProblemNotice error={reorderError} onRetry={() => reorder()} />}
      {cancelError !== null && <ProblemNotice error={cancelError} />}
      <Dialog title={text('cancelTitle')} isOpen={isAsking} onClose={() => setAsking(false)}>
        <p>{text('cancelHelp')}</p>
        <div className={css['links']}>
          <Button variant="danger" isBusy={isCancelling} onClick={() => cancel(undefined, { onSettled: () => setAsking(false) })}>
            {text('cancelYes')}
          </Button>
          <Button onClick={() => setAsking(false)}>{text('cancelNo')}</Button>
        </div>
      </Dialog>
    </div>
  );
}
