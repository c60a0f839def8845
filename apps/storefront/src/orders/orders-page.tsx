import type { Purchase } from '@florin/client';
import {
  Button,
  buttonClass,
  Field,
  Money,
  PageHeading,
  ProblemNotice,
  Skeleton,
  Status,
  Time,
  useChosen,
  useFlorin,
} from '@florin/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { SelectField } from '../order-parts/index.ts';
import { statusWords } from './order-status.ts';
import css from './orders.module.css';

const statuses = ['requested', 'paid', 'shipped', 'delivered', 'declined', 'cancelled'] as const;
const PAGE_SIZE = 20;

export function Page() {
  const intl = useIntl();
  const [query, setQuery] = useSearchParams();
  const status = statuses.find((one) => one === query.get('status'));
  const cursor = query.get('cursor') ?? undefined;
  const { data, error, refetch } = useOrders({ status, cursor });
  const text = (id: string) => intl.formatMessage({ id: `orders.${id}` });
  const [shown, filter] = useChosen<string>(status ?? '', (value) => setQuery(value === '' ? {} : { status: value }));
  return (
    <div className={css['page']}>
      <meta name="robots" content="noindex" />
      <PageHeading title={text('title')} />
      <div className={css['tools']}>
        <SelectField label={text('filter')} value={shown} onChange={(event) => filter(event.target.value)}>
          <option value="">{text('all')}</option>
          {statuses.map((one) => (
            <option key={one} value={one}>
              {text(`status.${one}`)}
            </option>
          ))}
        </SelectField>
        <FindByNumber />
      </div>
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={6} />}
      {data?.data.length === 0 && <NoOrders isFiltered={status !== undefined || cursor !== undefined} />}
      {data !== undefined && data.data.length > 0 && (
        <ul className={css['list']}>
          {data.data.map((order) => (
            <OrderCard key={order.id} order={order} />
          ))}
        </ul>
      )}
      <nav aria-label={text('pages')} className={css['links']}>
        {cursor !== undefined && (
          <Link to={`?${new URLSearchParams(status && { status })}`} className={buttonClass()}>
            {text('newest')}
          </Link>
        )}
        {data?.page.nextCursor != null && (
          <Link
            to={`?${new URLSearchParams({ ...(status && { status }), cursor: data.page.nextCursor })}`}
            className={buttonClass()}
          >
            {text('older')}
          </Link>
        )}
      </nav>
    </div>
  );
}

function useOrders({ status, cursor }: { status: (typeof statuses)[number] | undefined; cursor: string | undefined }) {
  const florin = useFlorin();
  return useQuery({
    queryKey: ['orders', 'list', status, cursor],
    queryFn: ({ signal }) => {
      const query = { limit: PAGE_SIZE, ...(status && { status }), ...(cursor !== undefined && { cursor }) };
      return florin.get('/v1/purchases', { params: { query }, signal });
    },
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
  });
}

function OrderCard({ order }: { order: Purchase }) {
  const intl = useIntl();
  const { id, tone } = statusWords(order);
  const name = order.number ?? order.id.slice(-8);
  const units = order.items.map(({ name: item, quantity }) => (quantity > 1 ? `${quantity} × ${item}` : item));
  return (
    <li className={css['card']}>
      <div className={css['cardHead']}>
        <Link to={`/orders/${order.number ?? order.id}`} className={css['number']}>
          {intl.formatMessage({ id: 'orders.order' }, { name })}
        </Link>
        <Status tone={tone}>{intl.formatMessage({ id })}</Status>
      </div>
      <p className={css['items']}>{intl.formatList(units, { type: 'unit' })}</p>
      <p className={css['cardFoot']}>
        <Time at={order.createdAt} precision="day" />
        <strong>
          <Money minor={order.totalMinor} currency={order.currency} />
        </strong>
      </p>
    </li>
  );
}

function FindByNumber() {
  const intl = useIntl();
  const navigate = useNavigate();
  const [number, setNumber] = useState('');
  const find = () => {
    if (number.trim() !== '') void navigate(`/orders/${encodeURIComponent(number.trim().toUpperCase())}`);
  };
  return (
    <form action={find} className={css['find']}>
      <Field
        label={intl.formatMessage({ id: 'orders.find' })}
        value={number}
        maxLength={36}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setNumber(event.target.value)}
      />
      <Button type="submit">{intl.formatMessage({ id: 'orders.findGo' })}</Button>
    </form>
  );
}

function NoOrders({ isFiltered }: { isFiltered: boolean }) {
  const intl = useIntl();
  return (
    <div className={css['page']}>
      <p>{intl.formatMessage({ id: isFiltered ? 'orders.noneFound' : 'orders.none' })}</p>
      <p>
        <Link to={isFiltered ? '/orders' : '/'} className={buttonClass('primary')}>
          {intl.formatMessage({ id: isFiltered ? 'orders.showAll' : 'shell.toShop' })}
        </Link>
      </p>
    </div>
  );
}
