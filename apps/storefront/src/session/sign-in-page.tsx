import { PageHeading } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { EntryPage } from './entry-page.tsx';
import { withNext } from './next-path.ts';
import { useSession } from './session-context.ts';
import { SignInForm } from './sign-in-form.tsx';

export function Page() {
  const intl = useIntl();
  const session = useSession();
  return (
    <EntryPage>
      {(next) => (
        <>
          <PageHeading title={intl.formatMessage({ id: 'session.signIn' })} />
          <SignInForm {...(session.status === 'ended' && { email: session.user.email })} />
          <p>
            {intl.formatMessage({ id: 'session.isNew' })}{' '}
            <Link to={withNext('/sign-up', next)}>{intl.formatMessage({ id: 'session.signUp' })}</Link>
          </p>
        </>
      )}
    </EntryPage>
  );
}
