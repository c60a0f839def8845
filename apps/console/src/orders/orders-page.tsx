import { Money, Time } from '@florin/ui';
import type { Purchase } from '../api/resources.ts';
import { Page } from '../layout/page.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { ListView } from '../list/list-view.tsx';
import type { Column } from '../list/row-table.tsx';
import { useCursorList } from '../list/use-cursor-list.ts';
import { useText } from '../texts/use-text.ts';
import { OrderLink } from './order-link.tsx';
import { OrderStatus, purchaseStatuses } from './order-status.tsx';

const filterNames = ['status', 'number', 'email', 'trackingCode', 'sku', 'from', 'to', 'sort', 'userId'] as const;

/** All orders, with the filters by which people ask for them. */
export function OrdersPage() {
  const text = useText();
  const list = useCursorList<Purchase>('purchases', { filters: filterNames });
  return (
    <Page title={text('orders.title')}>
      <FilterBar
        list={list}
        fields={[
          {
            name: 'status',
            label: text('orders.status'),
            type: 'select',
            options: purchaseStatuses.map((value) => ({ value, label: text(`status.${value}`) })),
          },
          { name: 'number', label: text('orders.number') },
          { name: 'email', label: text('orders.email'), type: 'email' },
          { name: 'trackingCode', label: text('orders.tracking') },
          { name: 'sku', label: text('orders.sku') },
          { name: 'from', label: text('orders.from'), type: 'date' },
          { name: 'to', label: text('orders.to'), type: 'date' },
          {
            name: 'sort',
            label: text('orders.sort'),
            type: 'select',
            none: text('orders.newest'),
            options: [{ value: 'oldest', label: text('orders.oldest') }],
          },
        ]}
      />
      <ListView label={text('orders.title')} list={list} columns={useOrderColumns()} />
    </Page>
  );
}

/** The columns of a list of orders. */
export function useOrderColumns(): readonly Column<Purchase>[] {
  const text = useText();
  return [
    { id: 'number', label: text('orders.number'), render: (order) => <OrderLink order={order} /> },
    { id: 'status', label: text('orders.status'), render: ({ status }) => <OrderStatus status={status} /> },
    { id: 'items', label: text('orders.items'), render: (order) => itemsText(order, text) },
    { id: 'created', label: text('orders.created'), render: ({ createdAt }) => <Time at={createdAt} /> },
    {
      id: 'total',
      label: text('orders.total'),
      align: 'end',
      render: ({ totalMinor, currency }) => <Money minor={totalMinor} currency={currency} />,
    },
  ];
}

/** The first item, and how many more there are. */
export function itemsText({ items }: Pick<Purchase, 'items'>, text: ReturnType<typeof useText>): string {
  const [first] = items;
  if (first === undefined) return '';
  const name = first.quantity === 1 ? first.name : `${first.quantity} × ${first.name}`;
  return items.length === 1 ? name : text('orders.moreItems', { name, count: items.length - 1 });
}
