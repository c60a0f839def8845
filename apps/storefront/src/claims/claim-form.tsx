import { FlorinProblem, type Purchase } from '@florin/client';
import { Button, ProblemNotice } from '@florin/ui';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { useNavigate } from 'react-router';
import { ItemSummary, SelectField, TextField } from '../order-parts/index.ts';
import { claimBody, claimFaults, emptyDraft, type Reason, reasons } from './claim-draft.ts';
import css from './claims.module.css';
import { type Photo, PhotoField } from './photo-field.tsx';
import { useOpenClaim } from './use-claims.ts';
import { useLeaveWarning } from './use-leave-warning.ts';

const MAX_TEXT = 2_000;

type Props = { order: Purchase /** Units of each product that can be claimed. */; units: ReadonlyMap<string, number> };

/** Asks what is wrong with which units. */
export function ClaimForm({ order, units }: Props) {
  const intl = useIntl();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(emptyDraft);
  const [photos, setPhotos] = useState<readonly Photo[]>([]);
  const [isChecked, setChecked] = useState(false);
  const [focuses, setFocuses] = useState(0);
  const place = useRef<HTMLFormElement>(null);
  const { mutate, isPending, isSuccess, error } = useOpenClaim(order.id);
  const text = (id: string, values?: Record<string, number>) => intl.formatMessage({ id: `claims.${id}` }, values);
  const faults = isChecked ? claimFaults(draft) : [];
  const exceeded = error instanceof FlorinProblem && error.code === 'CLAIM_EXCEEDS_PURCHASE' ? error.extensions : undefined;
  useLeaveWarning((draft !== emptyDraft || photos.length > 0) && !isSuccess, text('leave'));
  useEffect(() => {
    if (focuses > 0) place.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [focuses]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isPending) return;
    setChecked(true);
    if (claimFaults(draft).length > 0) return setFocuses((count) => count + 1);
    mutate(claimBody(draft, photos), {
      onSuccess: ({ id }) => void navigate(`/claims/${id}`, { replace: true }),
      onError: () => setFocuses((count) => count + 1),
    });
  };
  const setUnits = (productId: string, quantity: number) =>
    setDraft({ ...draft, quantities: { ...draft.quantities, [productId]: quantity } });
  const unitsFault = (productId: string, isFirst: boolean) => {
    if (exceeded?.['productId'] === productId) return text('exceeded', { count: Number(exceeded['claimable']) });
    return faults.includes('items') && isFirst ? text('itemsMissing') : undefined;
  };

  return (
    <form ref={place} noValidate onSubmit={submit} className={css['form']}>
      <fieldset className={css['fields']}>
        <legend className={css['legend']}>{text('which')}</legend>
        {order.items.map((item, index) => (
          <div key={item.productId} className={css['item']}>
            <ItemSummary item={item} />
            <SelectField
              label={`${text('units')} ${item.name}`}
              value={draft.quantities[item.productId] ?? 0}
              disabled={units.get(item.productId) === 0}
              hint={units.get(item.productId) === 0 ? text('claimedAlready') : undefined}
              error={unitsFault(item.productId, index === 0)}
              onChange={(event) => setUnits(item.productId, Number(event.target.value))}
            >
              {Array.from({ length: Math.min(units.get(item.productId) ?? 0, 999) + 1 }, (_, count) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the number is the key
                <option key={count} value={count}>
                  {intl.formatNumber(count)}
                </option>
              ))}
            </SelectField>
          </div>
        ))}
      </fieldset>
      <SelectField
        label={text('reason')}
        value={draft.reason}
        error={faults.includes('reason') ? text('reasonMissing') : undefined}
        onChange={(event) => setDraft({ ...draft, reason: event.target.value as Reason })}
      >
        <option value="" disabled>
          {text('choose')}
        </option>
        {reasons.map((reason) => (
          <option key={reason} value={reason}>
            {text(`reason.${reason}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={text('text')}
        hint={text('textHint')}
        value={draft.text}
        maxLength={MAX_TEXT}
        onChange={(event) => setDraft({ ...draft, text: event.target.value })}
      />
      <PhotoField photos={photos} onChange={setPhotos} />
      {error !== null && exceeded === undefined && <ProblemNotice error={error} />}
      <Button type="submit" variant="primary" isBusy={isPending}>
        {text('send')}
      </Button>
    </form>
  );
}
