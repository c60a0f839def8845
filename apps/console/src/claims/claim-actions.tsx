import { moneyText } from '@florin/ui';
import { Button, Typography } from '@mui/material';
import { useState } from 'react';
import { BooleanInput, required, TextInput } from 'react-admin';
import { useIntl } from 'react-intl';
import type { Claim, Purchase } from '../api/resources.ts';
import { FormDialog, type FormValues } from '../form/form-dialog.tsx';
import { minorOf, typedMoney } from '../form/minor-units.ts';
import { MoneyField } from '../form/money-field.tsx';
import { useAction } from '../form/use-action.ts';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';
import { claimActionsOf, claimedMinor } from './claim-rules.ts';

type ClaimProps = { claim: Claim; order: Purchase };
type DialogProps = ClaimProps & { onClose: () => void };

/** The decision about a claim, and the arrival of its parcel. */
export function ClaimActions({ claim, order }: ClaimProps) {
  const text = useText();
  const [open, setOpen] = useState<'approve' | 'reject' | 'received'>();
  const actions = claimActionsOf(claim);
  const props = { claim, order, onClose: () => setOpen(undefined) };
  return (
    <>
      {actions.includes('reject') && (
        <Button variant="outlined" color="error" onClick={() => setOpen('reject')}>
          {text('claim.reject')}
        </Button>
      )}
      {actions.includes('approve') && (
        <Button variant="contained" onClick={() => setOpen('approve')}>
          {text('claim.approve')}
        </Button>
      )}
      {actions.includes('received') && (
        <Button variant="contained" onClick={() => setOpen('received')}>
          {text('claim.received')}
        </Button>
      )}
      {open === 'approve' && <ApproveDialog {...props} />}
      {open === 'reject' && <RejectDialog {...props} />}
      {open === 'received' && <ReceivedDialog {...props} />}
    </>
  );
}

function ApproveDialog({ claim, order, onClose }: DialogProps) {
  const text = useText();
  const florin = useFlorin();
  const { locale } = useIntl();
  const { currency } = order;
  const suggestedMinor = claimedMinor(claim, order);
  const action = useAction(
    async ({ refund, restock, returnRequired }: FormValues) => {
      const refundMinor = minorOf(refund, currency, locale) ?? 0;
      const body = { refundMinor, restock: restock === true, returnRequired: returnRequired === true };
      return florin.post('/v1/claims/{id}/approve', { params: { path: { id: claim.id } }, body });
    },
    { done: text('claim.approved') },
  );
  return (
    <FormDialog
      title={text('claim.approveTitle')}
      submit={text('claim.approve')}
      onClose={onClose}
      action={action}
      fields={['refund', 'restock', 'returnRequired']}
      rename={{ refundMinor: 'refund' }}
      defaultValues={{ refund: typedMoney(suggestedMinor, currency, locale), restock: false, returnRequired: false }}
    >
      <MoneyField
        source="refund"
        label={text('claim.refund')}
        currency={currency}
        isRequired
        max={order.totalMinor - order.refundedMinor}
        hint={text('claim.refundHint', { amount: moneyText(suggestedMinor, currency, locale) })}
      />
      <BooleanInput source="returnRequired" label={text('claim.returnRequired')} helperText={false} />
      <BooleanInput source="restock" label={text('claim.restock')} helperText={false} />
    </FormDialog>
  );
}

function RejectDialog({ claim: { id }, onClose }: DialogProps) {
  const text = useText();
  const florin = useFlorin();
  const action = useAction(
    async ({ reason }: FormValues) =>
      florin.post('/v1/claims/{id}/reject', { params: { path: { id } }, body: { reason: String(reason) } }),
    { done: text('claim.rejected') },
  );
  return (
    <FormDialog
      title={text('claim.rejectTitle')}
      submit={text('claim.reject')}
      tone="error"
      onClose={onClose}
      action={action}
      fields={['reason']}
    >
      <TextInput
        source="reason"
        label={text('claim.rejectReason')}
        validate={required()}
        helperText={false}
        multiline
        minRows={2}
      />
    </FormDialog>
  );
}

function ReceivedDialog({ claim: { id }, onClose }: DialogProps) {
  const text = useText();
  const florin = useFlorin();
  const action = useAction(async () => florin.post('/v1/claims/{id}/received', { params: { path: { id } } }), {
    done: text('claim.receivedDone'),
  });
  return (
    <FormDialog title={text('claim.received')} submit={text('claim.received')} onClose={onClose} action={action}>
      <Typography>{text('claim.receivedText')}</Typography>
    </FormDialog>
  );
}
