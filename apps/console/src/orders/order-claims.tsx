import { Time } from '@florin/ui';
import { Box, Link } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';
import { useRead } from '../api/use-read.ts';
import { ClaimStatus } from '../claims/claim-status.tsx';
import { linkStyle } from '../layout/page.tsx';
import { Section } from '../layout/section.tsx';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';

/** The claims about the order, if there are any. */
export function OrderClaims({ purchaseId }: { purchaseId: string }) {
  const text = useText();
  const florin = useFlorin();
  const { data = [] } = useRead(
    ['claims', 'of', purchaseId],
    async (signal) => (await florin.get('/v1/claims', { params: { query: { purchaseId, limit: 100 } }, signal })).data,
  );
  if (data.length === 0) return null;
  return (
    <Section title={text('order.claims')}>
      {data.map(({ id, status, createdAt }) => (
        <Box key={id} sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
          <Link component={RouterLink} to={`/claims/${id}`} sx={linkStyle}>
            <Time at={createdAt} />
          </Link>
          <ClaimStatus status={status} />
        </Box>
      ))}
    </Section>
  );
}
