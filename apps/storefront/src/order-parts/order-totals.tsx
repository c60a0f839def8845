import { Money } from '@florin/ui';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import css from './order-parts.module.css';

type Priced = {
  subtotalMinor: number;
  discountMinor: number;
  deliveryMinor: number;
  totalMinor: number;
  currency: string;
  tax: readonly { ratePercent: number; taxMinor: number }[];
  coupon?: { code: string };
};
type Props = {
  order: Priced;
  /** In place of the price of the delivery, while none is chosen. */
  delivery?: ReactNode;
  /** Further rows, such as refunds. */
  children?: ReactNode;
};

/** How the total of a cart, a quote or an order comes about. */
export function OrderTotals({ order, delivery, children }: Props) {
  const intl = useIntl();
  const { currency } = order;
  const text = (id: string, values?: Record<string, string>) => intl.formatMessage({ id: `parts.${id}` }, values);
  return (
    <dl className={css['totals']}>
      <Row name={text('subtotal')}>
        <Money minor={order.subtotalMinor} currency={currency} />
      </Row>
      {order.discountMinor > 0 && (
        <Row name={order.coupon === undefined ? text('discount') : text('discountOf', { code: order.coupon.code })}>
          <Money minor={-order.discountMinor} currency={currency} />
        </Row>
      )}
      <Row name={text('delivery')}>{delivery ?? <Delivery order={order} />}</Row>
      <Row name={text('total')} isTotal>
        <Money minor={order.totalMinor} currency={currency} />
      </Row>
      {order.tax.map(({ ratePercent, taxMinor }) => (
        <Row key={ratePercent} name={text('tax', { rate: intl.formatNumber(ratePercent / 100, percent) })} isSoft>
          <Money minor={taxMinor} currency={currency} />
        </Row>
      ))}
      {children}
    </dl>
  );
}

const percent = { style: 'percent', maximumFractionDigits: 2 } as const;

function Delivery({ order: { deliveryMinor, currency } }: { order: Priced }) {
  const intl = useIntl();
  return deliveryMinor === 0 ? intl.formatMessage({ id: 'parts.free' }) : <Money minor={deliveryMinor} currency={currency} />;
}

type RowProps = { name: ReactNode; isTotal?: boolean; isSoft?: boolean; children: ReactNode };

function Row({ name, isTotal = false, isSoft = false, children }: RowProps) {
  return (
    <div className={isTotal ? css['totalRow'] : isSoft ? css['softRow'] : css['row']}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

OrderTotals.Row = Row;
