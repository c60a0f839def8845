import { Money, Time, type Tone } from '@florin/ui';
import { Box, Button } from '@mui/material';
import type { Adjustment } from '../api/resources.ts';
import { useAction } from '../form/use-action.ts';
import { Page } from '../layout/page.tsx';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { ListView } from '../list/list-view.tsx';
import { useCursorList } from '../list/use-cursor-list.ts';
import { KnownStatus } from '../orders/order-status.tsx';
import { useFlorin, useSessionState } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';

const statuses = ['pending', 'approved', 'rejected'] as const;
const tones: Readonly<Record<string, Tone>> = { pending: 'warn', approved: 'good', posted: 'good', rejected: 'bad' };

/** Adjustments of wallets above the bound, which another admin decides about. */
export function AdjustmentsPage() {
  const text = useText();
  const list = useCursorList<Adjustment>('adjustments', { filters: ['status'] });
  const { user } = useSessionState();
  return (
    <Page title={text('adjustments.title')}>
      <FilterBar
        list={list}
        fields={[
          {
            name: 'status',
            label: text('orders.status'),
            type: 'select',
            options: statuses.map((value) => ({ value, label: text(`adjustmentStatus.${value}`) })),
          },
        ]}
      />
      <ListView
        label={text('adjustments.title')}
        list={list}
        columns={[
          { id: 'at', label: text('audit.at'), render: ({ createdAt }) => <Time at={createdAt} /> },
          {
            id: 'status',
            label: text('orders.status'),
            render: ({ status }) => <KnownStatus status={status} tones={tones} prefix="adjustmentStatus" />,
          },
          { id: 'wallet', label: text('adjustments.wallet'), render: ({ userId }) => userId },
          {
            id: 'requestedBy',
            label: text('adjustments.requestedBy'),
            render: ({ requestedBy }) => (requestedBy === user?.id ? text('adjustments.you') : requestedBy),
          },
          { id: 'reason', label: text('refund.reason'), render: ({ reason }) => reason },
          {
            id: 'amount',
            label: text('refund.amount'),
            align: 'end',
            render: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} isSigned />,
          },
          { id: 'decision', label: text('list.result'), render: (adjustment) => <Decision adjustment={adjustment} /> },
        ]}
      />
    </Page>
  );
}

/** Neither who requested the adjustment nor the owner of the wallet decides. */
function Decision({ adjustment: { id, status, requestedBy, userId } }: { adjustment: Adjustment }) {
  const text = useText();
  const florin = useFlorin();
  const { user } = useSessionState();
  const params = { path: { id } };
  const options = { done: text('refund.decided') };
  const approve = useAction(async () => florin.post('/v1/adjustments/{id}/approve', { params }), options);
  const reject = useAction(async () => florin.post('/v1/adjustments/{id}/reject', { params }), options);
  if (status !== 'pending') return '–';
  if (user?.id === requestedBy || user?.id === userId) return text('adjustments.waits');
  const error = approve.error ?? reject.error;
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Button variant="contained" loading={approve.isPending} onClick={() => void approve.run({})}>
          {text('refund.approve')}
        </Button>
        <Button variant="outlined" color="error" loading={reject.isPending} onClick={() => void reject.run({})}>
          {text('refund.reject')}
        </Button>
      </Box>
      {error !== undefined && <ProblemAlert error={error} />}
    </>
  );
}
