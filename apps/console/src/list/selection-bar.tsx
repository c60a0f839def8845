import { Button, Paper, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useText } from '../texts/use-text.ts';

type SelectionBarProps = { count: number; onClear: () => void; children: ReactNode };

/** What may be done with the selected rows; it keeps its place when nothing is selected. */
export function SelectionBar({ count, onClear, children }: SelectionBarProps) {
  const text = useText();
  return (
    <Paper variant="outlined" sx={{ minHeight: 62, padding: 1, display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
      <Typography role="status" sx={{ paddingX: 1, marginRight: 'auto' }}>
        {text('list.selected', { count })}
      </Typography>
      {count > 0 && (
        <>
          {children}
          <Button onClick={onClear}>{text('action.cancel')}</Button>
        </>
      )}
    </Paper>
  );
}
