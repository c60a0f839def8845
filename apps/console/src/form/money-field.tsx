import { moneyText, parseMoney } from '@florin/ui';
import { TextInput } from 'react-admin';
import { useIntl } from 'react-intl';
import { useText } from '../texts/use-text.ts';
import { minorUnitsOf } from './minor-units.ts';

type MoneyFieldProps = {
  source: string;
  label: string;
  currency: string;
  isRequired?: boolean;
  /** Largest amount in minor units. */
  max?: number;
  hint?: string;
};

/** An amount that is typed in decimals of its currency. The form holds the text; `minorOf` reads it. */
export function MoneyField({ source, label, currency, isRequired = false, max, hint }: MoneyFieldProps) {
  const { locale } = useIntl();
  const text = useText();
  const validate = (value: unknown) => {
    const typed = typeof value === 'string' ? value : '';
    if (typed.trim() === '') return isRequired ? text('form.required') : undefined;
    const minor = parseMoney(typed, minorUnitsOf(currency), locale);
    if (typeof minor === 'string')
      return text('form.moneyFault', {
        example: new Intl.NumberFormat(locale, { minimumFractionDigits: minorUnitsOf(currency) }).format(12.5),
      });
    if (max !== undefined && minor > max) return text('ra.validation.maxValue', { max: moneyText(max, currency, locale) });
    return undefined;
  };
  return (
    <TextInput
      source={source}
      label={`${label} (${currency})`}
      validate={validate}
      helperText={hint ?? false}
      slotProps={{ htmlInput: { inputMode: 'decimal', autoComplete: 'off' } }}
    />
  );
}
