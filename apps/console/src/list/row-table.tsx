import { Box, Checkbox, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import type { ReactNode } from 'react';
import { useText } from '../texts/use-text.ts';

export type Column<T> = {
  id: string;
  label: string;
  render: (row: T) => ReactNode;
  /** `end` for figures. */
  align?: 'start' | 'end';
};

export type Selection = { ids: readonly string[]; onChange(ids: readonly string[]): void };

type RowTableProps<T> = {
  label: string;
  rows: readonly T[];
  columns: readonly Column<T>[];
  /** Makes the rows selectable; `nameOf` names a row in the label of its checkbox. */
  selection?: Selection & { nameOf(row: T): string };
};

/** A table whose rows become cards below 600 pixels. It keeps the roles of a table there. */
export function RowTable<T extends { id: string }>({ label, rows, columns, selection }: RowTableProps<T>) {
  const text = useText();
  const selected = new Set(selection?.ids);
  const allSelected = rows.length > 0 && rows.every(({ id }) => selected.has(id));
  return (
    <Table role="table" aria-label={label} sx={tableStyle}>
      <TableHead role="rowgroup">
        <TableRow role="row">
          {selection && (
            <TableCell role="columnheader" padding="checkbox">
              <Checkbox
                checked={allSelected}
                indeterminate={!allSelected && selected.size > 0}
                onChange={() => selection.onChange(allSelected ? [] : rows.map(({ id }) => id))}
                slotProps={{ input: { 'aria-label': text('list.selectAll') } }}
              />
              <Box component="span" className="card-label" aria-hidden>
                {text('list.selectAll')}
              </Box>
            </TableCell>
          )}
          {columns.map((column) => (
            <TableCell key={column.id} role="columnheader" sx={{ textAlign: column.align ?? 'start' }}>
              {column.label}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody role="rowgroup">
        {rows.map((row) => (
          <TableRow key={row.id} role="row" selected={selected.has(row.id)}>
            {selection && (
              <TableCell role="cell" padding="checkbox">
                <Checkbox
                  checked={selected.has(row.id)}
                  onChange={() => selection.onChange(toggled(selection.ids, row.id))}
                  slotProps={{ input: { 'aria-label': text('list.select', { name: selection.nameOf(row) }) } }}
                />
              </TableCell>
            )}
            {columns.map((column) => (
              <TableCell key={column.id} role="cell" sx={{ textAlign: column.align ?? 'start' }}>
                <Box component="span" className="card-label" aria-hidden>
                  {column.label}
                </Box>
                <span className="card-value">{column.render(row)}</span>
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function toggled(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
}

const tableStyle = {
  '& .card-label': { display: 'none' },
  '& thead th': { position: 'sticky', top: '3.75rem', zIndex: 1 },
  '& td': { overflowWrap: 'break-word', fontVariantNumeric: 'tabular-nums' },
  '@media (max-width: 899.95px)': { '& td': { overflowWrap: 'anywhere' } },
  '@media (max-width: 599.95px)': {
    display: 'block',
    '& tbody': { display: 'grid', gap: 1 },
    '& thead': { display: 'block' },
    '& thead tr': { display: 'block' },
    '& thead th': { position: 'static', display: 'block', width: 'auto', padding: 0, borderBottom: 0, background: 'none' },
    '& thead th:not(:has(input))': {
      position: 'absolute',
      width: '1px',
      height: '1px',
      overflow: 'hidden',
      clipPath: 'inset(50%)',
    },
    '& tbody tr': {
      display: 'block',
      border: 1,
      borderColor: 'divider',
      borderRadius: 1,
      padding: 1,
      backgroundColor: 'background.paper',
    },
    '& tbody td': {
      display: 'flex',
      overflowWrap: 'anywhere',
      justifyContent: 'space-between',
      alignItems: 'center',
      gap: 2,
      borderBottom: 0,
      padding: 0.75,
      textAlign: 'start',
    },
    '& tbody td.MuiTableCell-paddingCheckbox': { width: 'auto', padding: 0 },
    '& .card-label': { display: 'inline', color: 'text.secondary', flexShrink: 0 },
    '& .card-value': { textAlign: 'end', minWidth: 0 },
  },
} as const;
