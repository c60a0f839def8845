import { Money, Notice } from '@florin/ui';
import { useIntl } from 'react-intl';
import css from './checkout.module.css';
import { deliveryPrice } from './delivery-options.ts';
import type { CheckoutForm } from './use-checkout-form.ts';

type Props = { form: CheckoutForm /** The items after the discount. */; itemsMinor: number };

/** The delivery methods that go to the country of the address. */
export function DeliveryChoice({ form: { offered, method: chosen, setMethod }, itemsMinor }: Props) {
  const intl = useIntl();
  if (offered.length === 0)
    return (
      <Notice tone="bad" isLive>
        <p>{intl.formatMessage({ id: 'checkout.noMethod' })}</p>
      </Notice>
    );
  return (
    <fieldset className={css['methods']}>
      <legend className={css['legend']}>{intl.formatMessage({ id: 'checkout.method' })}</legend>
      {offered.map((method) => {
        const { id, name, minDays, maxDays, currency } = method;
        const priceMinor = deliveryPrice(method, itemsMinor);
        return (
          <label key={id} className={css['method']}>
            <input type="radio" name="method" value={id} checked={id === chosen?.id} onChange={() => setMethod(id)} />
            <span>
              {name}
              <span className={css['soft']}>{intl.formatMessage({ id: 'checkout.days' }, { minDays, maxDays })}</span>
            </span>
            <strong>
              {priceMinor === 0 ? intl.formatMessage({ id: 'parts.free' }) : <Money minor={priceMinor} currency={currency} />}
            </strong>
          </label>
        );
      })}
    </fieldset>
  );
}
