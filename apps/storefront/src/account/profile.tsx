import { Button, Field, Notice, ProblemNotice, useFlorin, useForm } from '@florin/ui';
import { useMutation } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import { faultTexts, nameFault, refusedField, useSession, useUser } from '../session/index.ts';
import css from './account.module.css';
import { AccountSection } from './account-section.tsx';

/** The user's name, which may change, and e-mail address. */
export function Profile() {
  const intl = useIntl();
  const florin = useFlorin();
  const user = useUser();
  const { setUser } = useSession();
  const form = useForm({
    initial: { name: user.name ?? '' },
    check: ({ name }) => faultTexts(intl, { name: name.trim() === '' ? 'account.name.empty' : nameFault(name) }),
  });
  const saving = useMutation({
    mutationFn: async ({ name }: { name: string }) => (await florin.patch('/v1/users/me', { body: { name: name.trim() } })).data,
    onSuccess: (changed) => {
      setUser(changed);
      form.restart({ name: changed.name ?? '' });
    },
    onError: (error) => {
      if (refusedField(error)?.field === 'name') form.refuse({ name: intl.formatMessage({ id: 'session.name.refused' }) });
    },
  });
  return (
    <AccountSection title={intl.formatMessage({ id: 'account.profile' })}>
      <dl className={css['facts']}>
        <dt>{intl.formatMessage({ id: 'session.email' })}</dt>
        <dd>{user.email}</dd>
      </dl>
      <p className={css['soft']}>{intl.formatMessage({ id: 'account.emailHelp' })}</p>
      <form {...form.props((values) => saving.mutate(values))} className={css['form']}>
        {saving.error !== null && refusedField(saving.error) === undefined && <ProblemNotice error={saving.error} />}
        {saving.isSuccess && !form.isChanged && (
          <Notice tone="good" isLive>
            {intl.formatMessage({ id: 'account.saved' })}
          </Notice>
        )}
        <Field {...form.field('name')} label={intl.formatMessage({ id: 'session.name' })} autoComplete="name" />
        <Button type="submit" isBusy={saving.isPending}>
          {intl.formatMessage({ id: 'account.saveName' })}
        </Button>
      </form>
    </AccountSection>
  );
}
