import { Money } from '@florin/ui';
import { Link } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';
import type { Purchase } from '../api/resources.ts';
import { linkStyle } from '../layout/page.tsx';
import { Section } from '../layout/section.tsx';
import { RowTable } from '../list/row-table.tsx';
import { useText } from '../texts/use-text.ts';
import { optionsText } from './options-text.ts';

/** The items as they were sold: name, options and price do not follow the product. */
export function OrderLines({ order: { items, currency } }: { order: Purchase }) {
  const text = useText();
  const rows = items.map((item) => ({ ...item, id: item.productId }));
  return (
    <Section title={text('order.lines')}>
      <RowTable
        label={text('order.lines')}
        rows={rows}
        columns={[
          {
            id: 'product',
            label: text('order.product'),
            render: ({ productId, name, optionValues }) => (
              <>
                <Link component={RouterLink} to={`/products/${productId}`} sx={linkStyle}>
                  {name}
                </Link>
                {optionsText(optionValues)}
              </>
            ),
          },
          { id: 'sku', label: text('orders.sku'), render: ({ sku }) => sku ?? '–' },
          { id: 'quantity', label: text('order.quantity'), align: 'end', render: ({ quantity }) => quantity },
          {
            id: 'unitPrice',
            label: text('order.unitPrice'),
            align: 'end',
            render: ({ unitPriceMinor }) => <Money minor={unitPriceMinor} currency={currency} />,
          },
          {
            id: 'sum',
            label: text('order.line'),
            align: 'end',
            render: ({ unitPriceMinor, quantity, discountMinor = 0 }) => (
              <Money minor={unitPriceMinor * quantity - discountMinor} currency={currency} />
            ),
          },
        ]}
      />
    </Section>
  );
}
