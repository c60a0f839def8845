import { FlorinProblem } from '@florin/client';
import { Money, moneyText, useFlorin } from '@florin/ui';
import { useQuery } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import css from './product.module.css';

const STALE_AFTER_MS = 5 * 60_000;

/** How the product comes to the buyer: each method with its time and price. A shop without methods shows nothing. */
export function DeliveryFacts({ currency }: { currency: string }) {
  const intl = useIntl();
  const { data: methods = [] } = useDeliveryMethods(currency);
  if (methods.length === 0) return null;
  return (
    <section className={css['part']}>
      <h2>{intl.formatMessage({ id: 'catalogue.delivery.title' })}</h2>
      <ul className={css['facts']}>
        {methods.map(({ id, name, minDays, maxDays, priceMinor, freeFromMinor }) => (
          <li key={id}>
            <bdi>{name}</bdi>
            <span>
              {intl.formatMessage(
                { id: minDays === maxDays ? 'catalogue.delivery.days' : 'catalogue.delivery.dayRange' },
                { min: minDays, max: maxDays },
              )}
              {' · '}
              {priceMinor === 0 ? (
                intl.formatMessage({ id: 'catalogue.delivery.free' })
              ) : (
                <Money minor={priceMinor} currency={currency} />
              )}
              {freeFromMinor !== undefined &&
                priceMinor > 0 &&
                `, ${intl.formatMessage(
                  { id: 'catalogue.delivery.freeFrom' },
                  { amount: moneyText(freeFromMinor, currency, intl.locale) },
                )}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useDeliveryMethods(currency: string) {
  const florin = useFlorin();
  return useQuery({
    queryKey: ['delivery-methods', currency],
    staleTime: STALE_AFTER_MS,
    queryFn: async ({ signal }) => {
      try {
        return (await florin.get('/v1/delivery-methods', { params: { query: { currency } }, signal })).data;
      } catch (error) {
        // Without the features of the shop there are none.
        if (error instanceof FlorinProblem && error.status === 404) return [];
        throw error;
      }
    },
  });
}
