import type { DataOf } from '@florin/client';
import { Time } from '@florin/ui';
import { Box, Button, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { required, SelectInput, TextInput } from 'react-admin';
import type { Purchase } from '../api/resources.ts';
import { useRead } from '../api/use-read.ts';
import { FormDialog, type FormValues } from '../form/form-dialog.tsx';
import { useAction } from '../form/use-action.ts';
import { Loading } from '../layout/loading.tsx';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { Facts, Section } from '../layout/section.tsx';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';
import { filledOf } from './order-actions.tsx';
import { actionsOf } from './order-rules.ts';
import { ParcelStatus, parcelStatuses } from './order-status.tsx';

type Delivery = DataOf<'get', '/v1/purchases/{id}/delivery'>;

/** Where the parcel goes, where it is, and what was reported about it. */
export function OrderDelivery({ order }: { order: Purchase }) {
  const text = useText();
  const florin = useFlorin();
  const [isOpen, setIsOpen] = useState(false);
  const { data, error, refetch } = useRead<Delivery>(['delivery', order.id], async (signal) => {
    const { data: delivery } = await florin.get('/v1/purchases/{id}/delivery', { params: { path: { id: order.id } }, signal });
    return delivery;
  });
  return (
    <Section
      title={text('order.delivery')}
      actions={
        actionsOf(order).includes('report') && (
          <Button variant="outlined" onClick={() => setIsOpen(true)}>
            {text('report.title')}
          </Button>
        )
      }
    >
      {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined ? !error && <Loading rows={2} /> : <DeliveryFacts delivery={data} />}
      {isOpen && <ReportDialog order={order} onClose={() => setIsOpen(false)} />}
    </Section>
  );
}

function DeliveryFacts({ delivery: { address, method, status, carrier, trackingCode, history } }: { delivery: Delivery }) {
  const text = useText();
  return (
    <Stack spacing={2}>
      <Facts
        facts={[
          [text('orders.status'), status && <ParcelStatus status={status} />],
          [text('order.method'), method?.name],
          [text('order.carrier'), carrier],
          [text('orders.tracking'), trackingCode],
          [text('order.address'), address ? <Address key="address" address={address} /> : text('order.noAddress')],
        ]}
      />
      <Typography variant="h3">{text('order.history')}</Typography>
      {history.length === 0 && <Typography color="textSecondary">{text('order.noReports')}</Typography>}
      <Stack component="ol" spacing={1} sx={{ listStyle: 'none', padding: 0, margin: 0 }}>
        {history.map((report) => (
          <Box component="li" key={`${report.at} ${report.receivedAt} ${report.status}`}>
            <ParcelStatus status={report.status} /> <Time at={report.at} />{' '}
            {[report.place, report.note, report.isApplied ? undefined : text('order.late')].filter(Boolean).join(' · ')}
          </Box>
        ))}
      </Stack>
    </Stack>
  );
}

function Address({ address }: { address: NonNullable<Delivery['address']> }) {
  const { name, line1, line2, postalCode, city, region, country, phone } = address;
  const lines = [name, line1, line2, `${postalCode} ${city}`, region, country, phone].filter(Boolean);
  return (
    <Box component="address" sx={{ whiteSpace: 'pre-line', fontStyle: 'normal' }}>
      {lines.join('\n')}
    </Box>
  );
}

function ReportDialog({ order: { id }, onClose }: { order: Purchase; onClose: () => void }) {
  const text = useText();
  const florin = useFlorin();
  // A retry sends the same time, as it has the same key.
  const [at] = useState(() => new Date().toISOString());
  const action = useAction(
    async (values: FormValues, idempotencyKey) => {
      const { status, ...rest } = filledOf(values);
      const body = { ...rest, at, status: status as (typeof parcelStatuses)[number] };
      return florin.post('/v1/purchases/{id}/delivery/events', {
        params: { path: { id }, header: { 'Idempotency-Key': idempotencyKey } },
        body,
        idempotencyKey,
      });
    },
    { done: text('report.done') },
  );
  const choices = parcelStatuses.map((status) => ({ id: status, name: text(`parcel.${status}`) }));
  return (
    <FormDialog
      title={text('report.title')}
      submit={text('report.title')}
      onClose={onClose}
      action={action}
      fields={['status', 'place', 'note', 'trackingCode', 'carrier']}
    >
      <SelectInput
        source="status"
        label={text('report.status')}
        choices={choices}
        validate={required()}
        helperText={text('report.returnedHint')}
        translateChoice={false}
      />
      <TextInput source="place" label={text('report.place')} helperText={false} />
      <TextInput source="note" label={text('report.note')} helperText={false} multiline />
      <TextInput source="trackingCode" label={text('report.trackingOptional')} helperText={false} />
      <TextInput source="carrier" label={text('report.carrier')} helperText={false} />
    </FormDialog>
  );
}
