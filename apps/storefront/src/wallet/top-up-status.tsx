import { Button, buttonClass, Money, Notice, ProblemNotice, Skeleton, Time, useFlorin } from '@florin/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router';
import { pollAfterMs } from './poll-after-ms.ts';
import { useWallet } from './use-wallet.ts';
import css from './wallet.module.css';

type Props = {
  id: string;
  /** Where the user came from, such as the checkout. */
  next: string | undefined;
  onAgain(): void;
};

/** Follows a top-up until it is settled or failed. */
export function TopUpStatus({ id, next, onAgain }: Props) {
  const intl = useIntl();
  const florin = useFlorin();
  const queries = useQueryClient();
  const { data: wallet } = useWallet();
  const {
    data: topUp,
    error,
    refetch,
  } = useQuery({
    queryKey: ['top-ups', id],
    queryFn: async ({ signal }) => (await florin.get('/v1/wallet/top-ups/{id}', { params: { path: { id } }, signal })).data,
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? pollAfterMs(state.dataUpdateCount) : false),
  });
  const status = topUp?.status;
  useEffect(() => {
    if (status === 'settled') void queries.invalidateQueries({ queryKey: ['wallet'] });
  }, [status, queries]);
  if (topUp === undefined)
    return error === null ? <Skeleton lines={3} /> : <ProblemNotice error={error} onRetry={() => void refetch()} />;
  const amount = <Money key="amount" minor={topUp.amountMinor} currency={topUp.currency} />;
  const known = knownStatus(status);
  return (
    <div className={css['form']}>
      <Notice tone={tones[known]} isLive>
        <h2>{intl.formatMessage({ id: `wallet.topUp.${known}` }, { amount })}</h2>
        <p>{intl.formatMessage({ id: `wallet.topUp.${known}Help` })}</p>
        {topUp.failureReason !== undefined && (
          <p className={css['soft']}>
            {intl.formatMessage({ id: 'wallet.topUp.reason' })} <q>{topUp.failureReason}</q>
          </p>
        )}
        {known === 'settled' && wallet !== undefined && (
          <p>
            {intl.formatMessage(
              { id: 'wallet.nowAvailable' },
              { amount: <Money key="now" minor={wallet.availableMinor} currency={wallet.currency} /> },
            )}
          </p>
        )}
      </Notice>
      {known === 'pending' && error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      <p className={css['soft']}>
        <Time at={topUp.createdAt} />
        {topUp.reference !== undefined && (
          <>
            {' · '}
            {intl.formatMessage({ id: 'wallet.topUp.reference' })} <code>{topUp.reference}</code>
          </>
        )}
      </p>
      <p className={css['actions']}>
        {next !== undefined && (
          <Link to={next} className={buttonClass(known === 'failed' ? 'secondary' : 'primary')}>
            {intl.formatMessage({ id: next === '/checkout' ? 'wallet.toCheckout' : 'wallet.goOn' })}
          </Link>
        )}
        {known !== 'pending' && (
          <Button variant={known === 'failed' ? 'primary' : 'secondary'} onClick={onAgain}>
            {intl.formatMessage({ id: known === 'failed' ? 'wallet.tryAgain' : 'wallet.another' })}
          </Button>
        )}
        <Link to="/wallet" className={buttonClass('quiet')}>
          {intl.formatMessage({ id: 'wallet.toWallet' })}
        </Link>
      </p>
    </div>
  );
}

const tones = { pending: 'info', settled: 'good', failed: 'bad' } as const;

/** The set of statuses is open: what a newer server calls otherwise is not decided yet. */
function knownStatus(status: string | undefined): keyof typeof tones {
  if (status === 'settled') return 'settled';
  return status === 'failed' ? 'failed' : 'pending';
}
