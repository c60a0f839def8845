import type { DataOf } from '@florin/client';
import { Time } from '@florin/ui';
import { Button, Typography } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FormDataConsumer, required, SelectInput, TextInput } from 'react-admin';
import type { Product } from '../api/resources.ts';
import { FormDialog, type FormValues } from '../form/form-dialog.tsx';
import { useAction } from '../form/use-action.ts';
import { Loading } from '../layout/loading.tsx';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { Section } from '../layout/section.tsx';
import { RowTable } from '../list/row-table.tsx';
import { useFlorin } from '../session/use-session.ts';
import type { TextId } from '../texts/all-texts.ts';
import { useText } from '../texts/use-text.ts';
import { isUnits, movementOf, type StockReason, stockReasons } from './stock-movement.ts';

type Movement = DataOf<'get', '/v1/products/{id}/stock-movements'>[number];

/** How many units there are, how they came to be there, and a way to move them. */
export function ProductStock({ product }: { product: Product }) {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  const hasVariants = product.variants !== undefined;
  return (
    <Section
      title={text('stock.title')}
      actions={
        !hasVariants && (
          <Button variant="outlined" onClick={() => setIsOpen(true)}>
            {text('stock.move')}
          </Button>
        )
      }
    >
      {hasVariants ? (
        <Typography>{text('stock.ofVariants')}</Typography>
      ) : (
        <>
          <Typography>{text('stock.now', { count: product.stock })}</Typography>
          <History productId={product.id} />
        </>
      )}
      {isOpen && <MoveDialog productId={product.id} onClose={() => setIsOpen(false)} />}
    </Section>
  );
}

function History({ productId }: { productId: string }) {
  const text = useText();
  const florin = useFlorin();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['stock-movements', productId],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 20, ...(pageParam !== '' && { cursor: pageParam }) };
      return florin.get('/v1/products/{id}/stock-movements', { params: { path: { id: productId }, query }, signal });
    },
    getNextPageParam: ({ page }) => page.nextCursor,
  });
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading rows={3} />;
  return (
    <>
      <Typography variant="h3" sx={{ marginTop: 2 }}>
        {text('stock.history')}
      </Typography>
      <Movements rows={data.pages.flatMap(({ data: rows }) => rows)} />
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {text('stock.more')}
        </Button>
      )}
    </>
  );
}

function Movements({ rows }: { rows: readonly Movement[] }) {
  const text = useText();
  return (
    <RowTable
      label={text('stock.history')}
      rows={rows}
      columns={[
        { id: 'at', label: text('stock.at'), render: ({ createdAt }) => <Time at={createdAt} /> },
        {
          id: 'reason',
          label: text('stock.reason'),
          render: ({ reason, note }) => [text(`stockReason.${reason}` as TextId), note].filter(Boolean).join(': '),
        },
        { id: 'change', label: text('stock.change'), align: 'end', render: ({ delta }) => (delta > 0 ? `+${delta}` : delta) },
        { id: 'after', label: text('stock.after'), align: 'end', render: ({ stockAfter }) => stockAfter },
      ]}
    />
  );
}

function MoveDialog({ productId: id, onClose }: { productId: string; onClose: () => void }) {
  const text = useText();
  const florin = useFlorin();
  // A retry sends the same time of the count, as it has the same key.
  const [countedAt] = useState(() => new Date().toISOString());
  const action = useAction(
    async ({ reason, units, note }: FormValues, idempotencyKey) => {
      const form = { reason: reason as StockReason, units: Number(units), note: typeof note === 'string' ? note : '' };
      return florin.post('/v1/products/{id}/stock-movements', {
        params: { path: { id }, header: { 'Idempotency-Key': idempotencyKey } },
        body: movementOf(form, countedAt),
        idempotencyKey,
      });
    },
    { done: text('stock.moved') },
  );
  return (
    <FormDialog
      title={text('stock.move')}
      submit={text('stock.move')}
      onClose={onClose}
      action={action}
      fields={['reason', 'units', 'note']}
      rename={{ delta: 'units', count: 'units' }}
      defaultValues={{ reason: 'delivery' }}
    >
      <SelectInput
        source="reason"
        label={text('stock.reason')}
        choices={stockReasons.map((reason) => ({ id: reason, name: text(`stockReason.${reason}`) }))}
        translateChoice={false}
        validate={required()}
        helperText={false}
      />
      <FormDataConsumer>
        {({ formData }: { formData: FormValues }) => {
          const reason = String(formData['reason']);
          return (
            <TextInput
              source="units"
              label={text(reason === 'count' ? 'stock.counted' : 'stock.delta')}
              validate={(value: unknown) => (isUnits(value, reason) ? undefined : text('stock.wholeFault'))}
              helperText={false}
              slotProps={{ htmlInput: { inputMode: 'numeric', autoComplete: 'off' } }}
            />
          );
        }}
      </FormDataConsumer>
      <TextInput source="note" label={text('stock.note')} helperText={false} />
    </FormDialog>
  );
}
