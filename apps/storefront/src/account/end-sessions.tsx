import { FlorinProblem } from '@florin/client';
import { Button, Dialog, PasswordField, useFlorin, useForm } from '@florin/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import { currentPasswordFault, faultTexts, useSession, WaitNotice } from '../session/index.ts';
import css from './account.module.css';

type Props = {
  /** The session to end; `all` for all of the user's; undefined while nothing is asked. */
  sessionId: string | undefined;
  onClose(): void;
};

/** Ends a session, or all, after the user has confirmed it. */
export function EndSessions({ sessionId, onClose }: Props) {
  const intl = useIntl();
  return (
    <Dialog
      title={intl.formatMessage({ id: sessionId === 'all' ? 'account.endAllTitle' : 'account.endTitle' })}
      isOpen={sessionId !== undefined}
      onClose={onClose}
    >
      {sessionId !== undefined && <Confirmation sessionId={sessionId} onClose={onClose} />}
    </Dialog>
  );
}

/** The server asks for the password if the user signed in a while ago. */
function Confirmation({ sessionId, onClose }: { sessionId: string; onClose(): void }) {
  const intl = useIntl();
  const florin = useFlorin();
  const queries = useQueryClient();
  const { leave } = useSession();
  const isAll = sessionId === 'all';
  const ending = useMutation({
    mutationFn: async (currentPassword: string) => {
      const body = currentPassword === '' ? {} : { currentPassword };
      if (isAll) await florin.delete('/v1/users/me/sessions', { body });
      else await florin.delete('/v1/users/me/sessions/{id}', { params: { path: { id: sessionId } }, body });
    },
    onSuccess: () => {
      if (isAll) return leave();
      onClose();
      void queries.invalidateQueries({ queryKey: ['sessions'] });
    },
    onError: (error) => {
      if (isCode(error, 'INVALID_CREDENTIALS')) form.refuse({ password: intl.formatMessage({ id: 'account.password.wrong' }) });
    },
  });
  const needsPassword = isCode(ending.error, 'REAUTHENTICATION_REQUIRED') || isCode(ending.error, 'INVALID_CREDENTIALS');
  const form = useForm({
    initial: { password: '' },
    check: ({ password }) => faultTexts(intl, { password: needsPassword ? currentPasswordFault(password) : undefined }),
  });
  return (
    <form {...form.props(({ password }) => ending.mutate(password))} className={css['form']}>
      <p>{intl.formatMessage({ id: isAll ? 'account.endAllHelp' : 'account.endHelp' })}</p>
      {!isCode(ending.error, 'INVALID_CREDENTIALS') && <WaitNotice error={ending.error} />}
      {needsPassword && (
        <PasswordField
          {...form.field('password')}
          label={intl.formatMessage({ id: 'account.currentPassword' })}
          autoComplete="current-password"
          required
        />
      )}
      <Button type="submit" variant="danger" isBusy={ending.isPending}>
        {intl.formatMessage({ id: isAll ? 'account.endAll' : 'account.endSession' })}
      </Button>
      <Button variant="quiet" onClick={onClose}>
        {intl.formatMessage({ id: 'account.keep' })}
      </Button>
    </form>
  );
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof FlorinProblem && error.code === code;
}
