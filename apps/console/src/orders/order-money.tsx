import { Money, moneyText } from '@florin/ui';
import { Box, Button, Divider, Stack, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { required, TextInput } from 'react-admin';
import { useIntl } from 'react-intl';
import type { Purchase, Refund } from '../api/resources.ts';
import { useRead } from '../api/use-read.ts';
import { FormDialog, type FormValues } from '../form/form-dialog.tsx';
import { minorOf } from '../form/minor-units.ts';
import { MoneyField } from '../form/money-field.tsx';
import { useAction } from '../form/use-action.ts';
import { Section } from '../layout/section.tsx';
import { useFlorin, useSessionState } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';
import { isRefundable, refundableMinor } from './order-rules.ts';
import { RefundRow } from './refund-row.tsx';

const UNDECIDED_POLL_MS = 2_000;
const DECIDED_POLL_MS = 30_000;

function pendingOf(refunds: readonly Refund[] = []): readonly Refund[] {
  return refunds.filter(({ status }) => status === 'pending');
}

/** What the order cost, what went back, and a further refund. */
export function OrderMoney({ order }: { order: Purchase }) {
  const text = useText();
  const florin = useFlorin();
  const [isOpen, setIsOpen] = useState(false);
  const queries = useQueryClient();
  const { data: refunds = [] } = useRead<readonly Refund[]>(
    ['refunds', 'of', order.id],
    async (signal) => (await florin.get('/v1/refunds', { params: { query: { purchaseId: order.id, limit: 100 } }, signal })).data,
    { refetchInterval: ({ state: { data } }) => (pendingOf(data).length > 0 ? UNDECIDED_POLL_MS : DECIDED_POLL_MS) },
  );
  const pending = pendingOf(refunds).length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a refund has moved is in the order.
  useEffect(() => void queries.invalidateQueries({ queryKey: ['purchases'] }), [queries, pending]);
  const open = refunds.filter(({ status }) => status === 'pending' || status === 'review');
  const restMinor = refundableMinor(order, open);
  const action = useRefund(order);
  const isOwn = order.userId === useSessionState().user?.id;
  return (
    <Section
      title={text('order.money')}
      actions={
        !isOwn &&
        isRefundable(order) &&
        restMinor > 0 && (
          <Button
            variant="outlined"
            onClick={() => {
              action.clearError();
              setIsOpen(true);
            }}
          >
            {text('refund.title')}
          </Button>
        )
      }
    >
      <Stack spacing={0.5}>
        <Line name={text('order.subtotal')} order={order} minor={order.subtotalMinor} />
        {order.discountMinor > 0 && <Line name={text('order.discount')} order={order} minor={-order.discountMinor} />}
        <Line name={text('order.deliveryCost')} order={order} minor={order.deliveryMinor} />
        <Divider />
        <Line name={<strong>{text('orders.total')}</strong>} order={order} minor={order.totalMinor} />
        {order.tax.map(({ ratePercent, taxMinor }) => (
          <Line key={ratePercent} name={text('order.tax', { rate: ratePercent })} order={order} minor={taxMinor} />
        ))}
        {order.refundedMinor > 0 && <Line name={text('order.refunded')} order={order} minor={-order.refundedMinor} />}
      </Stack>
      {refunds.length > 0 && (
        <>
          <Typography variant="h3" sx={{ marginTop: 2 }}>
            {text('order.refunds')}
          </Typography>
          {refunds.map((refund) => (
            <RefundRow key={refund.id} refund={refund} />
          ))}
        </>
      )}
      {isOpen && <RefundDialog order={order} restMinor={restMinor} action={action} onClose={() => setIsOpen(false)} />}
    </Section>
  );
}

function Line({ name, order: { currency }, minor }: { name: ReactNode; order: Purchase; minor: number }) {
  return (
    <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2 }}>
      <span>{name}</span>
      <Money minor={minor} currency={currency} />
    </Box>
  );
}

/** Lives as long as the page: the key of a refund whose answer was lost outlives the dialog. */
function useRefund({ id, currency }: Purchase) {
  const text = useText();
  const florin = useFlorin();
  const { locale } = useIntl();
  return useAction(
    async (values: FormValues, idempotencyKey) => {
      const body = { amountMinor: minorOf(values['amount'], currency, locale) ?? 0, reason: String(values['reason']) };
      return florin.post('/v1/purchases/{id}/refunds', {
        params: { path: { id }, header: { 'Idempotency-Key': idempotencyKey } },
        body,
        idempotencyKey,
      });
    },
    { done: text('refund.done') },
  );
}

type RefundDialogProps = { order: Purchase; restMinor: number; action: ReturnType<typeof useRefund>; onClose: () => void };

function RefundDialog({ order: { currency }, restMinor, action, onClose }: RefundDialogProps) {
  const text = useText();
  const { locale } = useIntl();
  return (
    <FormDialog
      title={text('refund.title')}
      submit={text('refund.title')}
      onClose={onClose}
      action={action}
      fields={['amount', 'reason']}
      rename={{ amountMinor: 'amount' }}
    >
      <MoneyField
        source="amount"
        label={text('refund.amount')}
        currency={currency}
        isRequired
        max={restMinor}
        hint={text('refund.rest', { amount: moneyText(restMinor, currency, locale) })}
      />
      <TextInput source="reason" label={text('refund.reason')} validate={required()} helperText={false} multiline />
    </FormDialog>
  );
}
