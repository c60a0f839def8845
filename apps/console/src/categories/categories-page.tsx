import DeleteIcon from '@mui/icons-material/Delete';
import EditIcon from '@mui/icons-material/Edit';
import { Box, Button, IconButton, Link, Typography } from '@mui/material';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { useRead } from '../api/use-read.ts';
import { Loading } from '../layout/loading.tsx';
import { linkStyle, Page } from '../layout/page.tsx';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { Section } from '../layout/section.tsx';
import type { Category } from '../products/use-categories.ts';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';
import { CategoryDialog, DeleteCategoryDialog } from './category-dialogs.tsx';

type Open = { kind: 'new' } | { kind: 'edit' | 'delete'; category: Category };

/** The tree of categories. */
export function CategoriesPage() {
  const text = useText();
  const florin = useFlorin();
  const [open, setOpen] = useState<Open>();
  const { data, error, refetch } = useRead(
    ['categories', 'page'],
    async (signal) => (await florin.get('/v1/categories', { params: { query: { tree: true } }, signal })).data,
  );
  const close = () => setOpen(undefined);
  return (
    <Page
      title={text('categories.title')}
      actions={
        <Button variant="contained" onClick={() => setOpen({ kind: 'new' })}>
          {text('categories.new')}
        </Button>
      }
    >
      {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && !error && <Loading />}
      {data && (
        <Section title={text('categories.title')}>
          {data.length === 0 ? <Typography>{text('state.empty')}</Typography> : <Tree nodes={data} onOpen={setOpen} />}
        </Section>
      )}
      {open?.kind === 'new' && <CategoryDialog tree={data ?? []} onClose={close} />}
      {open?.kind === 'edit' && <CategoryDialog tree={data ?? []} category={open.category} onClose={close} />}
      {open?.kind === 'delete' && <DeleteCategoryDialog category={open.category} onClose={close} />}
    </Page>
  );
}

function Tree({ nodes, onOpen }: { nodes: readonly Category[]; onOpen: (open: Open) => void }) {
  const text = useText();
  return (
    <Box
      component="ul"
      sx={{ listStyle: 'none', margin: 0, paddingLeft: { xs: 1, sm: 2 }, borderLeft: 2, borderColor: 'divider' }}
    >
      {nodes.map((category) => {
        const { id, name, children = [] } = category;
        return (
          <li key={id}>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1 }}>
              <Link
                component={RouterLink}
                to={`/products?categoryId=${id}`}
                aria-label={text('categories.products', { name })}
                sx={{ ...linkStyle, fontWeight: 600 }}
              >
                {name}
              </Link>
              <IconButton aria-label={text('categories.edit', { name })} onClick={() => onOpen({ kind: 'edit', category })}>
                <EditIcon />
              </IconButton>
              {children.length === 0 && (
                <IconButton aria-label={text('categories.delete', { name })} onClick={() => onOpen({ kind: 'delete', category })}>
                  <DeleteIcon />
                </IconButton>
              )}
            </Box>
            {children.length > 0 && <Tree nodes={children} onOpen={onOpen} />}
          </li>
        );
      })}
    </Box>
  );
}
