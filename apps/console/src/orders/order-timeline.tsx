import { Time } from '@florin/ui';
import { Box, Stack, Typography } from '@mui/material';
import { useRead } from '../api/use-read.ts';
import { Loading } from '../layout/loading.tsx';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { Section } from '../layout/section.tsx';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';

/** What happened to the order in all services, oldest first. */
export function OrderTimeline({ purchaseId }: { purchaseId: string }) {
  const text = useText();
  const florin = useFlorin();
  const { data, error, refetch } = useRead(['timeline', purchaseId], async (signal) => {
    const params = { path: { id: purchaseId }, query: { limit: 100 } };
    return (await florin.get('/v1/purchases/{id}/timeline', { params, signal })).data;
  });
  return (
    <Section title={text('order.timeline')}>
      {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && !error && <Loading rows={3} />}
      <Stack component="ol" spacing={1} sx={{ listStyle: 'none', padding: 0, margin: 0 }}>
        {data?.map(({ at, type, service, eventId }, index) => (
          <Box component="li" key={eventId ?? `${index} ${type}`}>
            <Time at={at} /> <strong>{type}</strong>{' '}
            <Typography component="span" variant="body2" color="textSecondary">
              {service}
            </Typography>
          </Box>
        ))}
      </Stack>
    </Section>
  );
}
