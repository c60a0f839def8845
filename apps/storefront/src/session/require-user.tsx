import { PageMeta, ProblemNotice, Skeleton } from '@florin/ui';
import { lazy, type ReactNode, Suspense, useRef } from 'react';
import { Navigate, useLocation } from 'react-router';
import { withNext } from './next-path.ts';
import { useSession } from './session-context.ts';

// Few readers see it.
const SessionEnded = lazy(async () => ({ default: (await import('./session-ended.tsx')).SessionEnded }));

/**
 * Shows the page to signed-in users. Guests sign in first and come back. When the session ends while the page is open, the page
 * stays as it is, with all that was typed, and a dialog asks to sign in again.
 */
export function RequireUser({ children }: { children: ReactNode }) {
  const session = useSession();
  const { pathname, search } = useLocation();
  const wasShown = useRef(false);
  if (session.status === 'signedIn') wasShown.current = true;
  if (session.status === 'restoring') return <Skeleton lines={6} />;
  if (session.status === 'guest' && session.error !== undefined)
    return <ProblemNotice error={session.error} onRetry={session.restore} />;
  if (session.status === 'guest' || !wasShown.current) return <Navigate to={withNext('/sign-in', pathname + search)} replace />;
  return (
    <>
      <PageMeta isIndexed={false} />
      <Suspense>{session.status === 'ended' && <SessionEnded user={session.user} />}</Suspense>
      {children}
    </>
  );
}
