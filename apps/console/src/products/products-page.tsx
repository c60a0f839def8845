import { Money } from '@florin/ui';
import { Link } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';
import type { Product } from '../api/resources.ts';
import { linkStyle, Page } from '../layout/page.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { ListView } from '../list/list-view.tsx';
import type { Column } from '../list/row-table.tsx';
import { useCursorList } from '../list/use-cursor-list.ts';
import { useText } from '../texts/use-text.ts';
import { ProductStatus, productStatuses } from './product-status.tsx';
import { useCategories } from './use-categories.ts';

const filterNames = ['q', 'sku', 'barcode', 'brand', 'categoryId', 'status', 'inStock', 'lowStock', 'sort'] as const;
const sorts = ['name', 'price', '-price'] as const;

/** All products, drafts and archived ones too when they are asked for. */
export function ProductsPage() {
  const text = useText();
  const list = useCursorList<Product>('products', { filters: filterNames });
  const categories = useCategories();
  return (
    <Page title={text('products.title')}>
      <FilterBar
        list={list}
        fields={[
          { name: 'q', label: text('products.q') },
          { name: 'sku', label: text('product.sku') },
          { name: 'barcode', label: text('product.barcode') },
          { name: 'brand', label: text('product.brand') },
          {
            name: 'categoryId',
            label: text('product.categoryId'),
            type: 'select',
            options: categories.map(({ id, path }) => ({ value: id, label: path })),
          },
          {
            name: 'status',
            label: text('product.status'),
            type: 'select',
            options: productStatuses.map((value) => ({ value, label: text(`productStatus.${value}`) })),
          },
          {
            name: 'inStock',
            label: text('products.stock'),
            type: 'select',
            options: [
              { value: 'true', label: text('products.inStock') },
              { value: 'false', label: text('products.soldOut') },
            ],
          },
          {
            name: 'lowStock',
            label: text('products.lowStock'),
            type: 'select',
            options: [{ value: 'true', label: text('products.low') }],
          },
          {
            name: 'sort',
            label: text('products.sort'),
            type: 'select',
            none: text('products.sort.newest'),
            options: sorts.map((value) => ({ value, label: text(`products.sort.${value}`) })),
          },
        ]}
      />
      <ListView label={text('products.title')} list={list} columns={useProductColumns()} />
    </Page>
  );
}

/** The columns of a list of products. */
export function useProductColumns(): readonly Column<Product>[] {
  const text = useText();
  return [
    {
      id: 'name',
      label: text('product.name'),
      render: ({ id, name }) => (
        <Link component={RouterLink} to={`/products/${id}`} sx={{ ...linkStyle, fontWeight: 600 }}>
          {name}
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
    {
      id: 'stock',
      label: text('products.stock'),
      align: 'end',
      render: ({ stock, options }) => (options === undefined ? stock : '–'),
    },
  ];
}
