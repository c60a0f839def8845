import { useGetOne } from 'react-admin';
import { useParams } from 'react-router-dom';
import type { Purchase } from '../api/resources.ts';
import { Page } from '../layout/page.tsx';
import { PrintButton } from '../layout/print-button.tsx';
import { useText } from '../texts/use-text.ts';
import { numberOf } from './order-link.tsx';
import { ServerDocument } from './server-document.tsx';

/** What goes into the parcel. */
export function PackingSlipPage() {
  const { id = '' } = useParams();
  const text = useText();
  const { data: order } = useGetOne<Purchase>('purchases', { id });
  const number = order === undefined ? '' : numberOf(order);
  const above = [
    { label: text('orders.title'), to: '/orders' },
    { label: text('order.title', { number }), to: `/orders/${id}` },
  ];
  return (
    <Page title={text('packing.slipOf', { number })} above={above} actions={<PrintButton />}>
      <ServerDocument path={`/v1/purchases/${encodeURIComponent(id)}/packing-slip`} />
    </Page>
  );
}
