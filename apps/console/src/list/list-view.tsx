import { Box, Button, LinearProgress, Paper, Typography } from '@mui/material';
import { Loading } from '../layout/loading.tsx';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { useText } from '../texts/use-text.ts';
import { type Column, RowTable, type Selection } from './row-table.tsx';
import type { CursorList } from './use-cursor-list.ts';

type ListViewProps<T> = {
  label: string;
  list: CursorList<T>;
  columns: readonly Column<T>[];
  selection?: Selection & { nameOf(row: T): string };
};

/** The rows of a list with its pages, or why there are none. */
export function ListView<T extends { id: string }>({ label, list, columns, selection }: ListViewProps<T>) {
  const text = useText();
  const { rows, error, isFetching, filters } = list;
  if (rows === undefined) return error ? <ProblemAlert error={error} onRetry={list.refetch} /> : <Loading rows={8} />;
  const empty = Object.keys(filters).length > 0 ? 'state.emptyFiltered' : 'state.empty';
  return (
    <Box aria-busy={isFetching}>
      {error ? <ProblemAlert error={error} onRetry={list.refetch} /> : null}
      <Box sx={{ height: 4 }}>{isFetching && <LinearProgress aria-label={text('state.loading')} />}</Box>
      {rows.length === 0 ? (
        <Paper variant="outlined" sx={{ padding: 3 }}>
          <Typography>{text(empty)}</Typography>
        </Paper>
      ) : (
        <Paper variant="outlined" sx={{ '@media (max-width: 599.95px)': { border: 0, background: 'none' } }}>
          <RowTable {...{ label, rows, columns }} {...(selection && { selection })} />
        </Paper>
      )}
      <Pages list={list} />
    </Box>
  );
}

function Pages<T>({ list: { toNext, toPrevious } }: { list: CursorList<T> }) {
  const text = useText();
  if (toNext === undefined && toPrevious === undefined) return null;
  return (
    <Box
      component="nav"
      aria-label={text('list.pages')}
      sx={{ display: 'flex', gap: 1, justifyContent: 'flex-end', paddingTop: 2 }}
    >
      <Button variant="outlined" disabled={toPrevious === undefined} onClick={toPrevious}>
        {text('list.previous')}
      </Button>
      <Button variant="outlined" disabled={toNext === undefined} onClick={toNext}>
        {text('list.next')}
      </Button>
    </Box>
  );
}
