import { FlorinProblem } from '@florin/client';
import { Button, Notice, PasswordField, problemText, useFlorin, useForm } from '@florin/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import { currentPasswordFault, faultTexts, limits, newPasswordFault, useUser, WaitNotice } from '../session/index.ts';
import css from './account.module.css';
import { AccountSection } from './account-section.tsx';

type Passwords = { currentPassword: string; newPassword: string };

const empty: Passwords = { currentPassword: '', newPassword: '' };

/** Changes the password. All other sessions of the user end. */
export function PasswordChange() {
  const intl = useIntl();
  const florin = useFlorin();
  const queries = useQueryClient();
  const { email } = useUser();
  const form = useForm({
    initial: empty,
    check: ({ currentPassword, newPassword }) =>
      faultTexts(intl, { currentPassword: currentPasswordFault(currentPassword), newPassword: newPasswordFault(newPassword) }),
  });
  const changing = useMutation({
    mutationFn: (body: Passwords) => florin.post('/v1/users/me/password', { body }),
    onSuccess: () => {
      form.restart(empty);
      void queries.invalidateQueries({ queryKey: ['sessions'] });
    },
    onError: (error) => {
      const field = refusedPassword(error);
      if (field === undefined) return;
      const isWrong = field === 'currentPassword';
      form.refuse({ [field]: isWrong ? intl.formatMessage({ id: 'account.password.wrong' }) : problemText(error, intl).text });
    },
  });
  return (
    <AccountSection title={intl.formatMessage({ id: 'account.password' })}>
      <p className={css['soft']}>{intl.formatMessage({ id: 'account.passwordHelp' })}</p>
      <form {...form.props((values) => changing.mutate(values))} className={css['form']}>
        {refusedPassword(changing.error) === undefined && <WaitNotice error={changing.error} />}
        {changing.isSuccess && !form.isChanged && (
          <Notice tone="good" isLive>
            {intl.formatMessage({ id: 'account.passwordChanged' })}
          </Notice>
        )}
        {/* Password managers store the new password under this name. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          {...form.field('currentPassword')}
          label={intl.formatMessage({ id: 'account.currentPassword' })}
          autoComplete="current-password"
          required
        />
        <PasswordField
          {...form.field('newPassword')}
          label={intl.formatMessage({ id: 'account.newPassword' })}
          hint={intl.formatMessage({ id: 'session.newPasswordHint' }, limits)}
          autoComplete="new-password"
          required
        />
        <Button type="submit" isBusy={changing.isPending}>
          {intl.formatMessage({ id: 'account.changePassword' })}
        </Button>
      </form>
    </AccountSection>
  );
}

function refusedPassword(error: unknown): keyof Passwords | undefined {
  if (!(error instanceof FlorinProblem)) return undefined;
  if (error.code === 'INVALID_CREDENTIALS') return 'currentPassword';
  return error.code === 'PASSWORD_TOO_WEAK' ? 'newPassword' : undefined;
}
