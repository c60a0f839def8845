import { Money, Time } from '@florin/ui';
import { Alert, Button, TextField } from '@mui/material';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import type { PurchaseToPack } from '../api/resources.ts';
import { Page } from '../layout/page.tsx';
import { ListView } from '../list/list-view.tsx';
import { SelectionBar } from '../list/selection-bar.tsx';
import { useCursorList } from '../list/use-cursor-list.ts';
import { useSessionState } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';
import { numberOf, OrderLink } from './order-link.tsx';
import { itemsText } from './orders-page.tsx';
import { summaryOf } from './row-results.ts';
import { RowResults } from './row-results-view.tsx';
import { useBulkPacking } from './use-bulk-packing.ts';

const POLL_MS = 30_000;

/** The queue of the warehouse: take orders, print what to fetch, and ship many at once, each with its own result. */
export function PackingPage() {
  const text = useText();
  const list = useCursorList<PurchaseToPack>('packing', { refetchInterval: POLL_MS });
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [tracking, setTracking] = useState<Readonly<Record<string, string>>>({});
  const bulk = useBulkPacking();
  const rows = list.rows ?? [];
  // The list changes while people work: only what it still shows is acted on.
  const chosen = rows.filter(({ id }) => selected.includes(id));
  const ids = chosen.map(({ id }) => id);

  const ship = async () => {
    const results = await bulk.ship(chosen.map(({ purchase }) => ({ purchase, trackingCode: tracking[purchase.id] ?? '' })));
    // What failed stays selected, to be tried again.
    setSelected(results.filter(({ isDone }) => !isDone).map(({ id }) => id));
  };
  return (
    <Page title={text('packing.title')}>
      <SelectionBar count={chosen.length} onClear={() => setSelected([])}>
        <Button
          variant="outlined"
          loading={bulk.isPending}
          onClick={() => void bulk.claim(chosen.map(({ purchase }) => purchase))}
        >
          {text('packing.claim')}
        </Button>
        <Button variant="outlined" component={Link} to={`/packing/pick-list?ids=${ids.join(',')}`}>
          {text('packing.pickList')}
        </Button>
        <Button variant="contained" loading={bulk.isPending} onClick={() => void ship()}>
          {text('packing.ship')}
        </Button>
      </SelectionBar>
      {bulk.results.length > 0 && (
        <Alert severity={bulk.results.every(({ isDone }) => isDone) ? 'success' : 'warning'} role="status" onClose={bulk.clear}>
          {text('packing.summary', summaryOf(bulk.results))}
          <RowResults results={bulk.results} />
        </Alert>
      )}
      <ListView
        label={text('packing.title')}
        list={list}
        selection={{ ids, onChange: setSelected, nameOf: ({ purchase }) => numberOf(purchase) }}
        columns={[
          { id: 'number', label: text('orders.number'), render: ({ purchase }) => <OrderLink order={purchase} /> },
          { id: 'items', label: text('orders.items'), render: ({ purchase }) => itemsText(purchase, text) },
          { id: 'created', label: text('orders.created'), render: ({ purchase }) => <Time at={purchase.createdAt} /> },
          { id: 'packer', label: text('packing.packer'), render: ({ packing }) => <Packer packing={packing} /> },
          {
            id: 'total',
            label: text('orders.total'),
            align: 'end',
            render: ({ purchase }) => <Money minor={purchase.totalMinor} currency={purchase.currency} />,
          },
          {
            id: 'tracking',
            label: text('orders.tracking'),
            render: ({ purchase }) => (
              <TextField
                value={tracking[purchase.id] ?? ''}
                onChange={(event) => setTracking({ ...tracking, [purchase.id]: event.target.value })}
                size="small"
                sx={{ minWidth: '9rem' }}
                slotProps={{
                  htmlInput: {
                    'aria-label': text('packing.trackingOf', { number: numberOf(purchase) }),
                    maxLength: 100,
                    autoComplete: 'off',
                  },
                }}
              />
            ),
          },
        ]}
      />
    </Page>
  );
}

function Packer({ packing }: { packing: PurchaseToPack['packing'] }) {
  const text = useText();
  const intl = useIntl();
  const { user } = useSessionState();
  if (packing === undefined) return text('packing.nobody');
  const time = intl.formatTime(packing.releasedAt);
  return text(packing.packerId === user?.id ? 'packing.you' : 'packing.other', { time });
}
