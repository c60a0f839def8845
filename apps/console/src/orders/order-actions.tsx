import { Button, Typography } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { TextInput } from 'react-admin';
import type { Purchase } from '../api/resources.ts';
import { FormDialog, type FormValues } from '../form/form-dialog.tsx';
import { useAction } from '../form/use-action.ts';
import { useFlorin } from '../session/use-session.ts';
import type { TextId } from '../texts/all-texts.ts';
import { useText } from '../texts/use-text.ts';
import { actionsOf } from './order-rules.ts';

type DialogName = 'ship' | 'deliver' | 'cancel';
type DialogProps = { order: Purchase; onClose: () => void };

/** The buttons for what may be done with the order now. */
export function OrderActions({ order }: { order: Purchase }) {
  const text = useText();
  const [open, setOpen] = useState<DialogName>();
  const actions = actionsOf(order);
  const close = () => setOpen(undefined);
  return (
    <>
      {actions.includes('cancel') && (
        <Button variant="outlined" color="error" onClick={() => setOpen('cancel')}>
          {text('cancelOrder.title')}
        </Button>
      )}
      {actions.includes('ship') && (
        <Button variant="contained" onClick={() => setOpen('ship')}>
          {text('ship.title')}
        </Button>
      )}
      {actions.includes('deliver') && (
        <Button variant="contained" onClick={() => setOpen('deliver')}>
          {text('deliver.title')}
        </Button>
      )}
      {open === 'ship' && <ShipDialog order={order} onClose={close} />}
      {open === 'deliver' && <DeliverDialog order={order} onClose={close} />}
      {open === 'cancel' && <CancelDialog order={order} onClose={close} />}
    </>
  );
}

function ShipDialog({ order: { id }, onClose }: DialogProps) {
  const text = useText();
  const florin = useFlorin();
  return (
    <AdvanceDialog
      title="ship.title"
      done="ship.done"
      onClose={onClose}
      send={(body) => florin.post('/v1/purchases/{id}/ship', { params: { path: { id } }, body })}
    >
      <TextInput source="trackingCode" label={text('report.trackingOptional')} helperText={false} />
    </AdvanceDialog>
  );
}

function DeliverDialog({ order: { id }, onClose }: DialogProps) {
  const text = useText();
  const florin = useFlorin();
  return (
    <AdvanceDialog
      title="deliver.title"
      done="deliver.done"
      onClose={onClose}
      send={(body) => florin.post('/v1/purchases/{id}/deliver', { params: { path: { id } }, body })}
    >
      <Typography>{text('deliver.text')}</Typography>
    </AdvanceDialog>
  );
}

function CancelDialog({ order: { id }, onClose }: DialogProps) {
  const text = useText();
  const florin = useFlorin();
  return (
    <AdvanceDialog
      title="cancelOrder.title"
      done="cancelOrder.done"
      tone="error"
      onClose={onClose}
      send={(body) => florin.post('/v1/purchases/{id}/cancel', { params: { path: { id } }, body })}
    >
      <Typography>{text('cancelOrder.text')}</Typography>
      <TextInput source="reason" label={text('cancelOrder.reason')} helperText={false} multiline />
    </AdvanceDialog>
  );
}

type AdvanceDialogProps = {
  title: TextId;
  done: TextId;
  tone?: 'primary' | 'error';
  onClose: () => void;
  send(body: Record<string, string>): Promise<unknown>;
  children: ReactNode;
};

function AdvanceDialog({ title, done, tone = 'primary', onClose, send, children }: AdvanceDialogProps) {
  const text = useText();
  const action = useAction(async (values: FormValues) => send(filledOf(values)), { done: text(done) });
  return (
    <FormDialog
      title={text(title)}
      submit={text(title)}
      tone={tone}
      onClose={onClose}
      action={action}
      fields={['trackingCode', 'reason']}
    >
      {children}
    </FormDialog>
  );
}

/** The texts that were typed: the API takes no empty ones. */
export function filledOf(values: FormValues): Record<string, string> {
  const filled = Object.entries(values).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].trim() !== '',
  );
  return Object.fromEntries(filled);
}
