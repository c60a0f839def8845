import { Button, Link, Typography } from '@mui/material';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { useRead } from '../api/use-read.ts';
import { linkStyle } from '../layout/page.tsx';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { Facts, Section } from '../layout/section.tsx';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';

/** Whose order it is. Name and e-mail address are read only on request, because the read is audited. */
export function OrderCustomer({ userId }: { userId: string }) {
  const text = useText();
  const florin = useFlorin();
  const [isShown, setIsShown] = useState(false);
  const { data, error, isFetching, refetch } = useRead(
    ['customers', userId],
    async (signal) => (await florin.get('/v1/customers/{userId}', { params: { path: { userId } }, signal })).data,
    { enabled: isShown },
  );
  return (
    <Section title={text('order.customer')}>
      <Facts
        facts={[
          [text('order.customerName'), data?.name],
          [text('order.customerEmail'), data?.email],
          [text('order.customerId'), userId],
        ]}
      />
      {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && (
        <>
          <Button variant="outlined" loading={isFetching} onClick={() => setIsShown(true)} sx={{ marginTop: 1 }}>
            {text('order.showCustomer')}
          </Button>
          <Typography variant="body2" color="textSecondary" sx={{ marginTop: 0.5 }}>
            {text('order.audited')}
          </Typography>
        </>
      )}
      <Link component={RouterLink} to={`/orders?userId=${userId}`} sx={linkStyle}>
        {text('orders.title')}
      </Link>
    </Section>
  );
}
