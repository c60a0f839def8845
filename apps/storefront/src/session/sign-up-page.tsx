import { PageHeading } from '@florin/ui';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { EntryPage } from './entry-page.tsx';
import { withNext } from './next-path.ts';
import { SignUpForm } from './sign-up-form.tsx';

export function Page() {
  const intl = useIntl();
  return (
    <EntryPage>
      {(next) => (
        <>
          <PageHeading title={intl.formatMessage({ id: 'session.signUp' })} />
          <SignUpForm />
          <p>
            {intl.formatMessage({ id: 'session.isKnown' })}{' '}
            <Link to={withNext('/sign-in', next)}>{intl.formatMessage({ id: 'session.signIn' })}</Link>
          </p>
        </>
      )}
    </EntryPage>
  );
}
