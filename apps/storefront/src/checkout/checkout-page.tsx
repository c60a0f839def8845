import { PageHeading, ProblemNotice, Skeleton } from '@florin/ui';
import { useIntl } from 'react-intl';
import { RequireUser, SignInHere, useSession } from '../session/index.ts';
import css from './checkout.module.css';
import { CheckoutSteps } from './checkout-steps.tsx';

export function Page() {
  const intl = useIntl();
  const session = useSession();
  const { status } = session;
  return (
    <div className={css['page']}>
      <meta name="robots" content="noindex" />
      <PageHeading title={intl.formatMessage({ id: 'checkout.title' })} />
      {status === 'restoring' && <Skeleton lines={6} />}
      {/* Without an answer about the session nobody should have to sign in again. */}
      {session.status === 'guest' && session.error !== undefined && (
        <ProblemNotice error={session.error} onRetry={session.restore} />
      )}
      {status === 'guest' && (
        <section className={css['step']}>
          <h2>{intl.formatMessage({ id: 'checkout.signIn' })}</h2>
          <p className={css['soft']}>{intl.formatMessage({ id: 'checkout.signInWhy' })}</p>
          <SignInHere />
        </section>
      )}
      {(status === 'signedIn' || status === 'ended') && (
        <RequireUser>
          <CheckoutSteps />
        </RequireUser>
      )}
    </div>
  );
}
