import { Field } from '@florin/ui';
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { SelectField } from '../order-parts/index.ts';
import { type AddressField, isOptional, maxLengths } from './address-draft.ts';
import css from './checkout.module.css';
import type { CheckoutForm } from './use-checkout-form.ts';

/** Tokens of the HTML standard, "autofill". */
const autocomplete: Readonly<Record<AddressField, string>> = {
  name: 'shipping name',
  line1: 'shipping address-line1',
  line2: 'shipping address-line2',
  postalCode: 'shipping postal-code',
  city: 'shipping address-level2',
  region: 'shipping address-level1',
  country: 'shipping country',
  phone: 'shipping tel',
};

/** The address that the parcel goes to. */
export function AddressFields({ form }: { form: CheckoutForm }) {
  const intl = useIntl();
  const text = (id: string) => intl.formatMessage({ id: `checkout.${id}` });
  const names = useMemo(() => new Intl.DisplayNames(intl.locale, { type: 'region' }), [intl.locale]);
  const faultOf = (field: AddressField) => {
    if (form.missing.includes(field)) return text(`missing.${field}`);
    return form.refused.includes(field) ? text('refused') : undefined;
  };
  const field = (name: AddressField, type = 'text') => (
    <Field
      label={isOptional(name) ? `${text(`address.${name}`)} ${text('optional')}` : text(`address.${name}`)}
      hint={name === 'phone' ? text('phoneHint') : undefined}
      type={type}
      name={name}
      required={!isOptional(name)}
      autoComplete={autocomplete[name]}
      maxLength={maxLengths[name]}
      value={form.address[name]}
      error={faultOf(name)}
      onChange={(event) => form.setAddress({ [name]: event.target.value })}
      onBlur={() => form.touch([name])}
    />
  );
  const countries = form.countries
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => a.name.localeCompare(b.name, intl.locale));
  return (
    <>
      {field('name')}
      <SelectField
        label={text('address.country')}
        name="country"
        autoComplete={autocomplete.country}
        value={form.address.country}
        error={faultOf('country')}
        onChange={(event) => form.setAddress({ country: event.target.value })}
      >
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      {field('line1')}
      {field('line2')}
      <div className={css['postal']}>
        {field('postalCode')}
        {field('city')}
      </div>
      {field('region')}
      {field('phone', 'tel')}
    </>
  );
}
