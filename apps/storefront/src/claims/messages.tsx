import { Button, ProblemNotice, Skeleton, Time } from '@florin/ui';
import { type FormEvent, useState } from 'react';
import { useIntl } from 'react-intl';
import { TextField } from '../order-parts/index.ts';
import { ClaimPhotos } from './claim-photos.tsx';
import css from './claims.module.css';
import { type useClaim, useSendMessage } from './use-claims.ts';
import { useLeaveWarning } from './use-leave-warning.ts';

const MAX_TEXT = 2_000;

type Props = {
  claimId: string;
  messages: ReturnType<typeof useClaim>['messages'];
  /** Whether the claim still takes messages. */
  isOpen: boolean;
};

/** What buyer and staff have written about a claim. */
export function Messages({ claimId, messages: { data, error, refetch }, isOpen }: Props) {
  const intl = useIntl();
  const text = (id: string) => intl.formatMessage({ id: `claims.${id}` });
  return (
    <section className={css['panel']}>
      <h2>{text('messages')}</h2>
      {error !== null && data === undefined && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton />}
      {data?.length === 0 && <p className={css['soft']}>{text('noMessages')}</p>}
      <ol className={css['messages']} aria-live="polite">
        {data?.map((message) => (
          <li key={message.id} className={css[message.by === 'buyer' ? 'own' : 'theirs']}>
            <span className={css['soft']}>
              {text(message.by === 'buyer' ? 'you' : 'shop')}, <Time at={message.createdAt} />
            </span>
            <p className={css['text']}>{message.text}</p>
            <ClaimPhotos photos={message.photos} />
          </li>
        ))}
      </ol>
      {isOpen && <MessageForm claimId={claimId} />}
    </section>
  );
}

function MessageForm({ claimId }: { claimId: string }) {
  const intl = useIntl();
  const [typed, setTyped] = useState('');
  const [isChecked, setChecked] = useState(false);
  const { mutate, isPending, error } = useSendMessage(claimId);
  const isEmpty = typed.trim() === '';
  useLeaveWarning(!isEmpty, intl.formatMessage({ id: 'claims.leave' }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isPending) return;
    setChecked(true);
    if (isEmpty) return event.currentTarget.querySelector('textarea')?.focus();
    mutate(typed.trim(), {
      onSuccess: () => {
        setTyped('');
        setChecked(false);
      },
    });
  };
  return (
    <form noValidate onSubmit={submit} className={css['form']}>
      <TextField
        label={intl.formatMessage({ id: 'claims.message' })}
        value={typed}
        maxLength={MAX_TEXT}
        error={isChecked && isEmpty ? intl.formatMessage({ id: 'claims.messageMissing' }) : undefined}
        onChange={(event) => setTyped(event.target.value)}
      />
      {error !== null && <ProblemNotice error={error} />}
      <Button type="submit" isBusy={isPending}>
        {intl.formatMessage({ id: 'claims.sendMessage' })}
      </Button>
    </form>
  );
}
