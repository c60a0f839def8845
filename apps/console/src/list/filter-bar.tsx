import { Box, Button, TextField, useMediaQuery } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { useText } from '../texts/use-text.ts';
import type { CursorList } from './use-cursor-list.ts';

export type FilterField = {
  name: string;
  label: string;
  type?: 'text' | 'date' | 'email' | 'select';
  options?: readonly { value: string; label: string }[];
  /** What no choice means (default: any). */
  none?: string;
};

type FilterBarProps = { list: Pick<CursorList<never>, 'filters' | 'setFilters'>; fields: readonly FilterField[] };

/** The filters of a list. A choice applies at once, a text when Enter is pressed. */
export function FilterBar({ list: { filters, setFilters }, fields }: FilterBarProps) {
  const text = useText();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    setFilters(Object.fromEntries(fields.map(({ name }) => [name, textOf(typed.get(name))])));
  };
  const hasFilters = Object.keys(filters).length > 0;
  const isNarrow = useMediaQuery('(max-width: 599.95px)', { noSsr: true });
  const [isOpen, setIsOpen] = useState(false);
  if (isNarrow && !isOpen)
    return (
      <Button variant="outlined" aria-expanded={false} onClick={() => setIsOpen(true)}>
        {text('list.filters')} {hasFilters && `(${Object.keys(filters).length})`}
      </Button>
    );
  return (
    <Box
      // Another page of the history has other values.
      key={JSON.stringify(filters)}
      component="form"
      role="search"
      aria-label={text('list.filters')}
      onSubmit={submit}
      sx={{
        display: 'grid',
        gap: 1.5,
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 13rem), 1fr))',
        alignItems: 'start',
      }}
    >
      {fields.map((field) => (
        <FilterInput key={field.name} field={field} value={filters[field.name] ?? ''} />
      ))}
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', minHeight: 56, flexWrap: 'wrap' }}>
        <Button type="submit" variant="outlined">
          {text('action.apply')}
        </Button>
        {hasFilters && (
          <Button onClick={() => setFilters(Object.fromEntries(Object.keys(filters).map((name) => [name, ''])))}>
            {text('action.clear')}
          </Button>
        )}
      </Box>
    </Box>
  );
}

function FilterInput({
  field: { name, label, type = 'text', options = [], none },
  value,
}: {
  field: FilterField;
  value: string;
}) {
  const text = useText();
  if (type === 'select')
    return (
      <TextField
        select
        name={name}
        label={label}
        defaultValue={value}
        onChange={(event) => (event.target as unknown as HTMLSelectElement).form?.requestSubmit()}
        slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
      >
        <option value="">{none ?? text('list.any')}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </TextField>
    );
  const shrink = type === 'date' ? { inputLabel: { shrink: true } } : {};
  return <TextField name={name} label={label} type={type} defaultValue={value} slotProps={shrink} autoComplete="off" />;
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value.trim() : '';
}
