import { Button, Dialog, Notice } from '@florin/ui';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import css from './session.module.css';
import type { User } from './session-context.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Asks to sign in again, over the page that stays. After the dialog is closed, a button opens it again. */
export function SessionEnded({ user }: { user: User }) {
  const intl = useIntl();
  const [isOpen, setOpen] = useState(true);
  return (
    <>
      <div className={css['ended']}>
        <Notice tone="warn">
          <p>{intl.formatMessage({ id: 'session.ended' })}</p>
          <Button onClick={() => setOpen(true)}>{intl.formatMessage({ id: 'session.signInAgain' })}</Button>
        </Notice>
      </div>
      <Dialog title={intl.formatMessage({ id: 'session.endedTitle' })} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p>{intl.formatMessage({ id: 'session.endedHelp' })}</p>
        <SignInForm email={user.email} />
        <Button variant="quiet" onClick={() => setOpen(false)}>
          {intl.formatMessage({ id: 'session.notNow' })}
        </Button>
      </Dialog>
    </>
  );
}
