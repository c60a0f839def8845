import { PageHeading } from '@florin/ui';
import { useIntl } from 'react-intl';
import css from './account.module.css';
import { EraseAccount } from './erase-account.tsx';
import { PasswordChange } from './password-change.tsx';
import { Profile } from './profile.tsx';
import { Sessions } from './sessions.tsx';

export function Page() {
  const intl = useIntl();
  return (
    <div className={css['page']}>
      <PageHeading title={intl.formatMessage({ id: 'account.title' })} />
      <Profile />
      <PasswordChange />
      <Sessions />
      <EraseAccount />
    </div>
  );
}
