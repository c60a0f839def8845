import { Skeleton, Stack } from '@mui/material';
import { useText } from '../texts/use-text.ts';

/** Keeps the place of what is being read. */
export function Loading({ rows = 5 }: { rows?: number }) {
  return (
    <Stack spacing={1} role="status" aria-label={useText()('state.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike.
        <Skeleton key={row} variant="rounded" height={44} />
      ))}
    </Stack>
  );
}
