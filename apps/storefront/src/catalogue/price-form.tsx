import type { components } from '@florin/client';
import { Button, decimalText, Field } from '@florin/ui';
import { type FormEvent, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { useNavigate } from 'react-router';
import css from './list.module.css';
import { changed, type ListState, listSearch } from './list-state.ts';
import { type PriceFault, readPriceRange } from './price-range.ts';

type Props = { state: ListState; shop: Pick<components['schemas']['Shop'], 'currency' | 'minorUnits'> };

/** A price range, typed in decimals of the shop's currency. */
export function PriceForm({ state, shop: { currency, minorUnits } }: Props) {
  const intl = useIntl();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const [fault, setFault] = useState<PriceFault>();
  const shown = (minor: number | undefined) =>
    minor === undefined ? '' : localDecimal(decimalText(minor, minorUnits), intl.locale);
  const errorOf = (field: PriceFault['field']) =>
    fault?.field === field
      ? intl.formatMessage({ id: `catalogue.filter.${fault.fault}` }, { example: shown(12 * 10 ** minorUnits) })
      : undefined;
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const read = readPriceRange({ min: textOf(fields.get('min')), max: textOf(fields.get('max')) }, minorUnits, intl.locale);
    if (!('field' in read)) return navigate({ search: listSearch(changed(state, read)) });
    setFault(read);
    return form.current?.querySelector<HTMLInputElement>(`[name=${read.field}]`)?.focus();
  };
  const field = { type: 'text', inputMode: 'decimal', autoComplete: 'off', maxLength: 20 } as const;
  return (
    <form ref={form} noValidate onSubmit={(event) => void apply(event)} className={css['priceForm']}>
      {(['min', 'max'] as const).map((name) => (
        <Field
          key={name}
          {...field}
          name={name}
          label={intl.formatMessage({ id: `catalogue.filter.${name}` }, { currency })}
          defaultValue={shown(name === 'min' ? state.minPriceMinor : state.maxPriceMinor)}
          error={errorOf(name)}
        />
      ))}
      <Button type="submit">{intl.formatMessage({ id: 'catalogue.filter.apply' })}</Button>
    </form>
  );
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}

/** A decimal number with the separator of the locale, without groups, so that it can be read back. */
function localDecimal(decimal: string, locale: string): string {
  const separator = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  return decimal.replace('.', separator);
}
