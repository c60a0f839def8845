import { type DataOf, newIdempotencyKey } from '@florin/client';
import { Button, decimalText, Field, Money, Notice, ProblemNotice, parseMoney, useFlorin, useForm } from '@florin/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { useUser } from '../session/index.ts';
import { amountFault } from './amount-fault.ts';
import { isRefusedAmount } from './is-refused-amount.ts';
import { forgetAttempt, keepAttempt, keptAttempt, mayBeDone, type TopUpAttempt } from './top-up-attempt.ts';
import { isOpening, useWallet } from './use-wallet.ts';
import css from './wallet.module.css';

type Props = {
  shop: DataOf<'get', '/v1/shop'>;
  /** The amount that an order lacks, in minor units. */
  wantedMinor: number | undefined;
  onSent(topUpId: string): void;
};

/**
 * Asks for an amount and tops up. An attempt without an answer is kept with its key over a reload, and only that one can be sent
 * again: it is never made twice.
 */
export function TopUpForm({ shop: { currency, minorUnits }, wantedMinor, onSent }: Props) {
  const intl = useIntl();
  const user = useUser();
  const florin = useFlorin();
  const queries = useQueryClient();
  const { data: wallet, error: walletError } = useWallet();
  const [unanswered, setUnanswered] = useState(() => keptAttempt(sessionStorage, user.id));
  const isSending = useRef(false);
  const amountOf = (text: string) => parseMoney(text, minorUnits, intl.locale);
  const form = useForm({
    initial: { amount: wantedMinor === undefined ? '' : decimalText(wantedMinor, minorUnits) },
    check: ({ amount }) => {
      const fault = amountFault(amountOf(amount));
      return fault === undefined ? {} : { amount: intl.formatMessage({ id: fault }, { minorUnits }) };
    },
  });
  const forget = () => {
    forgetAttempt(sessionStorage);
    setUnanswered(undefined);
  };
  const sending = useMutation({
    mutationFn: async ({ key, amountMinor }: TopUpAttempt) =>
      (await florin.post('/v1/wallet/top-ups', { body: { amountMinor }, idempotencyKey: key })).data,
    onMutate: (attempt) => keepAttempt(sessionStorage, attempt),
    onSuccess: ({ id }) => {
      forget();
      void queries.invalidateQueries({ queryKey: ['wallet'] });
      onSent(id);
    },
    onSettled: () => {
      isSending.current = false;
    },
    onError: (error, attempt) => {
      if (mayBeDone(error, unanswered !== undefined)) return setUnanswered(attempt);
      forget();
      if (isRefusedAmount(error)) form.refuse({ amount: intl.formatMessage({ id: 'wallet.amount.refused' }) });
    },
  });
  if (unanswered !== undefined)
    return (
      <Notice tone="warn" isLive>
        <h2>{intl.formatMessage({ id: 'wallet.unanswered' })}</h2>
        <p>
          {intl.formatMessage(
            { id: 'wallet.unansweredHelp' },
            { amount: <Money key="amount" minor={unanswered.amountMinor} currency={currency} /> },
          )}
        </p>
        {sending.error !== null && <ProblemNotice error={sending.error} />}
        <Button variant="primary" isBusy={sending.isPending} onClick={() => sending.mutate(unanswered)}>
          {intl.formatMessage({ id: 'wallet.askAgain' })}
        </Button>
      </Notice>
    );
  const send = ({ amount }: { amount: string }) => {
    const amountMinor = amountOf(amount);
    // A second Enter arrives before the page shows the first.
    if (isSending.current || typeof amountMinor !== 'number') return;
    isSending.current = true;
    sending.mutate({ userId: user.id, key: newIdempotencyKey(), amountMinor });
  };
  return (
    <form {...form.props(send)} className={css['form']}>
      {isOpening(walletError) && <Notice tone="info">{intl.formatMessage({ id: 'wallet.openingHelp' })}</Notice>}
      {wallet !== undefined && (
        <p>
          {intl.formatMessage(
            { id: 'wallet.nowAvailable' },
            { amount: <Money key="amount" minor={wallet.availableMinor} currency={currency} /> },
          )}
        </p>
      )}
      {sending.error !== null && !isRefusedAmount(sending.error) && <ProblemNotice error={sending.error} />}
      <Field
        {...form.field('amount')}
        label={intl.formatMessage({ id: 'wallet.amount' }, { currency })}
        hint={intl.formatMessage(
          { id: 'wallet.amountHint' },
          { example: intl.formatNumber(12.5, { minimumFractionDigits: minorUnits, maximumFractionDigits: minorUnits }) },
        )}
        inputMode={minorUnits === 0 ? 'numeric' : 'decimal'}
        autoComplete="transaction-amount"
        maxLength={20}
        required
        end={<span className={css['unit']}>{currency}</span>}
      />
      <Button type="submit" variant="primary" isBusy={sending.isPending}>
        {intl.formatMessage({ id: 'wallet.topUp' })}
      </Button>
    </form>
  );
}
