import { Button } from '@florin/ui';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import css from './session.module.css';
import { SignInForm } from './sign-in-form.tsx';
import { SignUpForm } from './sign-up-form.tsx';

/** Signs in or up without leaving the page, such as the checkout. */
export function SignInOrUp() {
  const intl = useIntl();
  const [isNew, setNew] = useState(false);
  return (
    <div className={css['form']}>
      {isNew ? <SignUpForm /> : <SignInForm />}
      <p>
        {intl.formatMessage({ id: isNew ? 'session.isKnown' : 'session.isNew' })}{' '}
        <Button variant="quiet" onClick={() => setNew(!isNew)}>
          {intl.formatMessage({ id: isNew ? 'session.signIn' : 'session.signUp' })}
        </Button>
      </p>
    </div>
  );
}
