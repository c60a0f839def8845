import { Card, CardActionArea, CardContent, Typography } from '@mui/material';
import Box from '@mui/material/Box';
import { Link } from 'react-router-dom';
import { useRead } from '../api/use-read.ts';
import { Page } from '../layout/page.tsx';
import { useProblemText } from '../layout/use-problem-text.ts';
import { useFlorin, useMay } from '../session/use-session.ts';
import type { TextId } from '../texts/all-texts.ts';
import { useText } from '../texts/use-text.ts';
import { type Count, countOf, stuckRefunds } from './counts.ts';
import { Health } from './health.tsx';

const POLL_MS = 30_000;
/** Maximum number of things counted, because the API has no totals. Beyond it, the card says "or more". */
const MAX_COUNTED = 100;

/** What waits for the person, and for admins how the services are. */
export function HomePage() {
  const text = useText();
  const florin = useFlorin();
  const isAdmin = useMay('admin');
  const limit = MAX_COUNTED;
  return (
    <Page title={text('home.title')}>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 14rem), 1fr))' }}>
        <Waiting
          label="home.toPack"
          to="/packing"
          read={(signal) => countOf(florin.get('/v1/packing', { params: { query: { limit } }, signal }))}
        />
        <Waiting
          label="home.openClaims"
          to="/claims?status=open"
          read={(signal) => countOf(florin.get('/v1/claims', { params: { query: { limit, status: 'open' } }, signal }))}
        />
        <Waiting
          label="home.awaitingReturn"
          to="/claims?status=awaiting-return"
          read={(signal) =>
            countOf(florin.get('/v1/claims', { params: { query: { limit, status: 'awaiting-return' } }, signal }))
          }
        />
        <Waiting
          label="home.lowStock"
          to="/products?lowStock=true"
          read={(signal) => countOf(florin.get('/v1/products', { params: { query: { limit, lowStock: true } }, signal }))}
        />
        <Waiting
          label="home.refundsToApprove"
          to="/refunds?status=review"
          read={(signal) => countOf(florin.get('/v1/refunds', { params: { query: { limit, status: 'review' } }, signal }))}
        />
        <Waiting
          label="home.stuckRefunds"
          to="/refunds?status=pending"
          read={async (signal) =>
            stuckRefunds(await florin.get('/v1/refunds', { params: { query: { limit, status: 'pending' } }, signal }), Date.now())
          }
        />
      </Box>
      {isAdmin && <Health />}
    </Page>
  );
}

type WaitingProps = { label: TextId; to: string; read(signal: AbortSignal): Promise<Count> };

/** One number, which leads to its list. One that cannot be read does not hide the others. */
function Waiting({ label, to, read }: WaitingProps) {
  const text = useText();
  const problemText = useProblemText();
  const { data, error } = useRead(['home', label], read, { refetchInterval: POLL_MS });
  return (
    <Card>
      <CardActionArea component={Link} to={to} sx={{ height: '100%' }}>
        <CardContent>
          <Typography color="textSecondary">{text(label)}</Typography>
          <Typography sx={{ fontSize: 'h1.fontSize', fontWeight: 700, minHeight: '2.5rem', fontVariantNumeric: 'tabular-nums' }}>
            {data && text(data.hasMore ? 'home.more' : 'home.count', { count: data.count })}
          </Typography>
          {error && (
            <Typography color="error" variant="body2">
              {problemText(error)}
            </Typography>
          )}
        </CardContent>
      </CardActionArea>
    </Card>
  );
}
