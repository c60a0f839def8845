import { Box, Breadcrumbs, Link, Stack, Typography } from '@mui/material';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link as RouterLink, useLocation } from 'react-router-dom';
import { useText } from '../texts/use-text.ts';
import { useTitle } from './use-title.ts';

export type Crumb = { label: string; to: string };

type PageProps = {
  title: string;
  /** The pages above this one, the home page left out. */
  above?: readonly Crumb[];
  actions?: ReactNode;
  children: ReactNode;
};

/** A page of the console: breadcrumb, one `h1`, which has the focus after a navigation, and the document's title. */
export function Page({ title, above = [], actions, children }: PageProps) {
  const text = useText();
  useTitle(title);
  const heading = useFocusAfterNavigation();
  const isHome = useLocation().pathname === '/';
  return (
    <Stack spacing={2}>
      {isHome ? null : (
        <Breadcrumbs aria-label={text('app.breadcrumb')} sx={{ '@media print': { display: 'none' } }}>
          {[{ label: text('home.title'), to: '/' }, ...above].map(({ label, to }) => (
            <Link key={to} component={RouterLink} to={to} sx={linkStyle}>
              {label}
            </Link>
          ))}
        </Breadcrumbs>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', justifyContent: 'space-between' }}>
        <Typography variant="h1" ref={heading} tabIndex={-1} sx={{ overflowWrap: 'anywhere', outlineOffset: 4 }}>
          {title}
        </Typography>
        {actions && <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, '@media print': { display: 'none' } }}>{actions}</Box>}
      </Box>
      {children}
    </Stack>
  );
}

/** The first page of a visit leaves the focus at its start, where the skip link is. */
function useFocusAfterNavigation() {
  const { key, pathname } = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = key === 'default';
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path is another page, even in the same component.
  useEffect(() => {
    if (!isFirst) heading.current?.focus({ preventScroll: true });
  }, [isFirst, pathname]);
  return heading;
}

/** A link that is as high as a touch target. */
export const linkStyle = { display: 'inline-flex', alignItems: 'center', minHeight: '2.75rem' } as const;
