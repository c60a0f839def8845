import type { components } from '@florin/client';
import { useChosen } from '@florin/ui';
import { useId } from 'react';
import { useIntl } from 'react-intl';
import { chooseValue, optionValues } from './choose-variant.ts';
import css from './product.module.css';

type Variant = components['schemas']['ProductVariant'];
type Props = {
  options: readonly string[];
  variants: readonly Variant[];
  chosen: Variant;
  /** @param id of the variant */
  onChoose(id: string): void;
};

/** The options of a product. Values that are sold out are marked and can be chosen. */
export function OptionPicker({ options, variants, chosen, onChoose }: Props) {
  const intl = useIntl();
  const group = useId();
  const [{ optionValues: choice }, show] = useChosen(chosen, ({ id }) => onChoose(id));
  const choose = (name: string, value: string) => {
    const variant = chooseValue({ options, variants }, choice, [name, value]);
    if (variant !== undefined) show(variant);
  };
  return optionValues({ options, variants }, choice).map(({ name, values }) => (
    <fieldset key={name} className={css['option']}>
      <legend>
        <bdi>{name}</bdi>: <bdi className={css['chosen']}>{choice[name]}</bdi>
      </legend>
      <div className={css['values']}>
        {values.map(({ value, isChosen, isSoldOut }) => (
          <label key={value} className={`${css['value']} ${isSoldOut ? css['soldOut'] : ''}`}>
            <input type="radio" name={`${group}-${name}`} value={value} checked={isChosen} onChange={() => choose(name, value)} />
            <bdi>{value}</bdi>
            {isSoldOut && <span className={css['hidden']}>, {intl.formatMessage({ id: 'catalogue.product.soldOut' })}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  ));
}
