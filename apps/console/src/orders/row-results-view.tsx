import { Box } from '@mui/material';
import { OrderLink } from './order-link.tsx';
import type { RowResult } from './row-results.ts';

/** The result of each row of a bulk action, failures first. */
export function RowResults({ results }: { results: readonly RowResult[] }) {
  const sorted = results.toSorted((a, b) => Number(a.isDone) - Number(b.isDone));
  return (
    <Box component="ul" sx={{ margin: 0, paddingLeft: 2.5 }}>
      {sorted.map(({ id, label, text }) => (
        <li key={id}>
          <OrderLink order={{ id, number: label }} /> {text}
        </li>
      ))}
    </Box>
  );
}
