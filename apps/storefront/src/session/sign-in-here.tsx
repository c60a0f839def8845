import { Skeleton } from '@florin/ui';
import { lazy, Suspense } from 'react';

const SignInOrUp = lazy(async () => ({ default: (await import('./sign-in-or-up.tsx')).SignInOrUp }));

/** Both forms in place, for pages that most people see signed in: the forms are loaded when they are shown. */
export function SignInHere() {
  return (
    <Suspense fallback={<Skeleton lines={6} />}>
      <SignInOrUp />
    </Suspense>
  );
}
