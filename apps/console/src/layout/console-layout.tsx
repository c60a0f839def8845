import MenuIcon from '@mui/icons-material/Menu';
import { Alert, Box, Drawer, IconButton, Link, Typography, useMediaQuery } from '@mui/material';
import { type ReactNode, Suspense, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { Link as RouterLink, useLocation } from 'react-router-dom';
import { ExpiredDialog } from '../session/expired-dialog.tsx';
import { NoRolePage } from '../session/no-role-page.tsx';
import { useMay } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';
import { useSchemeOfTokens } from '../theme/use-scheme.ts';
import { AccountMenu } from './account-menu.tsx';
import { Loading } from './loading.tsx';
import { MainMenu } from './main-menu.tsx';
import { linkStyle, Page } from './page.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { SearchField } from './search-field.tsx';
import { ShortcutHelp } from './shortcut-help.tsx';
import { useIsOffline } from './use-is-offline.ts';

const MENU_WIDTH = '14rem';

/** The frame around all pages: skip link, header with search, menu, and the page. */
export function ConsoleLayout({ children }: { children: ReactNode }) {
  const text = useText();
  useSchemeOfTokens();
  const isStaff = useMay('staff');
  const isWide = useMediaQuery('(min-width: 60rem)', { noSsr: true });
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  if (!isStaff) return <NoRolePage />;
  return (
    <>
      <SkipLink />
      <Box component="header" sx={headerStyle}>
        {!isWide && (
          <IconButton aria-label={text('app.menu')} aria-expanded={isMenuOpen} onClick={() => setIsMenuOpen(true)}>
            <MenuIcon />
          </IconButton>
        )}
        <Link component={RouterLink} to="/" underline="none" color="textPrimary" sx={{ ...linkStyle, paddingX: 1 }}>
          <Typography component="span" sx={{ fontWeight: 700 }}>
            {text('app.name')}
          </Typography>
        </Link>
        <SearchField />
        <AccountMenu />
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'flex-start' }}>
        {isWide ? (
          <Box sx={{ width: MENU_WIDTH, flexShrink: 0, position: 'sticky', top: '4rem', '@media print': { display: 'none' } }}>
            <MainMenu />
          </Box>
        ) : (
          <Drawer open={isMenuOpen} onClose={() => setIsMenuOpen(false)}>
            <Box sx={{ width: MENU_WIDTH }}>
              <MainMenu onChoose={() => setIsMenuOpen(false)} />
            </Box>
          </Drawer>
        )}
        <Box component="main" id="content" tabIndex={-1} sx={{ flex: 1, minWidth: 0, padding: { xs: 1.5, sm: 3 }, outline: 0 }}>
          <OfflineNotice />
          <PageBoundary>{children}</PageBoundary>
        </Box>
      </Box>
      <ShortcutHelp />
      <ExpiredDialog />
    </>
  );
}

const headerStyle = {
  position: 'sticky',
  top: 0,
  zIndex: 'appBar',
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 0.5,
  paddingX: 1,
  paddingY: 0.5,
  backgroundColor: 'background.paper',
  borderBottom: 1,
  borderColor: 'divider',
  '@media print': { display: 'none' },
} as const;

function SkipLink() {
  return (
    <Link
      href="#content"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById('content')?.focus();
      }}
      sx={{
        position: 'absolute',
        left: '-100vw',
        '&:focus': { left: 8, top: 8, zIndex: 'tooltip', padding: 1.25, backgroundColor: 'background.paper' },
      }}
    >
      {useText()('app.skip')}
    </Link>
  );
}

function OfflineNotice() {
  const text = useText();
  if (!useIsOffline()) return null;
  return (
    <Alert severity="warning" sx={{ marginBottom: 2 }}>
      {text('app.offline')}
    </Alert>
  );
}

/** A fault of one page leaves the frame alone; another page begins anew. */
function PageBoundary({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  return (
    <ErrorBoundary
      resetKeys={[pathname]}
      fallbackRender={({ error, resetErrorBoundary }) => <Fault {...{ error, resetErrorBoundary }} />}
    >
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </ErrorBoundary>
  );
}

function Fault({ error, resetErrorBoundary }: { error: unknown; resetErrorBoundary: () => void }) {
  const text = useText();
  return (
    <Page title={text('error.title')}>
      <Typography>{text('error.page')}</Typography>
      <ProblemAlert error={error} onRetry={resetErrorBoundary} />
    </Page>
  );
}
