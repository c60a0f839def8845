import SearchIcon from '@mui/icons-material/Search';
import { Box, IconButton, InputBase } from '@mui/material';
import { type FormEvent, useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import { useText } from '../texts/use-text.ts';
import { useShortcut } from './use-shortcut.ts';

/** Searches everywhere. The key `/` brings the focus here. */
export function SearchField() {
  const text = useText();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  useShortcut('/', () => input.current?.focus());

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const q = input.current?.value.trim() ?? '';
    if (q !== '') void navigate(`/search?${new URLSearchParams({ q })}`);
  };
  return (
    <Box component="form" role="search" onSubmit={submit} sx={searchStyle}>
      <InputBase
        inputRef={input}
        type="search"
        placeholder={text('search.label')}
        sx={{ flex: 1, minWidth: 0 }}
        inputProps={{ 'aria-label': text('search.label'), 'aria-keyshortcuts': '/', maxLength: 200 }}
      />
      <IconButton type="submit" aria-label={text('search.submit')}>
        <SearchIcon />
      </IconButton>
    </Box>
  );
}

const searchStyle = {
  display: 'flex',
  order: { xs: 1, sm: 0 },
  flex: { xs: '1 0 100%', sm: '1 1 0' },
  maxWidth: { sm: '36rem' },
  marginX: { sm: 'auto' },
  paddingLeft: 1.5,
  border: 1,
  borderColor: 'text.secondary',
  borderRadius: 1,
  '&:focus-within': { borderColor: 'primary.main', outline: '2px solid', outlineColor: 'primary.main' },
} as const;
