import { type DataOf, FlorinProblem } from '@florin/client';
import { Button, Dialog, Money, Notice, PageHeading, ProblemNotice, Skeleton, Status, Time } from '@florin/ui';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Link, useParams } from 'react-router';
import { ItemSummary } from '../order-parts/index.ts';
import { ClaimPhotos } from './claim-photos.tsx';
import { claimStatusWords, outcomeText } from './claim-words.ts';
import css from './claims.module.css';
import { Messages } from './messages.tsx';
import { useClaim, useWithdraw } from './use-claims.ts';

type Claim = DataOf<'get', '/v1/claims/{id}'>;
type Order = DataOf<'get', '/v1/purchases/{id}'>;

export function Page() {
  const intl = useIntl();
  const { id = '' } = useParams();
  const { claim, order, messages } = useClaim(id);
  const failed = claim.data === undefined ? claim.error : null;
  const isUnknown = failed instanceof FlorinProblem && (failed.status === 404 || failed.status === 422);
  return (
    <div className={css['page']}>
      <meta name="robots" content="noindex" />
      {order.data !== undefined && (
        <p>
          <Link to={`/orders/${order.data.number ?? order.data.id}`}>
            ← {intl.formatMessage({ id: 'orders.order' }, { name: order.data.number ?? '' })}
          </Link>
        </p>
      )}
      <PageHeading title={intl.formatMessage({ id: 'claims.title' })} />
      {isUnknown && <p>{intl.formatMessage({ id: 'claims.notFound' })}</p>}
      {failed !== null && !isUnknown && <ProblemNotice error={failed} onRetry={() => void claim.refetch()} />}
      {claim.data === undefined && failed === null && <Skeleton lines={6} />}
      {claim.data !== undefined && (
        <div className={css['columns']}>
          <Facts claim={claim.data} order={order.data} />
          <Messages
            claimId={id}
            messages={messages}
            isOpen={claim.data.status === 'open' || claim.data.status === 'awaiting-return'}
          />
        </div>
      )}
    </div>
  );
}

function Facts({ claim, order }: { claim: Claim; order: Order | undefined }) {
  const intl = useIntl();
  const { id, tone } = claimStatusWords(claim.status);
  const text = (name: string) => intl.formatMessage({ id: `claims.${name}` });
  return (
    <section className={css['panel']}>
      <p className={css['statusRow']}>
        <span role="status">
          <Status tone={tone}>{intl.formatMessage({ id })}</Status>
        </span>
        <span className={css['soft']}>
          <Time at={claim.createdAt} />
        </span>
      </p>
      <Notice tone={tone}>
        <p>
          {intl.formatMessage({ id: outcomeText(claim) })}{' '}
          {claim.refundMinor !== undefined && claim.refundMinor > 0 && order !== undefined && (
            <strong>
              <Money minor={claim.refundMinor} currency={order.currency} />
            </strong>
          )}
        </p>
        {claim.rejection !== undefined && <p>{claim.rejection}</p>}
      </Notice>
      <ul className={css['items']}>
        {claim.items.map(({ productId, quantity }) => {
          const item = order?.items.find((one) => one.productId === productId) ?? { productId, name: '…' };
          return (
            <li key={productId}>
              <ItemSummary item={item}>
                <span className={css['soft']}>{intl.formatMessage({ id: 'shell.units' }, { units: quantity })}</span>
              </ItemSummary>
            </li>
          );
        })}
      </ul>
      <p>
        <strong>{text(`reason.${claim.reason}`)}</strong>
      </p>
      {claim.text !== undefined && <p className={css['text']}>{claim.text}</p>}
      <ClaimPhotos photos={claim.photos} />
      {claim.status === 'open' && <Withdraw id={claim.id} />}
    </section>
  );
}

function Withdraw({ id }: { id: string }) {
  const intl = useIntl();
  const [isAsking, setAsking] = useState(false);
  const { mutate, isPending, error } = useWithdraw(id);
  const text = (name: string) => intl.formatMessage({ id: `claims.${name}` });
  return (
    <div>
      <Button variant="danger" onClick={() => setAsking(true)}>
        {text('withdraw')}
      </Button>
      {error !== null && <ProblemNotice error={error} />}
      <Dialog title={text('withdrawTitle')} isOpen={isAsking} onClose={() => setAsking(false)}>
        <p>{text('withdrawHelp')}</p>
        <div className={css['links']}>
          <Button variant="danger" isBusy={isPending} onClick={() => mutate(undefined, { onSettled: () => setAsking(false) })}>
            {text('withdraw')}
          </Button>
          <Button onClick={() => setAsking(false)}>{text('keep')}</Button>
        </div>
      </Dialog>
    </div>
  );
}
