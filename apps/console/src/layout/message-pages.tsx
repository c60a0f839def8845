import { Button, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import type { Access } from '../session/access.ts';
import { useMay } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';
import { Page } from './page.tsx';
import { ProblemAlert } from './problem-alert.tsx';

/** The page of an address that has none. */
export function NotFoundPage() {
  const text = useText();
  return (
    <Page title={text('notFound.title')}>
      <Typography>{text('notFound.text')}</Typography>
      <HomeButton />
    </Page>
  );
}

/** The page of an address that the person must not see. */
export function ForbiddenPage() {
  const text = useText();
  return (
    <Page title={text('forbidden.title')}>
      <Typography>{text('forbidden.text')}</Typography>
      <HomeButton />
    </Page>
  );
}

/** A page that could not be read. */
export function FailedPage({ title, error, onRetry }: { title: string; error: unknown; onRetry: () => void }) {
  return (
    <Page title={title}>
      <ProblemAlert error={error} onRetry={onRetry} />
    </Page>
  );
}

/** Shows the children to those who have the right, and the 403 page to others. */
export function Guarded({ access, children }: { access: Access; children: ReactNode }) {
  return useMay(access) ? children : <ForbiddenPage />;
}

function HomeButton() {
  const text = useText();
  return (
    <div>
      <Button component={Link} to="/" variant="contained">
        {text('notFound.home')}
      </Button>
    </div>
  );
}
