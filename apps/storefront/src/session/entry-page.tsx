import { PageMeta, Skeleton } from '@florin/ui';
import type { ReactNode } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { nextPath } from './next-path.ts';
import css from './session.module.css';
import { useSession } from './session-context.ts';

type Props = {
  /** @param next where the user goes after signing in */
  children(next: string): ReactNode;
};

/** The frame of signing in and up. Signed-in users are redirected to `next`. */
export function EntryPage({ children }: Props) {
  const { status } = useSession();
  const [parameters] = useSearchParams();
  const next = nextPath(parameters.get('next'));
  if (status === 'restoring') return <Skeleton lines={6} />;
  if (status === 'signedIn') return <Navigate to={next} replace />;
  return (
    <div className={css['entry']}>
      <PageMeta isIndexed={false} />
      {children(next)}
    </div>
  );
}
