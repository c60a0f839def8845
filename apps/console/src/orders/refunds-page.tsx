import { Money, Time } from '@florin/ui';
import { Link } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';
import type { Refund } from '../api/resources.ts';
import { linkStyle, Page } from '../layout/page.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { ListView } from '../list/list-view.tsx';
import { useCursorList } from '../list/use-cursor-list.ts';
import { useText } from '../texts/use-text.ts';
import { RefundStatus } from './order-status.tsx';
import { RefundDecision } from './refund-row.tsx';

const statuses = ['review', 'pending', 'done', 'rejected'] as const;

/** Partial refunds: those that a second member of staff decides about, and those that payment has not answered. */
export function RefundsPage() {
  const text = useText();
  const list = useCursorList<Refund>('refunds', { filters: ['status', 'purchaseId'] });
  return (
    <Page title={text('refunds.title')}>
      <FilterBar
        list={list}
        fields={[
          {
            name: 'status',
            label: text('orders.status'),
            type: 'select',
            options: statuses.map((value) => ({ value, label: text(`refund.status.${value}`) })),
          },
          { name: 'purchaseId', label: text('claims.purchaseId') },
        ]}
      />
      <ListView
        label={text('refunds.title')}
        list={list}
        columns={[
          {
            id: 'order',
            label: text('claims.order'),
            render: ({ purchaseId }) => (
              <Link component={RouterLink} to={`/orders/${purchaseId}`} sx={linkStyle}>
                {text('refunds.open')}
              </Link>
            ),
          },
          { id: 'created', label: text('orders.created'), render: ({ createdAt }) => <Time at={createdAt} /> },
          { id: 'status', label: text('orders.status'), render: ({ status }) => <RefundStatus status={status} /> },
          { id: 'reason', label: text('refund.reason'), render: ({ reason, rejection }) => rejection ?? reason ?? '–' },
          { id: 'asked', label: text('refunds.asked'), render: ({ attempts }) => text('refunds.attempts', { count: attempts }) },
          {
            id: 'amount',
            label: text('refund.amount'),
            align: 'end',
            render: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
          },
          { id: 'decision', label: text('list.result'), render: (refund) => <RefundDecision refund={refund} /> },
        ]}
      />
    </Page>
  );
}
