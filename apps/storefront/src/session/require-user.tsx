import { Skeleton } from '@florin/ui';
import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSession } from './session-context.ts';

/** Shows the page to signed-in users. Guests sign in first and come back. */
export function RequireUser({ children }: { children: ReactNode }) {
  const { status } = useSession();
  const { pathname, search } = useLocation();
  if (status === 'restoring') return <Skeleton />;
  if (status === 'guest') return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
  return children;
}
