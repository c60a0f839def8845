import { Money } from '@florin/ui';
import { Link } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';
import type { Product } from '../api/resources.ts';
import { linkStyle } from '../layout/page.tsx';
import { Section } from '../layout/section.tsx';
import { RowTable } from '../list/row-table.tsx';
import { useText } from '../texts/use-text.ts';
import { ProductStatus } from './product-status.tsx';

/** The variants of a product with what they sell by. Each is edited on its own page. */
export function ProductVariants({ variants }: { variants: NonNullable<Product['variants']> }) {
  const text = useText();
  return (
    <Section title={text('variants.title')}>
      <RowTable
        label={text('variants.title')}
        rows={variants}
        columns={[
          {
            id: 'variant',
            label: text('variants.variant'),
            render: ({ id, optionValues }) => (
              <Link component={RouterLink} to={`/products/${id}`} sx={linkStyle}>
                {Object.values(optionValues).join(' / ')}
              </Link>
            ),
          },
          { id: 'sku', label: text('product.sku'), render: ({ sku }) => sku ?? '–' },
          { id: 'status', label: text('product.status'), render: ({ status }) => <ProductStatus status={status} /> },
          {
            id: 'price',
            label: text('product.price'),
            align: 'end',
            render: ({ priceMinor, currency }) => <Money minor={priceMinor} currency={currency} />,
          },
          { id: 'stock', label: text('products.stock'), align: 'end', render: ({ stock }) => stock },
        ]}
      />
    </Section>
  );
}
