import { Alert, Button, Link, Typography } from '@mui/material';
import { useState } from 'react';
import { Link as RouterLink, useSearchParams } from 'react-router-dom';
import { useRead } from '../api/use-read.ts';
import { Loading } from '../layout/loading.tsx';
import { linkStyle, Page } from '../layout/page.tsx';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { Section } from '../layout/section.tsx';
import { RowTable } from '../list/row-table.tsx';
import { useOrderColumns } from '../orders/orders-page.tsx';
import { useProductColumns } from '../products/products-page.tsx';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';
import { type Found, runSearch } from './run-search.ts';
import { isCustomerSearch } from './searches-for.ts';

/** What an order number, an e-mail address, a SKU or a tracking code finds. */
export function SearchPage() {
  const text = useText();
  const florin = useFlorin();
  const [params] = useSearchParams();
  const q = params.get('q') ?? '';
  const { data, error, refetch } = useRead(['search', q], (signal) => runSearch(florin, q, signal));
  return (
    <Page title={text('searchPage.title', { q })}>
      {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && !error && <Loading />}
      {data && <Results found={data} />}
      {isCustomerSearch(q) && <Customers key={q} q={q} />}
    </Page>
  );
}

function Results({ found: { purchases, products } }: { found: Found }) {
  const text = useText();
  const orderColumns = useOrderColumns();
  const productColumns = useProductColumns();
  return (
    <>
      {purchases.length === 0 && products.length === 0 && (
        <Alert severity="info" role="status">
          {text('searchPage.none')}. {text('searchPage.hint')}
        </Alert>
      )}
      {purchases.length > 0 && (
        <Section title={text('searchPage.orders')}>
          <RowTable label={text('searchPage.orders')} rows={purchases} columns={orderColumns} />
        </Section>
      )}
      {products.length > 0 && (
        <Section title={text('searchPage.products')}>
          <RowTable label={text('searchPage.products')} rows={products} columns={productColumns} />
        </Section>
      )}
    </>
  );
}

/** People by a part of their name or address. It is a step of its own, because the search is audited. */
function Customers({ q }: { q: string }) {
  const text = useText();
  const florin = useFlorin();
  const [isAsked, setIsAsked] = useState(false);
  const { data, error, isFetching, refetch } = useRead(
    ['customers', 'search', q],
    async (signal) => (await florin.get('/v1/customers', { params: { query: { q: q.trim(), limit: 20 } }, signal })).data,
    { enabled: isAsked },
  );
  return (
    <Section title={text('searchPage.customers')}>
      {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && (
        <>
          <Button variant="outlined" loading={isFetching} onClick={() => setIsAsked(true)}>
            {text('searchPage.customerSearch', { q })}
          </Button>
          <Typography variant="body2" color="textSecondary">
            {text('order.audited')}
          </Typography>
        </>
      )}
      {data?.length === 0 && <Typography role="status">{text('searchPage.none')}</Typography>}
      {data && data.length > 0 && (
        <RowTable
          label={text('searchPage.customers')}
          rows={data.map((customer) => ({ ...customer, id: customer.userId }))}
          columns={[
            { id: 'name', label: text('order.customerName'), render: ({ name }) => name ?? text('searchPage.noName') },
            { id: 'email', label: text('order.customerEmail'), render: ({ email }) => email },
            {
              id: 'orders',
              label: text('orders.title'),
              render: ({ userId, email }) => (
                <Link
                  component={RouterLink}
                  to={`/orders?userId=${userId}`}
                  aria-label={`${text('orders.title')}: ${email}`}
                  sx={linkStyle}
                >
                  {text('orders.title')}
                </Link>
              ),
            },
          ]}
        />
      )}
    </Section>
  );
}
