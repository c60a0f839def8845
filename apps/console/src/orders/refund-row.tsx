import { Money, Time } from '@florin/ui';
import { Box, Button, Stack, Typography } from '@mui/material';
import type { Refund } from '../api/resources.ts';
import { useAction } from '../form/use-action.ts';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { useFlorin, useSessionState } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';
import { RefundStatus } from './order-status.tsx';

/** One refund, as a part of its order. */
export function RefundRow({ refund }: { refund: Refund }) {
  const { amountMinor, currency, status, reason, rejection, createdAt } = refund;
  return (
    <Stack sx={{ borderTop: 1, borderColor: 'divider', paddingY: 1 }} spacing={0.5}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, flexWrap: 'wrap' }}>
        <RefundStatus status={status} />
        <Money minor={amountMinor} currency={currency} />
      </Box>
      <Typography variant="body2" color="textSecondary">
        <Time at={createdAt} /> {[reason, rejection].filter(Boolean).join(' · ')}
      </Typography>
      <RefundDecision refund={refund} />
    </Stack>
  );
}

/** The buttons of somebody who may decide: neither who asked for the refund nor the buyer. */
export function RefundDecision({ refund: { id, status, requestedBy, userId } }: { refund: Refund }) {
  const { user } = useSessionState();
  const isMine = user?.id === requestedBy || user?.id === userId;
  return status === 'review' && !isMine ? <Decision id={id} /> : null;
}

function Decision({ id }: { id: string }) {
  const text = useText();
  const florin = useFlorin();
  const params = { path: { id } };
  const options = { done: text('refund.decided') };
  const approve = useAction(async () => florin.post('/v1/refunds/{id}/approve', { params }), options);
  const reject = useAction(async () => florin.post('/v1/refunds/{id}/reject', { params }), options);
  const error = approve.error ?? reject.error;
  return (
    <>
      <Box sx={{ display: 'flex', gap: 1 }}>
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
