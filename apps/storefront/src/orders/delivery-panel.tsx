import type { DataOf, Purchase } from '@florin/client';
import { ProblemNotice, Skeleton, Time } from '@florin/ui';
import { useIntl } from 'react-intl';
import css from './orders.module.css';
import { parcelText, trackingUrl } from './parcel.ts';
import { useDelivery } from './use-order.ts';

/** Where the parcel goes, and where it is. */
export function DeliveryPanel({ order }: { order: Purchase }) {
  const intl = useIntl();
  const { data: delivery, error, refetch } = useDelivery(order.id, order.version);
  return (
    <section className={css['panel']}>
      <h2>{intl.formatMessage({ id: 'orders.delivery' })}</h2>
      {order.delivery !== undefined && (
        <p>
          {order.delivery.name}
          <span className={css['soft']}>
            {' '}
            {intl.formatMessage({ id: 'checkout.days' }, { minDays: order.delivery.minDays, maxDays: order.delivery.maxDays })}
          </span>
        </p>
      )}
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {delivery === undefined && error === null && <Skeleton />}
      {delivery !== undefined && <Parcel delivery={delivery} />}
    </section>
  );
}

function Parcel({ delivery }: { delivery: DataOf<'get', '/v1/purchases/{id}/delivery'> }) {
  const intl = useIntl();
  const { address, trackingCode, carrier, history } = delivery;
  const url = trackingUrl(trackingCode);
  return (
    <>
      {address !== undefined && (
        <address className={css['address']}>
          {address.name}
          <br />
          {address.line1}
          <br />
          {address.line2 !== undefined && (
            <>
              {address.line2}
              <br />
            </>
          )}
          {address.postalCode} {address.city}
          {address.region !== undefined && `, ${address.region}`}
          <br />
          {new Intl.DisplayNames(intl.locale, { type: 'region' }).of(address.country)}
          {address.phone !== undefined && (
            <>
              <br />
              {address.phone}
            </>
          )}
        </address>
      )}
      {trackingCode !== undefined && (
        <p>
          {intl.formatMessage({ id: 'orders.tracking' })} {carrier}{' '}
          {url === undefined ? (
            <code>{trackingCode}</code>
          ) : (
            <a href={url} rel="noreferrer" target="_blank">
              {trackingCode}
            </a>
          )}
        </p>
      )}
      {history.length > 0 && (
        <ol className={`${css['timeline']} ${css['noPrint']}`}>
          {history.map(({ status, at, place }) => (
            <li key={`${at} ${status}`}>
              <span>
                {intl.formatMessage({ id: parcelText(status) })}
                {place !== undefined && `, ${place}`}
              </span>
              <span className={css['soft']}>
                <Time at={at} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
