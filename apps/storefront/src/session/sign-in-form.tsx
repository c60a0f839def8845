import { FlorinProblem } from '@florin/client';
import { Button, Field, PasswordField, problemText, useForm } from '@florin/ui';
import { useMutation } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import { currentPasswordFault, emailFault } from './account-faults.ts';
import { faultTexts } from './fault-texts.ts';
import { ForgottenPassword } from './forgotten-password.tsx';
import css from './session.module.css';
import { useSession } from './session-context.ts';
import { WaitNotice } from './wait-notice.tsx';

type Props = {
  /** The address to begin with. */
  email?: string;
};

/** Signs in, on a page, inside the checkout or in a dialog. `useSession` tells who is signed in then. */
export function SignInForm({ email = '' }: Props) {
  const intl = useIntl();
  const { signIn } = useSession();
  const form = useForm({
    initial: { email, password: '' },
    check: ({ email, password }) => faultTexts(intl, { email: emailFault(email), password: currentPasswordFault(password) }),
  });
  const sending = useMutation({
    mutationFn: signIn,
    onError: (error) => {
      form.set({ password: '' });
      if (isWrongPassword(error)) form.refuse({ password: problemText(error, intl).text });
    },
  });
  return (
    <form {...form.props((values) => sending.mutate(values))} className={css['form']}>
      {!isWrongPassword(sending.error) && <WaitNotice error={sending.error} />}
      <Field
        {...form.field('email')}
        label={intl.formatMessage({ id: 'session.email' })}
        type="email"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        required
      />
      <PasswordField
        {...form.field('password')}
        label={intl.formatMessage({ id: 'session.password' })}
        autoComplete="current-password"
        required
      />
      <Button type="submit" variant="primary" isBusy={sending.isPending}>
        {intl.formatMessage({ id: 'session.signIn' })}
      </Button>
      <ForgottenPassword />
    </form>
  );
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof FlorinProblem && error.code === 'INVALID_CREDENTIALS';
}
