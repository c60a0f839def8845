import { Button, Dialog } from '@florin/ui';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import css from './account.module.css';
import { AccountSection } from './account-section.tsx';
import { EraseForm } from './erase-form.tsx';

/** Deletes the account, after the user has typed what cannot be typed by accident. */
export function EraseAccount() {
  const intl = useIntl();
  const [isAsked, setAsked] = useState(false);
  return (
    <AccountSection title={intl.formatMessage({ id: 'account.erase' })}>
      <p className={css['soft']}>{intl.formatMessage({ id: 'account.eraseHelp' })}</p>
      <p>
        <Button variant="danger" onClick={() => setAsked(true)}>
          {intl.formatMessage({ id: 'account.eraseAsk' })}
        </Button>
      </p>
      <Dialog title={intl.formatMessage({ id: 'account.eraseTitle' })} isOpen={isAsked} onClose={() => setAsked(false)}>
        <EraseForm onClose={() => setAsked(false)} />
      </Dialog>
    </AccountSection>
  );
}
