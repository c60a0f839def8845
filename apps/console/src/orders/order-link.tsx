import { Link } from '@mui/material';
import { Link as RouterLink } from 'react-router-dom';
import type { Purchase } from '../api/resources.ts';
import { linkStyle } from '../layout/page.tsx';

type Named = Pick<Purchase, 'id'> & { number?: string | undefined };

/** What people call an order; those of an earlier release have no number until a job numbers them. */
export function numberOf({ id, number }: Named): string {
  return number ?? id.slice(-8);
}

export function OrderLink({ order }: { order: Named }) {
  return (
    <Link component={RouterLink} to={`/orders/${order.id}`} sx={{ ...linkStyle, fontWeight: 600 }}>
      {numberOf(order)}
    </Link>
  );
}
