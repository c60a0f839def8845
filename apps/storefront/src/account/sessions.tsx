import type { ItemOf } from '@florin/client';
import { Button, ProblemNotice, Skeleton, Status, Time, useFlorin } from '@florin/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { useSession } from '../session/index.ts';
import css from './account.module.css';
import { AccountSection } from './account-section.tsx';
import { deviceText } from './device-text.ts';
import { EndSessions } from './end-sessions.tsx';

type OpenSession = ItemOf<'/v1/users/me/sessions'>;

const MAX_SHOWN = 50;

/** Where the user is signed in. One session, or all, can be ended. */
export function Sessions() {
  const intl = useIntl();
  const florin = useFlorin();
  const { signOut } = useSession();
  const [asked, setAsked] = useState<OpenSession | 'all' | undefined>(undefined);
  const { data, error, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: async ({ signal }) =>
      (await florin.get('/v1/users/me/sessions', { params: { query: { limit: MAX_SHOWN } }, signal })).data,
    refetchOnWindowFocus: 'always',
  });
  const leaving = useMutation({ mutationFn: signOut });
  return (
    <AccountSection title={intl.formatMessage({ id: 'account.sessions' })}>
      <p className={css['soft']}>{intl.formatMessage({ id: 'account.sessionsHelp' })}</p>
      {data === undefined && error === null && <Skeleton lines={3} />}
      {data === undefined && error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      <ul className={css['rows']}>
        {data?.map((session) => (
          <li key={session.id}>
            <Device session={session} />
            {session.isCurrent ? (
              <Button isBusy={leaving.isPending} onClick={() => leaving.mutate()}>
                {intl.formatMessage({ id: 'account.signOut' })}
              </Button>
            ) : (
              <Button onClick={() => setAsked(session)}>{intl.formatMessage({ id: 'account.endSession' })}</Button>
            )}
          </li>
        ))}
      </ul>
      {leaving.error !== null && <ProblemNotice error={leaving.error} />}
      <p>
        <Button variant="danger" onClick={() => setAsked('all')}>
          {intl.formatMessage({ id: 'account.endAll' })}
        </Button>
      </p>
      <EndSessions sessionId={typeof asked === 'object' ? asked.id : asked} onClose={() => setAsked(undefined)} />
    </AccountSection>
  );
}

function Device({ session }: { session: OpenSession }) {
  const intl = useIntl();
  return (
    <div className={css['device']}>
      <span className={css['deviceName']}>
        {deviceText(session.device) ?? intl.formatMessage({ id: 'account.unknownDevice' })}{' '}
        {session.isCurrent && <Status tone="good">{intl.formatMessage({ id: 'account.thisDevice' })}</Status>}
      </span>
      <span className={css['soft']}>
        {intl.formatMessage({ id: 'account.lastUsed' }, { time: <Time key="time" at={session.lastUsedAt} /> })}
        {session.address !== null && ` · ${session.address}`}
      </span>
    </div>
  );
}
