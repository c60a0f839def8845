import { Button, Field, PasswordField, problemText, useForm } from '@florin/ui';
import { useMutation } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { emailFault, nameFault, newPasswordFault, refusedField } from './account-faults.ts';
import { faultTexts, limits } from './fault-texts.ts';
import css from './session.module.css';
import { useSession } from './session-context.ts';
import { WaitNotice } from './wait-notice.tsx';

/** Creates an account, on a page or inside the checkout. The user is signed in then. */
export function SignUpForm() {
  const intl = useIntl();
  const { signUp } = useSession();
  const form = useForm({
    initial: { name: '', email: '', password: '' },
    check: ({ name, email, password }) =>
      faultTexts(intl, { name: nameFault(name), email: emailFault(email), password: newPasswordFault(password) }),
  });
  const sending = useMutation({
    mutationFn: ({ name, email, password }: { name: string; email: string; password: string }) =>
      signUp({ email: email.trim(), password, ...(name.trim() !== '' && { name: name.trim() }) }),
    onError: (error) => {
      const refused = refusedField(error);
      if (refused === undefined) return;
      const { field, text } = refused;
      form.refuse({ [field]: text === undefined ? problemText(error, intl).text : intl.formatMessage({ id: text }, limits) });
    },
  });
  return (
    <form {...form.props((values) => sending.mutate(values))} className={css['form']}>
      {refusedField(sending.error) === undefined && <WaitNotice error={sending.error} />}
      <Field
        {...form.field('name')}
        label={intl.formatMessage({ id: 'session.name' })}
        hint={intl.formatMessage({ id: 'session.nameHint' })}
        autoComplete="name"
      />
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
        label={intl.formatMessage({ id: 'session.newPassword' })}
        hint={intl.formatMessage({ id: 'session.newPasswordHint' }, limits)}
        autoComplete="new-password"
        required
      />
      <p className={css['soft']}>
        {intl.formatMessage(
          { id: 'session.agree' },
          {
            terms: (text) => (
              <Link key="terms" to="/terms">
                {text}
              </Link>
            ),
            privacy: (text) => (
              <Link key="privacy" to="/privacy">
                {text}
              </Link>
            ),
          },
        )}
      </p>
      <Button type="submit" variant="primary" isBusy={sending.isPending}>
        {intl.formatMessage({ id: 'session.signUp' })}
      </Button>
    </form>
  );
}
