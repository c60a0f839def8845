import { FlorinProblem } from '@florin/client';
import { Button, Field, Money, Notice, PasswordField, Skeleton, useFlorin, useForm } from '@florin/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { currentPasswordFault, faultTexts, useSession, useUser, WaitNotice } from '../session/index.ts';
import { useWallet } from '../wallet/index.ts';
import css from './account.module.css';
import { isSameEmail } from './is-same-email.ts';
import { openOrders } from './open-orders.ts';

type Values = { email: string; password: string };

/** Warns of the money and the orders that the user loses, and erases the account. */
export function EraseForm({ onClose }: { onClose(): void }) {
  const intl = useIntl();
  const florin = useFlorin();
  const { email } = useUser();
  const { leave } = useSession();
  const form = useForm({
    initial: { email: '', password: '' },
    check: (values: Values) =>
      faultTexts(intl, {
        email: isSameEmail(values.email, email) ? undefined : 'account.eraseEmail.wrong',
        password: currentPasswordFault(values.password),
      }),
  });
  const erasing = useMutation({
    mutationFn: ({ password }: Values) => florin.delete('/v1/users/me', { body: { currentPassword: password } }),
    onSuccess: leave,
    onError: (error) => {
      if (isWrongPassword(error)) form.refuse({ password: intl.formatMessage({ id: 'account.password.wrong' }) });
    },
  });
  return (
    <form {...form.props((values) => erasing.mutate(values))} className={css['form']}>
      <Losses />
      <p>{intl.formatMessage({ id: 'account.eraseStays' })}</p>
      {!isWrongPassword(erasing.error) && <WaitNotice error={erasing.error} />}
      <Field
        {...form.field('email')}
        label={intl.formatMessage({ id: 'account.eraseEmail' })}
        hint={email}
        inputMode="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      <PasswordField
        {...form.field('password')}
        label={intl.formatMessage({ id: 'account.currentPassword' })}
        autoComplete="current-password"
        required
      />
      <Button type="submit" variant="danger" isBusy={erasing.isPending}>
        {intl.formatMessage({ id: 'account.eraseNow' })}
      </Button>
      <Button variant="quiet" onClick={onClose}>
        {intl.formatMessage({ id: 'account.keepAccount' })}
      </Button>
    </form>
  );
}

/** What the user gives up: money in the wallet, and the view of orders that are under way. */
function Losses() {
  const intl = useIntl();
  const florin = useFlorin();
  const { data: wallet } = useWallet();
  const { data: orders, error } = useQuery({
    queryKey: ['purchases', 'summary'],
    queryFn: async ({ signal }) => openOrders((await florin.get('/v1/purchases/summary', { signal })).data),
  });
  if (wallet === undefined && orders === undefined && error === null) return <Skeleton lines={2} />;
  return (
    <>
      {wallet !== undefined && wallet.balanceMinor > 0 && (
        <Notice tone="bad">
          <p>
            {intl.formatMessage(
              { id: 'account.eraseMoney' },
              { amount: <Money key="amount" minor={wallet.balanceMinor} currency={wallet.currency} /> },
            )}
          </p>
          <Link to="/help">{intl.formatMessage({ id: 'session.toHelp' })}</Link>
        </Notice>
      )}
      {wallet !== undefined && wallet.balanceMinor < 0 && (
        <Notice tone="warn">
          {intl.formatMessage(
            { id: 'account.eraseDebt' },
            { amount: <Money key="amount" minor={-wallet.balanceMinor} currency={wallet.currency} /> },
          )}
        </Notice>
      )}
      {orders !== undefined && orders > 0 && (
        <Notice tone="warn">{intl.formatMessage({ id: 'account.eraseOrders' }, { count: orders })}</Notice>
      )}
    </>
  );
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof FlorinProblem && error.code === 'INVALID_CREDENTIALS';
}
